// Criteria of a step, score rows and their weights, and the order of results.
import { compact, fnv1a64 } from './text.mjs';
import { isUnder } from './vocab.mjs';
import { STRONGER } from './read.mjs';

const WEIGHTS = { process: 16, material: 12, size: 6, precision: 8, quantity: 6, due: 10, certificates: 10, place: 10,
    context: 6, track: 10, evidence: 6 };

const ROW_OF = { envelope: 'size', mass: 'size', thickness: 'size', layer: 'size', force: 'size',
    tolerance: 'precision', roughness: 'precision', hardness: 'precision', certificate: 'certificates',
    standard: 'context', tag: 'context', industry: 'context', words: 'context' };

/** The kinds of criteria in table order; `track` and `evidence` follow the table. */
export const KINDS = ['process', 'material', 'envelope', 'mass', 'thickness', 'layer', 'force', 'tolerance',
    'roughness', 'hardness', 'quantity', 'due', 'certificate', 'standard', 'tag', 'place', 'industry', 'words',
    'track', 'evidence'];

const PREFERRED = ['standard', 'tag', 'industry', 'words'];

/** Keeps the first of the entries whose KEY is the same. */
function once(values, key) {
    const seen = new Map();
    for (const value of values) {
        if (!seen.has(key(value))) seen.set(key(value), value);
    }
    return [...seen.values()];
}

function statedKinds(need, step) {
    const stated = {
        material: step.materials.length > 0,
        envelope: step.part_mm !== null,
        mass: step.mass_kg !== null,
        thickness: step.thickness_mm !== null,
        layer: step.layer_um !== null,
        force: step.force_t !== null,
        tolerance: step.tolerance !== null,
        roughness: step.ra_um !== null,
        hardness: step.hardness !== null,
        quantity: step.quantity !== null,
        due: need.due !== null,
        place: step.place.regions.length > 0 || step.place.max_km !== null || need.deliver_to !== null,
        words: step.words !== null,
    };
    return Object.keys(stated).filter(kind => stated[kind]);
}

function defaultNeed(kind, step) {
    if (kind === 'place') return step.place.regions.length > 0 || step.place.max_km !== null ? 'must' : 'prefer';
    return PREFERRED.includes(kind) ? 'prefer' : 'must';
}

/** The criteria of a step that are not off: [{kind, name, subject, need}] in table order. */
export function criteriaOf(need, step) {
    const list = [{ kind: 'process', name: 'process', need: 'must' }];
    const add = (kind, subject) => list.push({ kind, name: subject === undefined ? kind : `${kind}:${subject}`, subject,
        need: step.need[kind] ?? defaultNeed(kind, step) });
    for (const kind of statedKinds(need, step)) add(kind);
    for (const standard of once(step.standards, compact)) add('standard', standard);
    for (const tag of once(step.tags, compact)) add('tag', tag);
    for (const industry of once(need.industry, code => code)) add('industry', industry);
    for (const { code, need: strength } of step.certificates) {
        list.push({ kind: 'certificate', name: `certificate:${code}`, subject: code, need: strength });
    }
    for (const kind of ['track', 'evidence']) list.push({ kind, name: kind, need: 'prefer' });
    return list.filter(criterion => STRONGER[criterion.need] > 0)
        .sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

const rowOf = kind => ROW_OF[kind] ?? kind;

/** Gives each criterion its share of its row's weight; rows without a criterion do not count. */
export function shareWeights(vocab, step, criteria) {
    const weights = { ...WEIGHTS };
    const isRemote = ['SOFTWARE', 'ENGINEERING'].some(root => isUnder(vocab.processes, step.process, root));
    const place = criteria.find(criterion => criterion.kind === 'place');
    if (isRemote && place?.need !== 'must') weights.place = 2;
    Object.assign(weights, step.weights);
    const share = row => weights[row] / criteria.filter(criterion => rowOf(criterion.kind) === row).length;
    return criteria.map(criterion => ({ ...criterion, share: share(rowOf(criterion.kind)) }));
}

/** The unrounded score of rows {share, s}. */
export function scoreOf(rows) {
    let [sum, total] = [0, 0];
    for (const row of rows) {
        sum += row.share * row.s;
        total += row.share;
    }
    return total === 0 ? 0 : 100 * sum / total;
}

/** Each row's weight out of 100, so that the sum of weight * s is the score. */
export function weightOf(rows, row) {
    const total = rows.reduce((sum, each) => sum + each.share, 0);
    return total === 0 ? 0 : 100 * row.share / total;
}

/** meets, ask, near or out; `blocker` is the first must that says no. */
export function classify(rows) {
    const musts = rows.filter(row => row.need === 'must');
    const noes = musts.filter(row => row.verdict === 'no');
    if (noes.length === 0) return { class: musts.every(row => row.verdict === 'yes') ? 'meets' : 'ask', blocker: null };
    const isNear = noes.length === 1 && noes[0].kind !== 'process';
    return { class: isNear ? 'near' : 'out', blocker: noes[0] };
}

const RANKS = { meets: 0, ask: 1, near: 2, out: 3 };

/** The tie breaker: nobody owns it. */
export function tieHash(needRef, capabilityRef) {
    return fnv1a64(Buffer.concat([Buffer.from(needRef), Buffer.from([0]), Buffer.from(capabilityRef)]));
}

/** Order of results: class, printed score, fewer unknowns, hash, ref. */
export function compareResults(a, b) {
    if (a.class !== b.class) return RANKS[a.class] - RANKS[b.class];
    if (a.score !== b.score) return b.score - a.score;
    if (a.unknowns !== b.unknowns) return a.unknowns - b.unknowns;
    if (a.hash !== b.hash) return a.hash < b.hash ? -1 : 1;
    return Buffer.compare(Buffer.from(a.capability), Buffer.from(b.capability));
}
