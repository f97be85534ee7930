#!/usr/bin/env node
// The directory over many firms, on both stores: script/bench directory [--firms 60000] [--requests 300] [--before PROGRAM] [--write]
// Every request has another address, so that none is answered by a kept page, and comes when the one before is answered. With --before
// another build of the program serves the same store and is asked in turns. Exit 1 when a page's p99 is 30 ms or more.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { demo_needs, folder, good, lines, new_postgres, new_sqlite, root, serve, sleep, write } from '../product.mjs';
import { machine, write_section } from './report.mjs';

const word = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : null);
const firms = Number(word('--firms') ?? 60000);
const requests = Number(word('--requests') ?? 300);
const before = word('--before');
const NEEDS = 500;
const ALLOWED_MS = 30;
const DEEP = 50;

const dir = folder();
const file = path.join(dir, 'sites.jsonl');
const out = fs.openSync(file, 'w');
if (spawnSync(path.join(root, 'build/test/bench_sites'), [String(firms)], { stdio: ['ignore', out, 'inherit'] }).status !== 0) process.exit(1);
const demo = demo_needs().trim().split('\n').map((l) => JSON.parse(l));
const needs = write(dir, 'needs.jsonl', lines(Array.from({ length: NEEDS }, (_, i) => ({ ...demo[i % demo.length], ref: `BN-${i}` }))));

function fill(make) {
  const db = make();
  good(['import', 'sites', file, '--db', db], { timeout: 900000, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  good(['import', 'needs', needs, '--db', db]);
  // As the store's own upkeep would have it soon after.
  if (db.startsWith('postgres:')) execFileSync('psql', ['-q', db, '-c', 'VACUUM ANALYZE']);
  return db;
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const ask = (server, target) =>
  new Promise((done, fail) => {
    const began = performance.now();
    http.get({ agent, host: '127.0.0.1', port: server.port, path: target, headers: { 'Accept-Language': 'ko' } }, (answer) => {
      const parts = [];
      answer.on('data', (p) => parts.push(p)).on('end', () => done({ code: answer.statusCode, ms: performance.now() - began, body: parts }));
    }).on('error', fail);
  });
const text = async (server, target) => {
  const a = await ask(server, target);
  if (a.code !== 200) throw new Error(`${target}: ${a.code}`);
  return Buffer.concat(a.body).toString();
};

// Until the texts of the search are gathered, a server has more to do than to answer.
async function settled(server) {
  while (/role="status"/.test(await text(server, '/search?q=x'))) await sleep(500);
}

// Cursors are the server's own, so each is asked for the page that it shows.
async function deep(server) {
  let target = '/firms';
  for (let i = 1; i < DEEP; i++) target = /href="(\/firms\?[^"]+)" rel="next"/.exec(await text(server, target))[1].replaceAll('&amp;', '&');
  return target;
}

const pages = async (server) => [
  ['firms', '/firms'],
  ['firms, 2 filters', '/firms?process=HEAT&region=KR.30'],
  ['firms, a name', `/firms?words=${encodeURIComponent('한빛')}`],
  [`firms, page ${DEEP}`, await deep(server)],
  ['firms on the map', '/firms?view=map'],
  ['firm', `/firms/BS-${Math.floor(firms / 2)}`],
  ['process HEAT', '/processes/HEAT'],
  ['process MACHINING', '/processes/MACHINING'],
  [`needs (${NEEDS} open)`, '/needs'],
];

const quantile = (list, q) => list.sort((a, b) => a - b)[Math.min(list.length - 1, Math.ceil(list.length * q) - 1)];
let number = 0;
const anew = (target) => `${target}${target.includes('?') ? '&' : '?'}n=${++number}`;

async function measure(servers) {
  const targets = await Promise.all(servers.map(pages));
  const rows = [];
  for (let i = 0; i < targets[0].length; i++) {
    const times = servers.map(() => []);
    const of = servers.map((server, k) => [server, targets[k][i][1], times[k]]);
    for (let round = -10; round < requests; round++)
      for (const [server, target, list] of round % 2 ? of : [...of].reverse()) {
        const a = await ask(server, anew(target));
        if (a.code !== 200) throw new Error(`${target}: ${a.code}`);
        if (round >= 0) list.push(a.ms);
      }
    rows.push([targets[0][i][0], ...times.map((t) => [quantile(t, 0.5), quantile(t, 0.99)])]);
    console.error(rows.at(-1).flat().map((x) => (typeof x === 'number' ? x.toFixed(2) : x)).join(' '));
  }
  return rows;
}

const sections = [];
let slow = false;
const head = before ? '| page | p50 ms | p99 ms | before: p50 ms | before: p99 ms |\n|---|---|---|---|---|' : '| page | p50 ms | p99 ms |\n|---|---|---|';
for (const [store, make] of [['SQLite', new_sqlite], ...(process.env.PPURI_TEST_POSTGRES ? [['PostgreSQL', new_postgres]] : [])]) {
  const db = fill(make);
  const servers = [await serve(db)];
  if (before) servers.push(await serve(db, [], before));
  for (const s of servers) if (s.refused) throw new Error(s.refused);
  for (const s of servers) await settled(s);
  await sleep(2000);
  const rows = await measure(servers);
  slow ||= rows.some(([, [, p99]]) => p99 >= ALLOWED_MS);
  sections.push(`### ${store}\n\n${head}\n${rows.map(([name, ...t]) => `| ${name} | ${t.flat().map((x) => x.toFixed(1)).join(' | ')} |`).join('\n')}`);
  for (const s of servers) await s.stop();
}
const said = sections.join('\n\n');
console.log(said);
if (process.argv.includes('--write'))
  write_section(root, 'directory', `## The directory\n\n${machine()}. ${firms.toLocaleString('en')} firms, ${NEEDS} open needs; ${requests} requests a page, one after the other, none answered by a kept page; a p99 under ${ALLOWED_MS} ms is asked.${before ? ' Before: the build of before, serving the same store, asked in turns.' : ''}\n\n${said}`);
agent.destroy();
process.exit(slow ? 1 : 0);
