// An independent reading of the matching contract: what `ppuri match --json` must say.
// A plain scan over everything; written for clarity, never for speed, and used by tests only.
import { daysBetween, round4 } from './text.mjs';
import { finding, judgeEnvelope, judgeForce, judgeMaterial, judgeProcess, judgeRange } from './verdict.mjs';
import { judgeDue, judgeHardness, judgeQuantity, judgeRoughness, judgeTolerance } from './precision.mjs';
import { deliveryPoint, judgeCertificate, judgeIndustry, judgePlace, judgeStandard, judgeTag,
    judgeWords } from './lists.mjs';
import { classify, compareResults, criteriaOf, KINDS, scoreOf, shareWeights, tieHash, weightOf } from './score.mjs';

export { loadVocab } from './vocab.mjs';
export { readNeed, readSites } from './read.mjs';

/** Key of the unrounded value: a row's margin, a result's score. Not part of the published object. */
export const RAW = Symbol('raw');

const EVIDENCE = { self: 0.4, document: 0.7, visited: 0.85, deal: 1 };
const TRACK_WITHOUT_DEALS = (0 + 4) / (0 + 5);

const JUDGES = {
    process: (ctx, { cap }) => judgeProcess(ctx.vocab, cap.process, ctx.step.process),
    material: (ctx, { cap }) => judgeMaterial(ctx.vocab, cap.materials, ctx.step.materials),
    envelope: (ctx, { cap }) => judgeEnvelope(cap.size_mm, ctx.step.part_mm),
    mass: (ctx, { cap }) => judgeRange(cap.mass_kg, ctx.step.mass_kg, ctx.step.mass_kg),
    thickness: (ctx, { cap }) => judgeRange(cap.thickness_mm, ctx.step.thickness_mm, ctx.step.thickness_mm),
    layer: (ctx, { cap }) => judgeLayer(cap.layer_um, ctx.step.layer_um),
    force: (ctx, { cap }) => judgeForce(cap.force_t, ctx.step.force_t),
    tolerance: (ctx, { cap }) => judgeTolerance(ctx.vocab, cap.tolerance, ctx.step.tolerance),
    roughness: (ctx, { cap }) => judgeRoughness(cap.ra_um, ctx.step.ra_um),
    hardness: (ctx, { cap }) => judgeHardness(ctx.vocab, cap.hardness, ctx.step.hardness, ctx.step.materials),
    quantity: (ctx, { cap }) => judgeQuantity(cap, ctx.step, ctx.daysLeft),
    due: (ctx, { cap }) => judgeDue(cap.lead_days, ctx.daysLeft),
    certificate: (ctx, { certificates }, code) => judgeCertificate(ctx.vocab, certificates, code, ctx.certificateDate),
    standard: (ctx, { cap }, name) => judgeStandard(cap.standards, name),
    tag: (ctx, { cap }, name) => judgeTag(cap.tags, name),
    place: (ctx, { site }) => judgePlace(ctx.vocab, site, ctx.step.place, ctx.need.deliver_to, ctx.target),
    industry: (ctx, { cap }, code) => judgeIndustry(cap.industries, code),
    words: (ctx, supplier) => judgeWords(supplier, ctx.step.words),
    track: () => finding('yes', TRACK_WITHOUT_DEALS),
    evidence: (ctx, { cap }) => finding('yes', EVIDENCE[cap.evidence]),
};

/** One asked end alone is both ends. */
function judgeLayer(offered, asked) {
    return judgeRange(offered, asked.min ?? asked.max, asked.max ?? asked.min);
}

function contextOf(vocab, need, step, today) {
    const daysLeft = need.due === null ? null : daysBetween(today, need.due);
    return { vocab, need, step, daysLeft, certificateDate: need.due !== null && need.due > today ? need.due : today,
        target: deliveryPoint(vocab, need.deliver_to) };
}

function assess(ctx, criteria, supplier, printed) {
    const judge = ({ kind, subject }) => JUDGES[kind](ctx, supplier, subject);
    const rows = criteria.map(criterion => ({ ...criterion, ...judge(criterion) }));
    const raw = scoreOf(rows);
    const capability = supplier.cap.ref;
    return { capability, site: supplier.site.ref, org: supplier.org.name, ...classify(rows), rows, raw,
        score: printed(raw, capability), unknowns: rows.filter(row => row.verdict === 'unknown').length,
        hash: tieHash(ctx.need.ref, capability) };
}

