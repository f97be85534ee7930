// Differences between a program's `match --json` answer and the reference, field by field.
// Compared: what the contract fixes. Not compared: the human texts, beyond their presence.
import { RAW } from './match.mjs';
import { round4 } from './text.mjs';

const EXACT = 1e-9;
const HALF_STEP = 0.5e-4 + EXACT;
const SCORE_SUM = 1e-4;

const isNear = (a, b, by) => typeof a === 'number' && Math.abs(a - b) <= by;
const show = value => JSON.stringify(value) ?? 'absent';

/**
 * A rounding function for match(): takes the program's printed score where it is a correct rounding of the raw one up
 * to the last bit, so that an exact tie of the fifth decimal can't fail on the order of a sum.
 */
export function scoreAcceptor(answer) {
    const printed = new Map();
    for (const step of answer.steps ?? []) {
        for (const result of [...(step.results ?? []), ...(step.near ?? [])]) {
            printed.set(`${step.step} ${result.capability}`, result.score);
        }
    }
    return (raw, ref, step) => {
        const score = printed.get(`${step} ${ref}`);
        return isNear(score, raw, HALF_STEP) && score === Number(score.toFixed(4)) ? score : round4(raw);
    };
}

class Diff {
    constructor() {
        this.lines = [];
    }

    add(path, got, expected) {
        this.lines.push(`${path}: ${show(got)} | ${show(expected)}`);
    }

    same(path, got, expected) {
        if (show(got) !== show(expected)) this.add(path, got, expected);
    }

    near(path, got, expected, by) {
        if (!isNear(got, expected, by)) this.add(path, got, expected);
    }
}

const sortedEntries = object => Object.entries(object ?? {}).filter(([, count]) => count !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
const namesOf = rows => rows.map(row => row.criterion).sort();
const refsOf = results => (results ?? []).map(result => result.capability);

function diffMargin(diff, path, got, row) {
    if (row.margin === null || typeof got !== 'number') {
        diff.same(path, got, row.margin);
        return;
    }
    if (!isNear(got, row[RAW], HALF_STEP) || got !== Number(got.toFixed(4))) diff.add(path, got, row.margin);
}

function diffRow(diff, path, got, row) {
    diff.same(`${path}.need`, got.need, row.need);
    diff.same(`${path}.verdict`, got.verdict, row.verdict);
    diff.near(`${path}.s`, got.s, row.s, EXACT);
    diff.near(`${path}.weight`, got.weight, row.weight, EXACT);
    diffMargin(diff, `${path}.margin`, got.margin, row);
    for (const text of ['asked', 'offered']) {
        if (typeof got[text] !== 'string') diff.add(`${path}.${text}`, got[text], 'a string');
    }
}

function diffCriteria(diff, path, result, expected) {
    const rows = result.criteria ?? [];
    diff.same(`${path}.criteria`, namesOf(rows), namesOf(expected.criteria));
    for (const row of expected.criteria) {
        const got = rows.find(each => each.criterion === row.criterion);
        if (got) diffRow(diff, `${path}.${row.criterion}`, got, row);
    }
    const sum = rows.reduce((total, row) => total + row.weight * row.s, 0);
    diff.near(`${path}: sum of weight * s`, sum, result.score, SCORE_SUM);
    const unknowns = rows.filter(row => row.verdict === 'unknown').length;
    diff.same(`${path}: number of questions`, result.questions?.length, unknowns);
}

function diffResults(diff, path, results, expected) {
    diff.same(`${path} (order)`, refsOf(results), refsOf(expected));
    for (const wanted of expected) {
        const got = (results ?? []).find(result => result.capability === wanted.capability);
        if (!got) continue;
        const at = `${path}.${wanted.capability}`;
        for (const field of ['site', 'org', 'class', 'score']) diff.same(`${at}.${field}`, got[field], wanted[field]);
        diffCriteria(diff, at, got, wanted);
    }
}

const kindOf = criterion => criterion.split(':')[0];

/** A limit is a number, a list of them, a code or null; a tolerance may also be written as {it} or {mm}. */
function isSameLimit(got, wanted) {
    if (Array.isArray(wanted)) {
        const isSameLength = Array.isArray(got) && got.length === wanted.length;
        return isSameLength && wanted.every((value, i) => isSameLimit(got[i], value));
    }
    if (typeof wanted !== 'number') return got === wanted;
    const value = got !== null && typeof got === 'object' ? got.it ?? got.mm : got;
    return isNear(value, wanted, EXACT * Math.max(1, Math.abs(wanted)));
}

/** The order of two criteria of one kind with equal margin and count (two certificates) is not fixed. */
function diffRelax(diff, path, relax, expected) {
    const order = list => (list ?? []).map(({ criterion, count }) => [kindOf(criterion), count]);
    diff.same(`${path} (order)`, order(relax), order(expected));
    for (const wanted of expected) {
        const got = (relax ?? []).find(each => each.criterion === wanted.criterion);
        const isSame = got && got.count === wanted.count && isSameLimit(got.to, wanted.to);
        if (!isSame) diff.add(`${path}.${wanted.criterion}`, got, wanted);
    }
}

function diffStep(diff, path, step, expected) {
    diff.same(`${path}.step`, step.step, expected.step);
    for (const [name, count] of Object.entries(expected.counts)) {
        diff.same(`${path}.counts.${name}`, step.counts?.[name], count);
    }
    diff.same(`${path}.out_by`, sortedEntries(step.out_by), sortedEntries(expected.out_by));
    diffResults(diff, `${path}.results`, step.results, expected.results);
    diffResults(diff, `${path}.near`, step.near, expected.near);
    diffRelax(diff, `${path}.relax`, step.relax, expected.relax);
}

/** Lines `path: program | reference`; empty when both say the same. */
export function differences(answer, expected) {
    const diff = new Diff();
    for (const field of ['need', 'today']) diff.same(field, answer[field], expected[field]);
    if (typeof answer.vocab_version !== 'string') diff.add('vocab_version', answer.vocab_version, 'a string');
    diff.same('number of steps', answer.steps?.length, expected.steps.length);
    for (const [i, step] of expected.steps.entries()) {
        if (answer.steps?.[i]) diffStep(diff, `step ${i + 1}`, answer.steps[i], step);
    }
    return diff.lines;
}
