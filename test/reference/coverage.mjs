// Counts what a set of rounds really exercises: every criterion with every verdict it can have,
// every class, the scores that only one rule gives, and the kinds of relaxation.

const BOTH_WAYS = ['process', 'material', 'envelope', 'mass', 'thickness', 'layer', 'force', 'tolerance',
    'roughness', 'hardness', 'quantity', 'due', 'certificate', 'place'];
/** The last criterion that can say no is never the first of two. */
const LAST_NO = 'place';
const NEVER_NO = ['standard', 'tag', 'industry', 'words'];
const ALWAYS_YES = ['track', 'evidence'];

/** Scores that only one rule gives. */
const SCORES = { process: [1, 0.9, 0.5, 0.25, 0.4], material: [1, 0.9, 0.8, 0.6, 0.4, 0], envelope: [1, 0.8],
    due: [0.6, 1, 0.4], certificate: [1, 0.3, 0], place: [1, 0.95, 0.3], evidence: [0.4, 0.7, 0.85, 1] };

function expectedKeys() {
    const keys = ['meets', 'ask', 'near', 'out'].map(name => `class ${name}`);
    for (const kind of BOTH_WAYS) keys.push(...['yes', 'no', 'unknown'].map(verdict => `${kind} ${verdict}`));
    for (const kind of NEVER_NO) keys.push(`${kind} yes`, `${kind} unknown`);
    for (const kind of ALWAYS_YES) keys.push(`${kind} yes`);
    for (const [kind, scores] of Object.entries(SCORES)) keys.push(...scores.map(s => `${kind} s=${s}`));
    keys.push('relax to a limit', 'relax by dropping', 'relax to the parent process');
    for (const kind of BOTH_WAYS.filter(name => name !== LAST_NO)) keys.push(`out_by ${kind}`);
    return keys;
}

export class Coverage {
    constructor() {
        this.seen = new Map(expectedKeys().map(key => [key, 0]));
    }

    count(key, by = 1) {
        if (this.seen.has(key)) this.seen.set(key, this.seen.get(key) + by);
    }

    /** Adds one result of match(). */
    add(answer) {
        for (const step of answer.steps) {
            for (const [name, count] of Object.entries(step.counts)) this.count(`class ${name}`, count);
            for (const [kind, count] of Object.entries(step.out_by)) this.count(`out_by ${kind}`, count);
            for (const result of [...step.results, ...step.near]) this.addRows(result.criteria);
            for (const relax of step.relax) this.count(relaxKey(relax));
        }
    }

    addRows(rows) {
        for (const { criterion, verdict, s } of rows) {
            const kind = criterion.split(':')[0];
            this.count(`${kind} ${verdict}`);
            this.count(`${kind} s=${s}`);
        }
    }

    /** A process that says no makes a capability `out`, which is only counted. */
    missing() {
        const outByProcess = this.seen.get('out_by process');
        const isMissing = ([key, count]) => count === 0 && !(key === 'process no' && outByProcess > 0);
        return [...this.seen].filter(isMissing).map(([key]) => key);
    }

    table() {
        return [...this.seen].map(([key, count]) => `${key.padEnd(30)} ${count}`).join('\n');
    }
}

function relaxKey({ criterion, to }) {
    if (criterion === 'process') return 'relax to the parent process';
    return to === null ? 'relax by dropping' : 'relax to a limit';
}
