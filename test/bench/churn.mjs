#!/usr/bin/env node
// A writer and readers on a running server: script/bench churn [--firms 60000] [--seconds 60] [--readers 8] [--write]
// The writer puts versions of one site over and over; every version has new capability refs CH-<version>-<n> and both steps of
// the readers' need ask for all of them. So an answer that mixes versions shows it (torn), as does one that begins more than a
// second after a version was acknowledged, or after any reader was shown it, and still knows only an older one (stale).
// Exit 1 unless stale_reads and torn_reads are 0.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { folder, good, new_sqlite, root, serve, sleep } from '../product.mjs';
import { machine, write_section } from './report.mjs';

const option = (name, otherwise) => Number(process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise);
const firms = option('--firms', 60000);
const seconds = option('--seconds', 60);
const readers = option('--readers', 8);
const ROWS = 3;
const ALLOWED_MS = 1000;
const TAG = 'CHURN:MARK';

const db = new_sqlite();
const file = path.join(folder(), 'sites.jsonl');
const out = fs.openSync(file, 'w');
if (spawnSync(path.join(root, 'build/test/bench_sites'), [String(firms)], { stdio: ['ignore', out, 'inherit'] }).status !== 0) process.exit(1);
good(['import', 'sites', file, '--db', db], { timeout: 600000, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
const token = good(['token', 'create', 'churn', '--db', db]).trim();
const server = await serve(db);
if (server.refused) throw new Error(server.refused);

const agent = new http.Agent({ keepAlive: true });
const ask = (method, target, body, headers = {}) =>
  new Promise((done, fail) => {
    const r = http.request({ agent, host: '127.0.0.1', port: server.port, method, path: target, headers: { 'Content-Type': 'application/json', ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (t) => (text += t)).on('end', () => done({ code: answer.statusCode, text }));
    });
    r.on('error', fail);
    r.end(body);
  });

const site = (version) => ({
  org: { name: '바뀌는 공업' },
  site: { ref: 'CH', name: '본사' },
  capabilities: Array.from({ length: ROWS }, (_, i) => ({ ref: `CH-${version}-${i}`, process: 'HEAT.VACUUM', tags: [TAG] })),
});
const step = { process: 'HEAT.VACUUM', tags: [TAG], need: { tag: 'must' } };
const need = JSON.stringify({ ref: 'CHURN', steps: [step, step] });

let ended = false;
const acknowledged = []; // { version, at, seen }
let shown = 0; // newest version that any finished answer had
const count = { reads: 0, stale: 0, torn: 0, failed: 0 };
const read_ms = [];

// The version of an answer; null when it mixes versions or holds only a part of one.
function version_of(answer) {
  const steps = answer.steps.map((s) => s.results.map((r) => r.capability).filter((ref) => ref.startsWith('CH-')).sort());
  const version = Number(steps[0][0]?.split('-')[1] ?? NaN);
  const whole = site(version).capabilities.map((c) => c.ref).join();
  return steps.every((refs) => refs.join() === whole) ? version : null;
}

function judge(answer, began, known_before) {
  const version = version_of(answer);
  const now = performance.now();
  if (version === null) {
    count.torn++;
    return;
  }
  const due = acknowledged.findLast((a) => a.at + ALLOWED_MS <= began)?.version ?? 0;
  if (version < due || version < known_before) count.stale++;
  shown = Math.max(shown, version);
  for (const a of acknowledged) if (a.version <= version) a.seen ??= now;
}

async function reader() {
  while (!ended) {
    const began = performance.now();
    const known_before = shown;
    const a = await ask('POST', '/api/v1/match?top=20', need);
    count.reads++;
    if (a.code !== 200) count.failed++;
    else judge(JSON.parse(a.text), began, known_before);
    read_ms.push(performance.now() - began);
    if (a.code !== 200) await sleep(20);
  }
}

async function put(version) {
  const a = await ask('PUT', '/api/v1/sites/CH', JSON.stringify(site(version)), { Authorization: `Bearer ${token}`, 'Idempotency-Key': `churn-${version}` });
  if (a.code === 200 || a.code === 201) acknowledged.push({ version, at: performance.now() });
  else if (a.code !== 429) throw new Error(`PUT ${a.code}: ${a.text}`);
  return a.code !== 429;
}

async function writer() {
  for (let version = 2; !ended; version++) {
    if (!(await put(version))) await sleep(100);
    await sleep(50);
  }
}

await put(1);
for (let i = 0; i < 600; i++) {
  const a = await ask('POST', '/api/v1/match?top=20', need);
  if (a.code === 200 && version_of(JSON.parse(a.text)) === 1) break;
  await sleep(100);
}
acknowledged[0].seen = acknowledged[0].at;
shown = 1;
const began = performance.now();
const all = [writer(), ...Array.from({ length: readers }, reader)];
await sleep(seconds * 1000);
ended = true;
await Promise.all(all);
const took = (performance.now() - began) / 1000;
agent.destroy();
await server.stop();

const quantile = (list, q) => list.sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * q))] ?? NaN;
const visible = acknowledged.slice(1).filter((a) => a.seen).map((a) => a.seen - a.at);
const unseen = acknowledged.filter((a) => !a.seen && a.at + ALLOWED_MS < began + seconds * 1000).length;
const text = [
  `${firms} firms, 1 writer, ${readers} readers, ${took.toFixed(0)} s: ${acknowledged.length - 1} writes, ${count.reads} reads (${(count.reads / took).toFixed(1)} a second, p99 ${quantile(read_ms, 0.99).toFixed(0)} ms, ${count.failed} refused)`,
  `stale_reads ${count.stale}`,
  `torn_reads ${count.torn}`,
  `visible_ms p50 ${quantile(visible, 0.5).toFixed(0)} p99 ${quantile(visible, 0.99).toFixed(0)} (${unseen} never seen)`,
].join('\n');
console.log(text);
if (process.argv.includes('--write')) write_section(root, 'churn', `## Reading while writing\n\n${machine()}.\n\n${text.replaceAll('\n', '  \n')}`);
process.exit(count.stale || count.torn || unseen || count.failed === count.reads ? 1 : 0);
