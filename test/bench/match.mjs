#!/usr/bin/env node
// The match bench: script/bench match [--firms 2000,60000] [--needs 200] [--write]
// Our engines and three databases answer the same needs over the same firms. Exit 1 when any two answers differ.
// --write puts the figures into doc/performance.md.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { write_section, machine } from './report.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const option = (name, otherwise) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise);
const sizes = option('--firms', '2000,60000').split(',').map(Number);
const needs = Number(option('--needs', '200'));
const bench = path.join(root, 'build/test/bench_match');
const ORDER = ['index', 'scan', 'sqlite', 'postgres', 'duckdb'];
const GOALS = { 60000: { postgres: 200, sqlite: 100, duckdb: 60 }, 1000000: { postgres: 100, duckdb: 20 } };

function parse(text) {
  const out = { figures: {}, answers: [] };
  for (const line of text.trim().split('\n')) {
    const [first, ...rest] = line.split(' ');
    if (first === '#') out.figures[rest[0]] = Number(rest[1]);
    else out.answers.push({ ns: Number(rest[0]), counts: rest.slice(1, 4).join(' '), top: rest.slice(4) });
  }
  return out;
}

function run(name, firms, folder) {
  const node = name === 'duckdb';
  const command = node ? [process.execPath, path.join(root, 'test/bench/baseline_duckdb.mjs'), folder] : [bench, name, String(firms), String(needs), folder];
  const wrapped = name === 'postgres' ? [path.join(root, 'test/with_postgres'), ...command] : command;
  const done = spawnSync(wrapped[0], wrapped.slice(1), { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'inherit'] });
  if (done.status !== 0) throw new Error(`${name} at ${firms} firms ended with ${done.status}`);
  return parse(done.stdout);
}

// Class, score and unknowns of the first 20 must be the same, place by place. Which of the rows that are equal in all three
// comes first is decided by a hash that SQL does not have: such a row counts when the scan knows it with the same three.
function differences(truth, other, name) {
  const out = [];
  if (truth.answers.length !== other.answers.length) out.push(`${name}: ${other.answers.length} answers, not ${truth.answers.length}`);
  for (const [i, a] of truth.answers.entries()) {
    const b = other.answers[i] ?? { counts: '', top: [] };
    const cut = (row) => row.slice(row.indexOf(':') + 1);
    const want = a.top.slice(0, 20).map(cut).join(' ');
    const got = b.top.slice(0, 20).map(cut).join(' ');
    if (a.counts !== b.counts) out.push(`${name}: need ${i + 1}: meets, ask, near ${b.counts}, not ${a.counts}`);
    else if (want !== got) out.push(`${name}: need ${i + 1}: top 20 ${got}, not ${want}`);
    else {
      const last = cut(a.top.at(-1) ?? ':');
      const strange = b.top.slice(0, 20).filter((row) => !a.top.includes(row) && cut(row) !== last);
      if (strange.length) out.push(`${name}: need ${i + 1}: ${strange.join(' ')} is not in the answer`);
      if ((name === 'index' || name === 'scan') && a.top.join() !== b.top.join()) out.push(`${name}: need ${i + 1}: order of ties`);
    }
  }
  return out;
}

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
const us = (ns) => (ns < 1e5 ? (ns / 1e3).toFixed(1) : Math.round(ns / 1e3).toLocaleString('en'));

function line_of(name, result, rows, reference) {
  const times = result.answers.map((a) => a.ns).sort((a, b) => a - b);
  const ratios = result.answers.map((a, i) => a.ns / reference.answers[i].ns).sort((a, b) => a - b);
  const f = result.figures;
  return {
    name, median: quantile(times, 0.5), p99: quantile(times, 0.99), ratio: quantile(times, 0.5) / quantile(reference.answers.map((a) => a.ns).sort((a, b) => a - b), 0.5),
    each: quantile(ratios, 0.5), qps: 1e9 / (times.reduce((a, b) => a + b, 0) / times.length), bytes: f.bytes / rows, load: f.load_ms / 1000, update: f.update_us,
  };
}

