#!/usr/bin/env node
// The golden texts themselves: counts, ids, codes of the vocabulary, dates. `node test/golden/parse/check.mjs`
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const codes = (list) => new Set(fs.readFileSync(path.join(here, '../../../vocab', `${list}.csv`), 'utf8').split('\n').slice(1).map((l) => l.split(',')[0]));
const vocab = Object.fromEntries(['processes', 'materials', 'certificates', 'regions', 'industries'].map((l) => [l, codes(l)]));

export function cases(folder) {
  return fs.readdirSync(path.join(here, folder)).sort().flatMap((file) =>
    fs.readFileSync(path.join(here, folder, file), 'utf8').trim().split('\n').map((line, i) => {
      try {
        return JSON.parse(line);
      } catch (error) {
        throw new Error(`${folder}/${file} line ${i + 1}: ${error.message}`);
      }
    }));
}

function known(list, code, id) {
  assert.ok(vocab[list].has(code), `${id}: ${code} is not in ${list}`);
}

function check_step(step, c) {
  known('processes', step.process, c.id);
  for (const m of step.materials ?? []) known('materials', m, c.id);
  for (const x of step.certificates ?? []) known('certificates', x.code, c.id);
  for (const r of step.place?.regions ?? []) known('regions', r, c.id);
  const fields = ['process', 'materials', 'part_mm', 'mass_kg', 'thickness_mm', 'layer_um', 'tolerance', 'ra_um', 'hardness', 'quantity', 'quantity_per', 'certificates', 'place'];
  for (const key of Object.keys(step)) assert.ok(fields.includes(key), `${c.id}: ${key}`);
}

export function check() {
  const all = { dev: cases('dev'), held: cases('held') };
  assert.deepEqual([all.dev.length, all.held.length], [100, 50]);
  const every = [...all.dev, ...all.held];
  assert.equal(new Set(every.map((c) => c.id)).size, 150);
  assert.ok(every.filter((c) => c.after).length >= 40);
  for (const c of every) {
    assert.equal(c.text, c.text.normalize('NFC'), c.id);
    for (const s of c.steps) check_step({ ...(typeof s === 'string' ? { process: s } : s), ...c.all }, c);
    if (c.due) assert.match(c.due, /^\d{4}-\d\d-\d\d$/, c.id);
    if (c.deliver_to) known('regions', c.deliver_to, c.id);
    for (const i of c.industry ?? []) known('industries', i, c.id);
  }
  return every.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(`${check()} texts, complete`);
