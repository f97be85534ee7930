#!/usr/bin/env node
// Compares `ppuri match --json` with the reference matcher on random input.
//   node compare.mjs --ppuri PATH [--seed N] [--rounds N] [--sites N] [--needs N] [--index] [--vocab DIR]
//   node compare.mjs --coverage   no program: does the random input reach every criterion, verdict and class?
// Prints the seed of each failure and a small diff; the last line is `N passed, N failed`; exit 1 on a failure.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Coverage } from './coverage.mjs';
import { differences, scoreAcceptor } from './diff.mjs';
import { makeRound } from './generate.mjs';
import { loadVocab, match, readNeed, readSites } from './match.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const LINES_SHOWN = 12;
const EVERYTHING = 100000;

function readOptions() {
    const text = fallback => ({ type: 'string', default: fallback });
    const { values } = parseArgs({ options: { ppuri: { type: 'string' },
        seed: text('1'), rounds: text('20'), sites: text('40'), needs: text('20'),
        vocab: text(join(HERE, '../../vocab')), coverage: { type: 'boolean' }, index: { type: 'boolean' } } });
    if (!values.ppuri && !values.coverage) throw new Error('usage: compare.mjs --ppuri PATH | --coverage');
    const numbers = ['seed', 'rounds', 'sites', 'needs'].map(name => [name, Number(values[name])]);
    return { ...values, ...Object.fromEntries(numbers) };
}

/** What the program says: {answer} or {error}. */
function runProgram(options, folder, need, today, top) {
    const needFile = join(folder, 'need.json');
    writeFileSync(needFile, JSON.stringify(need));
    const args = ['match', needFile, '--sites', join(folder, 'sites.jsonl'), '--json', '--top', String(top),
        '--today', today];
    if (!options.index) args.push('--scan');
    const limits = { maxBuffer: 1 << 28, timeout: 60000 };
    const run = spawnSync(resolve(options.ppuri), args, { cwd: folder, encoding: 'utf8', ...limits });
    if (run.error) return { error: String(run.error) };
    if (run.status !== 0) return { error: `exit ${run.status ?? run.signal}: ${run.stderr.trim()}` };
    try {
        return { answer: JSON.parse(run.stdout) };
    } catch (error) {
        return { error: `not JSON: ${error.message}` };
    }
}

/** Differences between program and reference for one need, as lines. */
function checkNeed(options, vocab, folder, round, need, top) {
    const { answer, error } = runProgram(options, folder, need, round.today, top);
    if (error) return [error];
    const printed = scoreAcceptor(answer);
    const expected = match(vocab, readNeed(need), round.supply, { today: round.today, top, printed });
    return differences(answer, expected);
}

function reportFailure(options, seed, need, folder, lines) {
    console.log(`seed ${seed}, need ${need.ref}: ${lines.length} differences (program | reference)`);
    for (const line of lines.slice(0, LINES_SHOWN)) console.log(`  ${line}`);
    const sizes = `--sites ${options.sites} --needs ${options.needs}`;
    console.log(`  input kept in ${folder}; again: --seed ${seed} --rounds 1 ${sizes}`);
}

/** Runs one round; returns the number of needs that passed, and whether one failed. */
function runRound(options, vocab, seed) {
    const round = makeRound(vocab, { seed, sites: options.sites, needs: options.needs });
    round.supply = readSites(round.sites);
    const folder = mkdtempSync(join(tmpdir(), 'ppuri-compare-'));
    writeFileSync(join(folder, 'sites.jsonl'), round.sites.map(site => `${JSON.stringify(site)}\n`).join(''));
    let passed = 0;
    for (const [i, need] of round.needs.entries()) {
        const lines = checkNeed(options, vocab, folder, round, need, i % 4 === 3 ? 3 : EVERYTHING);
        if (lines.length > 0) {
            reportFailure(options, seed, need, folder, lines);
            return { passed, hasFailed: true };
        }
        passed++;
    }
    rmSync(folder, { recursive: true });
    return { passed, hasFailed: false };
}

function compareAll(options, vocab) {
    let [passed, failed] = [0, 0];
    console.log(`seed ${options.seed}, ${options.rounds} rounds`);
    for (let seed = options.seed; seed < options.seed + options.rounds && failed === 0; seed++) {
        const result = runRound(options, vocab, seed);
        passed += result.passed;
        failed += result.hasFailed ? 1 : 0;
    }
    console.log(`${passed} passed, ${failed} failed`);
    return failed === 0;
}

function cover(options, vocab) {
    const coverage = new Coverage();
    for (let seed = options.seed; seed < options.seed + options.rounds; seed++) {
        const round = makeRound(vocab, { seed, sites: options.sites, needs: options.needs });
        const supply = readSites(round.sites.map(site => JSON.stringify(site)));
        const choices = { today: round.today, top: EVERYTHING };
        for (const need of round.needs) coverage.add(match(vocab, readNeed(need), supply, choices));
    }
    const missing = coverage.missing();
    console.log(coverage.table());
    for (const key of missing) console.log(`never: ${key}`);
    console.log(`${coverage.seen.size - missing.length} passed, ${missing.length} failed`);
    return missing.length === 0;
}

function main() {
    const options = readOptions();
    const vocab = loadVocab(options.vocab);
    return options.coverage ? cover(options, vocab) : compareAll(options, vocab);
}

try {
    process.exitCode = main() ? 0 : 1;
} catch (error) {
    console.error(error.message);
    process.exitCode = 2;
}