function versions() {
  const first = (command, ...args) => execFileSync(command, args, { encoding: 'utf8' }).trim().split('\n')[0];
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'test/bench/package-lock.json'), 'utf8'));
  return `SQLite ${first('sqlite3', '--version').split(' ')[0]}, ${first('psql', '--version').replace('psql (PostgreSQL) ', 'PostgreSQL ').split(' (')[0]}, DuckDB ${lock.packages['node_modules/@duckdb/node-api'].version} (one thread)`;
}

function table(lines, base) {
  const rows = lines.map(
    (l) => `| ${l.name} | ${us(l.median)} | ${us(l.p99)} | ${Math.round(l.qps).toLocaleString('en')} | ${l.ratio.toFixed(1)} | ${l.each.toFixed(1)} | ${Math.round(l.bytes)} | ${l.load.toFixed(1)} | ${l.update ?? '-'} |`,
  );
  return [`| engine | median us | p99 us | queries/s | median to ${base} | a need to ${base} (median) | bytes a row | load s | update us |`, '|---|---|---|---|---|---|---|---|---|', ...rows].join('\n');
}

function goals(lines, firms, base) {
  if (!GOALS[firms]) return '';
  const asked = Object.entries(GOALS[firms]).map(([name, goal]) => {
    const got = lines.find((l) => l.name === name)?.ratio ?? 0;
    return `${name} ${got.toFixed(1)} of ${goal}`;
  });
  return `\nTimes slower than ${base} at the median, and what the index is to reach: ${asked.join(', ')}.\n`;
}

let failed = false;
let text = '';

// After each size, so that a long run that is cut short leaves what it had measured.
function write_figures() {
  const intro = `${machine()}; ${versions()}. ${needs} needs of one step with process, material, size, mass, tolerance, roughness, quantity, due date, certificates and place; every engine gave the same classes, counts and top 20. Medians of up to 5 warm runs a need, prepared statements, everything in memory.`;
  write_section(root, 'match', `## Matching\n\n${intro}\n${text}`);
}

for (const firms of sizes) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ppuri-bench-'));
  try {
    fs.chmodSync(folder, 0o755);
    const written = parse(execFileSync(bench, ['write', String(firms), String(needs), folder], { encoding: 'utf8' }));
    const rows = written.figures.rows;
    const engines = spawnSync(bench, ['engines', '0', '0', folder], { encoding: 'utf8' }).stdout.trim().split('\n');
    const results = new Map();
    for (const name of ORDER) {
      if ((name === 'index' || name === 'scan') && !engines.includes(name)) continue;
      results.set(name, run(name, firms, folder));
      console.error(`${firms} firms: ${name} has answered`);
    }
    const truth = results.get('scan');
    const wrong = [...results].filter(([name]) => name !== 'scan').flatMap(([name, result]) => differences(truth, result, name));
    for (const w of wrong.slice(0, 10)) console.log(w);
    console.log(`${firms} firms, ${rows} capabilities, ${truth.answers.length} needs, ${results.size} engines: ${wrong.length} differences`);
    failed ||= wrong.length > 0;
    const base = results.has('index') ? 'index' : 'scan';
    const lines = [...results].map(([name, result]) => line_of(name, result, rows, results.get(base)));
    const touched = results.get(base).figures.bytes_touched;
    const bandwidth = written.figures.bandwidth_mb_s;
    const limit_us = touched / bandwidth;
    const memory = `The ${base} touches ${Math.round(touched / 1024).toLocaleString('en')} KiB a need; at the ${bandwidth.toLocaleString('en')} MB/s that one core reads here that is ${limit_us.toFixed(1)} us, and the median is ${(lines.find((l) => l.name === base).median / 1000 / limit_us).toFixed(1)} times as much.`;
    text += `\n### ${firms.toLocaleString('en')} firms, ${rows.toLocaleString('en')} capabilities\n\n${table(lines, base)}\n${goals(lines, firms, base)}\n${memory}\n`;
    if (!failed && process.argv.includes('--write')) write_figures();
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
console.log(text);
process.exit(failed ? 1 : 0);