function publishRow(rows, row) {
    return { criterion: row.name, need: row.need, verdict: row.verdict, s: row.s, weight: weightOf(rows, row),
        asked: '', offered: '', margin: row.margin === null ? null : round4(row.margin), [RAW]: row.margin };
}

function publish(result) {
    const { capability, site, org, score, rows, raw } = result;
    const criteria = rows.map(row => publishRow(rows, row));
    const questions = criteria.filter(row => row.verdict === 'unknown').map(row => row.criterion);
    return { capability, site, org, class: result.class, score, criteria, questions, [RAW]: raw };
}

function countClasses(results) {
    const counts = { meets: 0, ask: 0, near: 0, out: 0 };
    for (const result of results) counts[result.class]++;
    return counts;
}

function countOutBy(results) {
    const outBy = {};
    for (const { blocker } of results.filter(result => result.class === 'out')) {
        outBy[blocker.kind] = (outBy[blocker.kind] ?? 0) + 1;
    }
    return outBy;
}

/** The near misses of one criterion as a relaxation; `to` is the limit of the row whose margin is nearest 0. */
function relaxationOf(name, near) {
    const blockers = near.filter(result => result.blocker.name === name).map(result => result.blocker);
    const measured = blockers.filter(row => row.margin !== null);
    const isNearer = (row, best) => best === null || Math.abs(row.margin) < Math.abs(best.margin);
    const nearest = measured.reduce((best, row) => (isNearer(row, best) ? row : best), null);
    return { criterion: name, kind: blockers[0].kind, count: blockers.length, to: nearest?.to ?? null,
        distance: nearest ? Math.abs(round4(nearest.margin)) : Infinity };
}

function compareRelaxations(a, b) {
    if (a.distance !== b.distance) return a.distance - b.distance;
    return b.count - a.count || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
}

function relaxByCriterion(near) {
    const names = [...new Set(near.map(result => result.blocker.name))];
    return names.map(name => relaxationOf(name, near)).sort(compareRelaxations)
        .map(({ criterion, count, to }) => ({ criterion, count, to }));
}

function relaxByParent(vocab, need, step, suppliers, today) {
    const parent = vocab.processes.get(step.process).parent;
    if (!parent) return [];
    const wider = assessAll(vocab, need, { ...step, process: parent }, suppliers, { today });
    const count = wider.filter(result => result.class === 'meets' || result.class === 'ask').length;
    return count > 0 ? [{ criterion: 'process', count, to: parent }] : [];
}

function assessAll(vocab, need, step, suppliers, { today, printed = round4 }) {
    const ctx = contextOf(vocab, need, step, today);
    const criteria = shareWeights(vocab, step, criteriaOf(need, step));
    return suppliers.map(supplier => assess(ctx, criteria, supplier, printed)).sort(compareResults);
}

function matchStep(vocab, need, index, suppliers, options) {
    const step = need.steps[index];
    const stepOptions = { today: options.today, printed: (raw, ref) => options.printed(raw, ref, index + 1) };
    const all = assessAll(vocab, need, step, suppliers, stepOptions);
    const counts = countClasses(all);
    const near = all.filter(result => result.class === 'near');
    const found = all.filter(result => result.class === 'meets' || result.class === 'ask');
    let relax = [];
    if (found.length === 0) {
        relax = near.length > 0 ? relaxByCriterion(near) : relaxByParent(vocab, need, step, suppliers, options.today);
    }
    return { step: index + 1, counts, out_by: countOutBy(all), results: found.slice(0, options.top).map(publish),
        near: near.slice(0, options.top).map(publish), relax };
}

/**
 * The object of `ppuri match --json` for a need of readNeed() and sites of readSites().
 * `printed(raw, ref, step)` may replace the rounding of a score; a checker uses it to accept a neighbour of a tie.
 */
export function match(vocab, need, sites, { today, top = 20, printed = raw => round4(raw) }) {
    const suppliers = sites.flatMap(site => site.capabilities.map(cap => ({ ...site, cap })));
    const steps = need.steps.map((_, index) => matchStep(vocab, need, index, suppliers, { today, top, printed }));
    return { need: need.ref, today, vocab_version: null, steps };
}
