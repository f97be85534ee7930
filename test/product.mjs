// What the tests of the whole program share: running it, throw-away folders and stores, the data beside the repository.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const ppuri = path.resolve(process.env.PPURI ?? path.join(root, 'build/ppuri'));
export const today = '2026-11-22';

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const folders = [];
process.on('exit', () => folders.forEach((name) => fs.rmSync(name, { recursive: true, force: true })));

// A folder that is removed when the process ends.
export function folder() {
  const name = fs.mkdtempSync(path.join(os.tmpdir(), 'ppuri-test-'));
  folders.push(name);
  return name;
}

const { PPURI, PPURI_SHARED, PPURI_TEST_POSTGRES, ...rest } = process.env;
const environment = { ...rest, LC_ALL: 'C.UTF-8', LANG: '' };

// { status, out, err }; a status of null means that a signal ended it.
export function run(args, options = {}) {
  const done = spawnSync(ppuri, args, { encoding: 'utf8', maxBuffer: 1 << 30, timeout: 120000, env: environment, ...options });
  if (done.error) throw done.error;
  // Log lines are JSON; what is said to people is not.
  const err = done.stderr.split('\n').filter((line) => !line.startsWith('{"time":')).join('\n');
  return { status: done.status, out: done.stdout, err };
}

// The output of a command that must succeed.
export function good(args, options) {
  const r = run(args, options);
  assert.equal(r.status, 0, `ppuri ${args.join(' ')}: exit ${r.status}\n${r.err}`);
  return r.out;
}

export function start(args, program = ppuri) {
  return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
}

let number = 0;

export function new_sqlite() {
  const db = path.join(folder(), 'council.db');
  good(['init', '--db', db]);
  return db;
}

// An empty database of its own; the run must be inside test/with_postgres.
export function new_postgres() {
  assert.ok(process.env.PPURI_TEST_POSTGRES, 'PPURI_TEST_POSTGRES is not set: run by test/with_postgres');
  const name = `p${process.pid}_${++number}`;
  execFileSync('createdb', ['-T', 'template0', '-E', 'UTF8', '--locale=C', name]);
  const db = `postgres:///${name}?host=${process.env.PGHOST}&user=ppuri`;
  good(['init', '--db', db]);
  return db;
}

// The stores that a test runs on: [name, maker].
export const stores = [['sqlite', new_sqlite], ['postgres', new_postgres]];

export function write(dir, name, content) {
  const file = path.join(dir, name);
  fs.writeFileSync(file, content);
  return file;
}

export const lines = (objects) => objects.map((o) => `${JSON.stringify(o)}\n`).join('');

export const demo_sites = () => good(['demo', 'sites']);
export const demo_needs = () => good(['demo', 'needs', '--today', today]);

// A file of the data that lies beside the repository; null (and said so by the caller's skip) when it is not there.
export function shared(name) {
  const file = path.join(process.env.PPURI_SHARED ?? path.join(root, '../shared'), 'data', name);
  if (fs.existsSync(file)) return file;
  assert.ok(process.env.CI !== 'true', `${file} is not there, and CI=true`);
  return null;
}

// `ppuri serve` on a free port: { port, base, log(), stop() }; or { refused, code } when it does not start.
export async function serve(db, more = [], program = ppuri) {
  const files = db.startsWith('postgres:') ? ['--files-dir', folder()] : [];
  const child = start(['serve', '--db', db, '--listen', '127.0.0.1:0', '--today', today, ...files, ...more], program);
  let out = '';
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (log += text));
  const ended = new Promise((done) => child.on('close', (code, signal) => done({ code, signal, log })));
  const first = new Promise((done) =>
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
      if (out.includes('\n')) done();
    }),
  );
  await Promise.race([first, ended]);
  const at = /^Ppuri is at (https?:\/\/\S+:(\d+))\n/.exec(out);
  if (!at) return { refused: log, ...(await ended) };
  const killer = () => child.kill('SIGKILL');
  process.on('exit', killer);
  // A test that failed before it stopped its server does not keep its file from ending.
  const handles = [child, child.stdout, child.stderr];
  handles.forEach((h) => h.unref());
  return {
    base: at[1],
    port: Number(at[2]),
    child,
    ended,
    log: () => log,
    async stop(signal = 'SIGTERM') {
      process.off('exit', killer);
      handles.forEach((h) => h.ref());
      child.kill(signal);
      return ended;
    },
  };
}

// A store with the demo region and its needs.
export function demo_store(make = new_sqlite) {
  const db = make();
  const dir = folder();
  good(['import', 'sites', write(dir, 'sites.jsonl', demo_sites()), '--db', db]);
  good(['import', 'needs', write(dir, 'needs.jsonl', demo_needs()), '--db', db]);
  return db;
}

// Text that breaks out of any place that does not escape it; short enough for every field.
export const hostile = `<img src=x onerror=alert(1)>"'&`;

// A site with that text in every field that takes free text.
export const hostile_site = {
  org: { reg_no: hostile, name: `O${hostile}`, name_en: `O${hostile}`, kind: hostile, homepage: 'javascript:alert(1)//<img src=x onerror=alert(1)>"' },
  site: { ref: hostile, name: `S${hostile}`, address: `A${hostile}`, region: 'KR.30.200' },
  capabilities: [
    { ref: `${hostile}c`, process: 'WELDING', standards: [`T${hostile}`], tags: [`G${hostile}`], text: `X${hostile}` },
    { process: 'ASSEMBLY', text: '</script></textarea></title>{{ x }}${x}%00' },
  ],
};
