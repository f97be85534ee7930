#!/usr/bin/env node
// Precision and recall of `ppuri parse` over the golden texts, by field, and what was confused:
//   node test/bench/parse.mjs [--held] [--ppuri build/ppuri] [--quiet]
// Exit 1 below 0.95 and 0.90. What counts is said in test/golden/parse/README.md.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cases, check } from '../golden/parse/check.mjs';

const PRECISION = 0.95;
const RECALL = 0.9;
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const argument = (name) => process.argv[process.argv.indexOf(name) + 1];
const ppuri = process.argv.includes('--ppuri') ? argument('--ppuri') : path.join(root, 'build/ppuri');
const folder = process.argv.includes('--held') ? 'held' : 'dev';

// Grades under several names: code -> one code of its group.
const same = new Map();
for (const line of fs.readFileSync(path.join(root, 'vocab/material_equivalents.csv'), 'utf8').split('\n').slice(1)) {
  const [a, b, kind] = line.split(',');
  if (kind === 'same') (same.get(a) ?? same.set(a, new Set([a])).get(a)).add(b), (same.get(b) ?? same.set(b, new Set([b])).get(b)).add(a);
}
const grade = (code) => [...(same.get(code) ?? [code])].sort()[0];

const text_of = (v) => JSON.stringify(v, v && typeof v === 'object' && !Array.isArray(v) ? Object.keys(v).sort() : undefined);
const uniq = (list) => [...new Set(list)];

// field -> list of items as texts.
function items(need) {
  const steps = need.steps ?? [];
  const each = (take) => uniq(steps.flatMap(take).filter((v) => v !== undefined && v !== null).map(text_of));
  return {
    process: steps.map((s) => s.process),
    materials: uniq(steps.flatMap((s) => s.materials ?? []).map(grade)),
    part_mm: each((s) => (s.part_mm ? [s.part_mm.join('x')] : [])),
    mass_kg: each((s) => [s.mass_kg]),
    thickness_mm: each((s) => [s.thickness_mm]),
    layer_um: each((s) => [s.layer_um]),
    tolerance: each((s) => [s.tolerance]),
    ra_um: each((s) => [s.ra_um]),
    hardness: each((s) => [s.hardness]),
    quantity: each((s) => (s.quantity === undefined ? [] : [`${s.quantity}/${s.quantity_per ?? 'order'}`])),
    certificates: each((s) => (s.certificates ?? []).map((c) => `${c.code} ${c.need ?? 'must'}`)),
    place: each((s) => [...(s.place?.regions ?? []), ...(s.place?.max_km === undefined ? [] : [`${s.place.max_km} km`])]),
    due: need.due ? [need.due] : [],
    deliver_to: need.deliver_to ? [need.deliver_to.region ?? need.deliver_to] : [],
    industry: need.industry ?? [],
  };
}

function expected(c) {
  const steps = c.steps.map((s) => ({ ...(typeof s === 'string' ? { process: s } : s), ...c.all }));
  return items({ ...c, steps });
}

// Longest common subsequence: the order counts.
function common_run(a, b) {
  const best = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      best[i][j] = a[i - 1] === b[j - 1] ? best[i - 1][j - 1] + 1 : Math.max(best[i - 1][j], best[i][j - 1]);
  return best[a.length][b.length];
}

check();
const count = {};
const confused = [];
for (const c of cases(folder)) {
  const out = execFileSync(ppuri, ['parse', '-', '--json', '--today', c.today ?? '2026-11-22'], { input: c.text, encoding: 'utf8' });
  const answer = JSON.parse(out);
  const want = expected(c);
  const got = items(answer);
  for (const s of answer.spans)
    if (Buffer.from(c.text).subarray(s.from, s.to).toString() !== s.text) throw new Error(`${c.id}: span ${JSON.stringify(s)}`);
  for (const field of Object.keys(want)) {
    if (c.loose?.includes(field) || (field === 'place' && c.place_any)) continue;
    const ordered = field === 'process' && c.order !== 'any';
    const hit = ordered ? common_run(want[field], got[field]) : want[field].filter((x) => got[field].includes(x)).length;
    const n = (count[field] ??= { right: 0, wrong: 0, missing: 0 });
    n.right += hit;
    n.wrong += got[field].length - hit;
    n.missing += want[field].length - hit;
    if (hit < want[field].length || hit < got[field].length)
      confused.push(`${c.id} ${field}: expected ${want[field].join(', ') || '-'}; found ${got[field].join(', ') || '-'}`);
  }
}

const ratio = (a, b) => (a + b ? a / (a + b) : 1);
let right = 0;
let wrong = 0;
let missing = 0;
if (!process.argv.includes('--quiet')) console.log(`${confused.join('\n')}\n`);
for (const [field, n] of Object.entries(count)) {
  right += n.right;
  wrong += n.wrong;
  missing += n.missing;
  console.log(`${field.padEnd(14)} ${String(n.right).padStart(4)} right ${String(n.wrong).padStart(3)} wrong ${String(n.missing).padStart(3)} missing  precision ${ratio(n.right, n.wrong).toFixed(3)}  recall ${ratio(n.right, n.missing).toFixed(3)}`);
}
const precision = ratio(right, wrong);
const recall = ratio(right, missing);
console.log(`${folder}: precision ${precision.toFixed(3)} (at least ${PRECISION}), recall ${recall.toFixed(3)} (at least ${RECALL})`);
process.exit(precision >= PRECISION && recall >= RECALL ? 0 : 1);
