#!/usr/bin/env node
// Pages of a running server against a file of the same size served by nginx in the same run: script/bench pages [--seconds 5] [--write]
// wrk asks both with the same connections, in turns. Exit 1 when a page is more than 5 times slower or the home page weighs too much.
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { demo_store, folder, root, serve, sleep } from '../product.mjs';
import { FONTS_MAX, WEIGHT_MAX, get, weights } from '../weights.mjs';
import { machine, write_section } from './report.mjs';

const option = (name, otherwise) => Number(process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise);
const seconds = option('--seconds', 5);
const TIMES = 5;

const free_port = () =>
  new Promise((done) => {
    const s = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = s.address();
      s.close(() => done(port));
    });
  });

async function start_nginx(dir) {
  const port = await free_port();
  const config = path.join(dir, 'nginx.conf');
  fs.writeFileSync(config, `worker_processes 2; daemon off; pid ${dir}/pid; error_log ${dir}/error.log;
events { worker_connections 512; }
http { access_log off; default_type text/html; keepalive_requests 100000000; open_file_cache max=100; sendfile on; tcp_nopush on;
  client_body_temp_path ${dir}/b; proxy_temp_path ${dir}/p; fastcgi_temp_path ${dir}/f; uwsgi_temp_path ${dir}/u; scgi_temp_path ${dir}/s;
  server { listen 127.0.0.1:${port}; root ${dir}/www; } }\n`);
  const child = spawn('nginx', ['-p', dir, '-c', config], { stdio: 'ignore' });
  process.on('exit', () => child.kill('SIGTERM'));
  for (let i = 0; i < 100; i++) {
    if (await get(`http://127.0.0.1:${port}`, '/').then(() => true, () => false)) return { child, base: `http://127.0.0.1:${port}` };
    await sleep(50);
  }
  throw new Error('nginx does not start');
}

// Not spawnSync: the server's log is read meanwhile, or the server would wait for us.
async function wrk(url, more = []) {
  const { stdout } = await promisify(execFile)('wrk', ['-t1', '-c8', `-d${seconds}s`, '--latency', ...more, url]);
  const ms = (text, unit) => Number(text) * { us: 0.001, ms: 1, s: 1000 }[unit];
  const p99 = /99%\s+([\d.]+)(us|ms|s)/.exec(stdout);
  const bad = /Non-2xx or 3xx responses: (\d+)/.exec(stdout);
  const rate = Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1] ?? 0);
  if (!p99 || !rate) throw new Error(`wrk ${url}: ${stdout}`);
  return { rate, p99: ms(p99[1], p99[2]), bad: Number(bad?.[1] ?? 0) };
}

const server = await serve(demo_store());
const dir = folder();
fs.chmodSync(dir, 0o755);
fs.mkdirSync(path.join(dir, 'www'), { mode: 0o755 });
const result_page = '/?process=MACHINING&top=50';
const result = (await get(server.base, result_page)).body.toString();
const firm_page = /href="(\/firms\/[^"?#]+)/.exec(result)?.[1];
const rows = new Set([...result.matchAll(/href="\/firms\/[^"]+#?[^"]*"/g)].map((m) => m[0])).size;
if (!firm_page) throw new Error('the result page names no firm');
const pages = [
  ['home', '/'],
  [`result (${rows} firms)`, result_page],
  ['firm', firm_page],
];
const nginx = await start_nginx(dir);
const lines = [];
let failed = false;
// Every request has another address, so that none is answered by a kept page.
const anew = path.join(dir, 'anew.lua');
fs.writeFileSync(anew, `local n = 0
request = function()
  n = n + 1
  return wrk.format('GET', wrk.path .. (wrk.path:find('?', 1, true) and '&' or '?') .. 'n=' .. n)
end
`);
for (const [i, [name, target]] of pages.entries()) {
  const { body } = await get(server.base, target);
  fs.writeFileSync(path.join(dir, 'www', `${i}.html`), body);
  await wrk(server.base + target);
  const ours = await wrk(server.base + target);
  const fresh = await wrk(server.base + target, ['-s', anew]);
  const theirs = await wrk(`${nginx.base}/${i}.html`);
  const times = theirs.rate / ours.rate;
  failed ||= times > TIMES || ours.bad > 0 || theirs.bad > 0;
  if (ours.bad || theirs.bad) console.error(`${name}: ${ours.bad} and ${theirs.bad} requests refused`);
  lines.push(`| ${name} | ${(body.length / 1024).toFixed(1)} | ${Math.round(ours.rate).toLocaleString('en')} | ${ours.p99.toFixed(2)} | ${Math.round(theirs.rate).toLocaleString('en')} | ${theirs.p99.toFixed(2)} | ${times.toFixed(1)} | ${Math.round(fresh.rate).toLocaleString('en')} | ${fresh.p99.toFixed(2)} | ${(theirs.rate / fresh.rate).toFixed(1)} |`);
}
const w = await weights(server.base);
failed ||= w.bytes > WEIGHT_MAX || w.fonts > FONTS_MAX;
nginx.child.kill('SIGTERM');
await server.stop();

const text = [
  '| page | KiB | requests/s | p99 ms | nginx requests/s | nginx p99 ms | times slower | made anew requests/s | made anew p99 ms | times slower |', '|---|---|---|---|---|---|---|---|---|---|', ...lines, '',
  `Home page in Korean, as it is sent: HTML, CSS and JavaScript ${(w.bytes / 1024).toFixed(1)} KiB of at most 60 (HTML ${(w.html / 1024).toFixed(1)} KiB, ${w.encoding}), fonts ${(w.fonts / 1024).toFixed(1)} KiB of at most 150.`,
].join('\n');
console.log(text);
if (process.argv.includes('--write')) write_section(root, 'pages', `## Pages\n\n${machine()}. wrk with 8 connections on both, nginx serving the same bytes as a file; at most ${TIMES} times slower is asked.\n\n${text}`);
process.exit(failed ? 1 : 0);
