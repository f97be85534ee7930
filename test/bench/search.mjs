#!/usr/bin/env node
// The search bench: script/bench search [--texts 100000] [--questions 10000] [--write]. Exit 1 when p99 of any kind is over 20 ms.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { machine, write_section } from './report.mjs';

const P99_MS = 20;
const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const option = (name, otherwise) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : otherwise);
const r = JSON.parse(execFileSync(path.join(root, 'build/test/bench_search'), [option('--texts', '100000'), option('--questions', '10000')], { encoding: 'utf8' }));
const line = `${r.texts.toLocaleString('en')} texts filled in ${r.load_s} s, ${Math.round(r.bytes / 2 ** 20)} MiB; ${r.queries} questions: p50 ${r.p50_ms} ms, p99 ${r.p99_ms} ms (at most ${P99_MS}), longest ${r.max_ms} ms.`;
console.log(line);
const table = ['| question | p50 ms | p99 ms | hits shown |', '|---|---|---|---|', ...r.kinds.map((k) => `| ${k.kind} | ${k.p50_ms} | ${k.p99_ms} | ${k.hits} |`)].join('\n');
console.log(table);
if (process.argv.includes('--write')) write_section(root, 'search', `## Search\n\n${machine()}.\n\n${line}\n\n${table}`);
process.exit(r.kinds.some((k) => k.p99_ms > P99_MS) ? 1 : 0);
