// A raw-socket client and a starter of the test server: what the tests send is exactly what they write, byte by byte.
import assert from 'node:assert/strict';
import net from 'node:net';
import tls from 'node:tls';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const here = path.dirname(fileURLToPath(import.meta.url));
const program = process.env.HTTP_TEST_SERVER ?? path.join(here, '../../build/test/http_test_server');

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// A test that fails leaves its server: it must not keep the file from ending, and ends with it.
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
const hold = (child, how) => [child, child.stdout, child.stderr].forEach((x) => x[how]());

// Starts a server with name=value options; { port, log(), stop() } or { refused }.
export async function serve(options = {}) {
  const args = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (log += text));
  running.add(child);
  child.on('exit', () => running.delete(child));
  const ended = new Promise((done) => child.on('close', (code, signal) => done({ code, signal, out, log })));
  const first = new Promise((done) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
      if (out.includes('\n')) done();
    });
  });
  await Promise.race([first, ended]);
  const port = /^port (\d+)/.exec(out)?.[1];
  if (!port) return { refused: out, ...(await ended) };
  hold(child, 'unref');
  return {
    port: Number(port),
    child,
    log: () => log,
    kill: () => hold(child, 'ref') ?? child.kill('SIGTERM'),
    ended,
    async stop() {
      hold(child, 'ref');
      child.kill('SIGTERM');
      return ended;
    },
  };
}

// Stopped in order, with what a sanitizer had to say.
export function ended_well(end) {
  const report = /WARNING: ThreadSanitizer[^]*/.exec(end.log)?.[0].slice(0, 6000);
  assert.equal(end.code, 0, `signal ${end.signal} ${report ?? ''}`);
}

// A connection that collects what comes; `closed` resolves with { text, ms } when the server ends it.
export function open(server, { secure = false, tls: more = {} } = {}) {
  const began = Date.now();
  const socket = secure
    ? tls.connect({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false, ...more })
    : net.connect(server.port, '127.0.0.1');
  const chunks = [];
  let waiting = [];
  const c = { socket, error: null };
  c.bytes = () => Buffer.concat(chunks);
  c.text = () => c.bytes().toString('latin1');
  c.ready = new Promise((done, fail) => {
    socket.once(secure ? 'secureConnect' : 'connect', done);
    socket.once('error', fail);
  });
  c.ready.catch(() => {});
  c.closed = new Promise((done) => socket.on('close', () => done({ text: c.text(), ms: Date.now() - began })));
  socket.setNoDelay(true);
  socket.on('error', (error) => (c.error = error));
  socket.on('data', (data) => {
    chunks.push(data);
    waiting = waiting.filter((w) => !w());
  });
  socket.on('close', () => waiting.forEach((w) => w(true)));
  c.send = (data) => new Promise((done) => socket.write(data, () => done()));
  // Resolves when `test(text)` holds, or with what has come when the connection ends.
  c.until = (test) =>
    new Promise((done) => {
      const look = (end) => {
        if (!end && !test(c.text())) return false;
        done(c.text());
        return true;
      };
      if (!look(socket.destroyed)) waiting.push(look);
    });
  c.end = () => socket.destroy();
  return c;
}

// Splits a byte stream (latin1) into answers: { code, headers, body }. `heads` says which answers have no body (HEAD).
export function answers(text, heads = []) {
  const list = [];
  while (text.length) {
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) break;
    const [status, ...lines] = text.slice(0, end).split('\r\n');
    const headers = {};
    for (const line of lines) {
      const at = line.indexOf(':');
      const name = line.slice(0, at).toLowerCase();
      headers[name] = name in headers ? `${headers[name]}, ${line.slice(at + 1).trim()}` : line.slice(at + 1).trim();
    }
    const code = Number(status.split(' ')[1]);
    text = text.slice(end + 4);
    const none = heads[list.length] || code === 304 || code < 200;
    const n = none ? 0 : headers['content-length'] === undefined ? text.length : Number(headers['content-length']);
    if (n > text.length) break;
    list.push({ code, headers, body: Buffer.from(text.slice(0, n), 'latin1').toString('utf8') });
    text = text.slice(n);
  }
  return list;
}

export function request(method, target, headers = {}, body = '') {
  const bytes = Buffer.from(body);
  const all = { Host: 'test', ...headers };
  if (bytes.length) all['Content-Length'] ??= bytes.length;
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`), bytes]);
}

// One request on its own connection; the first answer, or null when none came.
export async function ask(server, method, target, headers = {}, body = '', options = {}) {
  const c = open(server, options);
  await c.ready;
  await c.send(request(method, target, headers, body));
  const heads = [method === 'HEAD'];
  await c.until((text) => answers(text, heads).length > 0);
  const first = answers(c.text(), heads)[0] ?? null;
  c.end();
  return first;
}

// Raw bytes on their own connection until the server closes it or `ms` have passed: the list of answers.
export async function raw(server, data, ms = 2000) {
  const c = open(server);
  await c.ready;
  await c.send(data);
  await Promise.race([c.closed, sleep(ms)]);
  const closed = c.socket.destroyed || c.socket.readableEnded;
  c.end();
  return { list: answers(c.text()), text: c.text(), closed };
}

export const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' };
