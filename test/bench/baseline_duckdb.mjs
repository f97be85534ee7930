#!/usr/bin/env node
// DuckDB, one thread, in memory, the rows sorted by process: node test/bench/baseline_duckdb.mjs FOLDER
// Prints what bench_match prints.
import fs from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const folder = process.argv[2];
const RUNS = 5;
const BUDGET_NS = 1_000_000_000n;
const UPDATES = 100;
const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const db = await instance.connect();
const load_began = process.hrtime.bigint();

const types = {
  id: 'INTEGER', site: 'INTEGER', process: 'INTEGER', size_n: 'INTEGER', s1: 'DOUBLE', s2: 'DOUBLE', s3: 'DOUBLE', mass_min: 'DOUBLE',
  mass_max: 'DOUBLE', tol_kind: 'INTEGER', tol: 'DOUBLE', ra: 'DOUBLE', batch_min: 'DOUBLE', batch_max: 'DOUBLE', free_n: 'DOUBLE',
  free_kg: 'DOUBLE', lead: 'DOUBLE', cert_known: 'INTEGER', region: 'INTEGER', lat: 'DOUBLE', lon: 'DOUBLE', track: 'DOUBLE',
  evidence: 'DOUBLE', mats: 'VARCHAR',
};
const read = (table, columns) =>
  `read_csv('${folder}/${table}.tsv', delim='\t', header=false, nullstr='\\N', quote='', escape='', columns=${JSON.stringify(columns).replaceAll('"', "'")})`;
await db.run(`CREATE TABLE cap AS SELECT * REPLACE (translate(mats, '{}', '[]')::INTEGER[] AS mats) FROM ${read('cap', types)} ORDER BY process, id`);
await db.run(`CREATE TABLE site_certificate AS SELECT * FROM ${read('site_certificate', { site: 'INTEGER', certificate: 'INTEGER', until: 'INTEGER' })} ORDER BY site`);
await db.run('CREATE INDEX cap_id ON cap (id)');
console.log(`# load_ms ${(process.hrtime.bigint() - load_began) / 1_000_000n}`);

async function timed(statement) {
  const began = process.hrtime.bigint();
  const result = await statement.run();
  const rows = await result.getRows();
  return { ns: process.hrtime.bigint() - began, rows };
}

const statements = fs.readFileSync(`${folder}/duckdb.sql`, 'utf8').trim().split('\n');
for (const [number, sql] of statements.entries()) {
  const statement = await db.prepare(sql);
  const times = [];
  let { ns, rows } = await timed(statement);
  for (let spent = ns; times.length === 0 || (times.length < RUNS && spent < BUDGET_NS); spent += ns) {
    ({ ns, rows } = await timed(statement));
    times.push(ns);
  }
  times.sort((a, b) => (a < b ? -1 : 1));
  const count = [0, 0, 0, 0];
  const top = rows.filter((r) => Number(r[0]) === 1).map((r) => [Number(r[4]), Number(r[1]), Number(r[2]), Number(r[3])]);
  for (const r of rows) if (Number(r[0]) === 0) count[Number(r[1])] = Number(r[2]);
  top.sort((a, b) => a[1] - b[1] || b[2] - a[2] || a[3] - b[3]);
  console.log([number, times[times.length >> 1], ...count.slice(0, 3), ...top.map((r) => r.join(':'))].join(' '));
}

const size = await (await db.run('SELECT memory_usage_bytes FROM duckdb_memory() WHERE tag = \'IN_MEMORY_TABLE\'')).getRows();
console.log(`# bytes ${size[0]?.[0] ?? 0}`);
const update_began = process.hrtime.bigint();
for (let id = 1; id <= UPDATES; id++) await db.run(`UPDATE cap SET lead = lead WHERE id = ${id}`);
console.log(`# update_us ${(process.hrtime.bigint() - update_began) / 1000n / BigInt(UPDATES)}`);
