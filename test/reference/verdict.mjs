// Verdicts of one criterion: process, material and the numeric limits of a capability.
// A finding is {verdict, s, margin, to}: s as section 5 gives it, margin unrounded or null, to = the margin's limit.
import { equivalentKinds, isUnder, levelsUp } from './vocab.mjs';

/** A finding without a numeric limit; a `no` never scores. */
export function finding(verdict, s) {
    return { verdict, s: verdict === 'no' ? 0 : s, margin: null, to: null };
}

/** A finding with numeric checks [{ok, margin, limit}]; the smallest margin counts, unknowns have none. */
export function limited(verdict, s, checks) {
    const found = finding(verdict, s);
    if (verdict === 'unknown' || checks.length === 0) return found;
    const worst = checks.reduce((low, check) => (check.margin < low.margin ? check : low));
    return { ...found, margin: worst.margin, to: worst.limit };
}

export const upper = (asked, limit) => ({ ok: asked <= limit, margin: (limit - asked) / asked, limit });
export const lower = (asked, limit) => ({ ok: limit <= asked, margin: (asked - limit) / asked, limit });

/** A known bound that is broken is no; otherwise a missing bound that matters is unknown; otherwise yes. */
export function threeValued(checks, isMissing) {
    if (checks.some(check => !check.ok)) return 'no';
    return isMissing ? 'unknown' : 'yes';
}

function relatedBy(vocab, kind, offered, asked) {
    return vocab.relations.some(rel => rel.kind === kind
        && isUnder(vocab.processes, offered, rel.offered) && isUnder(vocab.processes, asked, rel.asked));
}

/** Process: the node or below, `covers`, a node above, `ask`. */
export function judgeProcess(vocab, offered, asked) {
    if (isUnder(vocab.processes, offered, asked)) return finding('yes', 1);
    if (relatedBy(vocab, 'covers', offered, asked)) return finding('yes', 0.9);
    const levels = levelsUp(vocab.processes, asked, offered);
    const byAbove = levels === null ? 0 : 0.5 ** levels;
    const byAsk = relatedBy(vocab, 'ask', offered, asked) ? 0.4 : 0;
    const best = Math.max(byAbove, byAsk);
    return best > 0 ? finding('unknown', best) : finding('no', 0);
}

/** s of one pair asked x listed; 0.8 and more is yes, less is unknown, 0 is not related. */
function materialPair(vocab, asked, listed) {
    const tree = vocab.materials;
    if (asked === listed) return 1;
    const kinds = equivalentKinds(vocab, asked, listed);
    if (kinds.includes('same')) return 1;
    if (kinds.includes('near')) return 0.9;
    const [askedNode, listedNode] = [tree.get(asked), tree.get(listed)];
    if (askedNode.level !== 'grade' && isUnder(tree, listed, asked)) return 0.8;
    const isListedAbove = isUnder(tree, asked, listed);
    if (isListedAbove && listedNode.level === 'group' && askedNode.level === 'grade') return 0.8;
    if (isListedAbove && listedNode.level === 'family') return 0.6;
    if (kinds.includes('ask')) return 0.4;
    const areGrades = askedNode.level === 'grade' && listedNode.level === 'grade';
    return areGrades && askedNode.parent === listedNode.parent ? 0.4 : 0;
}

/** Material: the best pair of an asked and a listed node. */
export function judgeMaterial(vocab, listed, asked) {
    if (listed.length === 0) return finding('unknown', 0.4);
    let best = 0;
    for (const a of asked) {
        for (const l of listed) best = Math.max(best, materialPair(vocab, a, l));
    }
    if (best === 0) return finding('no', 0);
    return finding(best >= 0.8 ? 'yes' : 'unknown', best);
}

/** s of a size criterion that is yes: full until 0.9 of the limit, less at the edge or far too large a machine. */
function sizeScore(use) {
    return use < 0.02 ? 0.8 : 1 - 0.3 * Math.max(0, (use - 0.9) / 0.1);
}

const ascending = values => [...values].sort((a, b) => a - b);
const pairUp = (asked, limits) => asked.map((value, i) => ({ asked: value, limit: limits[i] }));
const largestUse = pairs => Math.max(...pairs.map(pair => pair.asked / pair.limit));

/** The pairs asked/limit that decide whether PART fits into ROOM. */
function fitPairs(room, part) {
    if (room.length === 3) {
        const box = part.length === 3 ? part : [part[0], part[0], part[1]];
        return pairUp(ascending(box), ascending(room));
    }
    if (part.length === 2) return pairUp(part, room);
    const byAxis = part.map((length, axis) => {
        const [p, q] = part.filter((_, i) => i !== axis);
        return pairUp([Math.sqrt(p * p + q * q), length], room);
    });
    return byAxis.reduce((best, pairs) => (largestUse(pairs) < largestUse(best) ? pairs : best));
}

/** Envelope: does the part fit into size_mm. */
export function judgeEnvelope(room, part) {
    if (room === null) return finding('unknown', 0.4);
    const pairs = fitPairs(room, part);
    const checks = pairs.map(pair => ({ ...upper(pair.asked, pair.limit), limit: room }));
    return limited(threeValued(checks, false), sizeScore(largestUse(pairs)), checks);
}

/** Mass, thickness, layer: every asked end inside min (blank = 0) .. max. */
export function judgeRange(offered, low, high) {
    const max = offered?.max ?? null;
    const checks = [];
    for (const end of [low, high]) {
        checks.push(lower(end, offered?.min ?? 0));
        if (max !== null) checks.push(upper(end, max));
    }
    const verdict = threeValued(checks, max === null);
    return limited(verdict, verdict === 'yes' ? sizeScore(high / max) : 0.4, checks);
}

/** Force: asked <= max. */
export function judgeForce(offered, asked) {
    const max = offered?.max ?? null;
    if (max === null) return finding('unknown', 0.4);
    const checks = [upper(asked, max)];
    return limited(threeValued(checks, false), sizeScore(asked / max), checks);
}
