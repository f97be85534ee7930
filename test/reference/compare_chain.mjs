#!/usr/bin/env node
// Compares `ppuri chain --json` with the reference chains on random input.
//   node compare_chain.mjs --ppuri PATH [--seed N] [--rounds N] [--sites N] [--needs N] [--brute] [--all] [--vocab DIR]
// Prints the seed of each failure and a small diff; the input of a failure is kept. The first failure ends it, unless
// --all. The last line is `N passed, N failed`; exit 1 on a failure.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chain, loadChainVocab } from './chain.mjs';
import { makeChainRound } from './chain_generate.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const LINES_SHOWN = 12;
/** Enough for every chain, so that a busy machine can't cut the search. */
const LIMIT_MS = '20000';
/** Largest difference of numbers that are printed to 4 or 6 decimals. */
const NEAR = { kg_co2: 1.01e-4, km: 1.01e-4, km_from_previous: 1.01e-4, km_to_delivery: 1.01e-4, value: 1.01e-6 };

function readOptions() {
    const text = fallback => ({ type: 'string', default: fallback });
    const { values } = parseArgs({ options: { ppuri: { type: 'string' }, seed: text('1'), rounds: text('20'),
        sites: text('12'), needs: text('6'), vocab: text(join(HERE, '../../vocab')), brute: { type: 'boolean' },
        all: { type: 'boolean' } } });
    if (!values.ppuri) throw new Error('usage: compare_chain.mjs --ppuri PATH');
    const numbers = ['seed', 'rounds', 'sites', 'needs'].map(name => [name, Number(values[name])]);
    return { ...values, ...Object.fromEntries(numbers) };
}

function runProgram(options, folder, today, { need, objective, k }) {
    const file = join(folder, `${need.ref}.json`);
    writeFileSync(file, JSON.stringify(need));
    const args = ['chain', file, '--sites', join(folder, 'sites.jsonl'), '--json', '--today', today, '--k', String(k),
        '--objective', objective, '--limit-ms', LIMIT_MS, ...(options.brute ? ['--brute'] : [])];
    const run = spawnSync(resolve(options.ppuri), args,
        { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28, timeout: 120000 });
    if (run.error) return { error: String(run.error) };
    if (run.status !== 0) return { error: `exit ${run.status ?? run.signal}: ${run.stderr.trim()}` };
    return { answer: JSON.parse(run.stdout) };
}

const show = value => JSON.stringify(value) ?? 'absent';

/** Lines `path: program | reference` for everything that the reference has. */
function differences(got, wanted, path, key) {
    if (wanted === null || typeof wanted !== 'object') {
        const isNear = typeof got === 'number' && typeof wanted === 'number'
            && Math.abs(got - wanted) <= (NEAR[key] ?? 0);
        return got === wanted || isNear ? [] : [`${path}: ${show(got)} | ${show(wanted)}`];
    }
    if (got === null || typeof got !== 'object') return [`${path}: ${show(got)} | ${show(wanted)}`];
    const lines = Array.isArray(wanted) && got.length !== wanted.length
        ? [`${path}.length: ${got.length} | ${wanted.length}`] : [];
    for (const name of Object.keys(wanted)) lines.push(...differences(got[name], wanted[name], `${path}.${name}`, name));
    return lines;
}

const warningKey = w => `${w.step} ${w.kind} ${w.first} ${w.then} ${w.other ?? '-'}`;

function compareOne(answer, expected) {
    const { warnings, count, ...rest } = expected;
    const lines = differences(answer, rest, '');
    const [got, wanted] = [answer.warnings, warnings].map(list => list.map(warningKey).sort());
    lines.push(...differences(got, wanted, '.warnings'));
    if (answer.complete !== true || answer.gap !== null) lines.push('.complete: the search was cut');
    return lines;
}

function reportFailure(options, seed, asked, folder, lines) {
    console.log(`seed ${seed}, need ${asked.need.ref} by ${asked.objective}, k ${asked.k}: `
        + `${lines.length} differences (program | reference)`);
    for (const line of lines.slice(0, LINES_SHOWN)) console.log(`  ${line}`);
    const again = `--seed ${seed} --rounds 1 --sites ${options.sites} --needs ${options.needs}`;
    console.log(`  input kept in ${folder}; again: ${again}`);
}

/** What the passed needs exercised, so that an idle comparison is seen. */
function tally(seen, expected) {
    const count = (name, by) => { seen[name] = (seen[name] ?? 0) + by; };
    count('needs with chains', expected.count > 0 ? 1 : 0);
    count('chains', expected.count);
    count('warnings', expected.warnings.length);
    count('one firm', expected.single_firm ? 1 : 0);
    count('too late', expected.why.includes('due') ? 1 : 0);
    count('without a firm', expected.if_lost.filter(loss => loss.chain).length);
    count('with carbon', expected.chains[0]?.kg_co2 != null ? 1 : 0);
}

function runRound(options, vocab, seed, seen) {
    const round = makeChainRound(vocab, { seed, sites: options.sites, needs: options.needs });
    const folder = mkdtempSync(join(tmpdir(), 'ppuri-chain-'));
    writeFileSync(join(folder, 'sites.jsonl'), round.sites.map(site => `${JSON.stringify(site)}\n`).join(''));
    const result = { passed: 0, failed: 0 };
    for (const asked of round.needs) {
        const { answer, error } = runProgram(options, folder, round.today, asked);
        const expected = chain(vocab, asked.need, round.sites, { today: round.today, ...asked });
        const lines = error ? [error] : compareOne(answer, expected);
        tally(seen, expected);
        if (lines.length === 0) {
            result.passed++;
            continue;
        }
        reportFailure(options, seed, asked, folder, lines);
        result.failed++;
        if (!options.all) break;
    }
    if (result.failed === 0) rmSync(folder, { recursive: true });
    return result;
}

function main() {
    const options = readOptions();
    const vocab = loadChainVocab(options.vocab);
    const seen = {};
    let [passed, failed] = [0, 0];
    console.log(`seed ${options.seed}, ${options.rounds} rounds`);
    for (let seed = options.seed; seed < options.seed + options.rounds && (failed === 0 || options.all); seed++) {
        const result = runRound(options, vocab, seed, seen);
        passed += result.passed;
        failed += result.failed;
    }
    console.log(Object.entries(seen).map(([name, count]) => `${count} ${name}`).join(', '));
    console.log(`${passed} passed, ${failed} failed`);
    return failed === 0;
}

try {
    process.exitCode = main() ? 0 : 1;
} catch (error) {
    console.error(error.stack);
    process.exitCode = 2;
}
