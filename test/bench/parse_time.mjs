#!/usr/bin/env node
// How long `ppuri parse` reads: mails, and texts that are hard on it, at four lengths.
//   node test/bench/parse_time.mjs [--write]
// --write puts the table into doc/performance.md. Exit 1 when 100 kB of mails take 20 ms or more.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cases } from '../golden/parse/check.mjs';
import { machine, write_section } from './report.mjs';

const MOST_MS = 20;
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const line_of = 20_000; // of the hard texts, so that a clause is long
const hard = { 'one letter': 'a', 'one syllable': '가', 'only digits': '7', 'only commas': ',', 'groups of zeros': '000,', 'figures': '1 ',
  'certificates': 'ISO9001 ', 'two processes': '용접 도금 ', 'tolerances': 'H7 ', 'all kinds': '도금 H7 ISO9001 3kg 50개 ', 'triangles': '▽' };
const texts = { mails: cases('dev').map((c) => c.text).join('\n') };
for (const [name, piece] of Object.entries(hard)) texts[name] = piece.repeat(line_of / Buffer.byteLength(piece));

const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'parse-')), 'text');
const medians = (kb) => {
  const out = execFileSync(path.join(root, 'build/test/bench_parse'), [file, String(kb)], { encoding: 'utf8' });
  return [...out.matchAll(/^(\d+) bytes: median ([\d.]+) ms, (\d+) ns/gm)].map(([, , ms, ns]) => ({ ms: Number(ms), ns }));
};

const lines = [];
let most;
for (const [name, text] of Object.entries(texts)) {
  fs.writeFileSync(file, text);
  const at = [...medians(100), medians(400)[2]]; // 25, 50, 100 and 400 kB
  most ??= at[2].ms;
  lines.push(`| ${name} | ${at.map((m) => `${m.ms.toFixed(1)} (${m.ns})`).join(' | ')} |`);
}
fs.rmSync(path.dirname(file), { recursive: true });
const table = ['| text | 25 kB: ms (ns a byte) | 50 kB | 100 kB | 400 kB |', '|---|---|---|---|---|', ...lines].join('\n');
console.log(`${table}\n`);
if (process.argv.includes('--write'))
  write_section(root, 'parse', `## Plain words\n\n${machine()}. One core, medians of 21 runs, each with memory of its own; 100 kB of mails in under ${MOST_MS} ms are asked.\n\n${table}`);
process.exit(most < MOST_MS ? 0 : 1);
