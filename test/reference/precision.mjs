// Verdicts of tolerance, roughness and hardness.
import { convertHardness, isUnder, itWidth } from './vocab.mjs';
import { finding, limited, lower, threeValued, upper } from './verdict.mjs';

const YES_S = 1;
const UNKNOWN_S = 0.4;
const unknown = () => finding('unknown', UNKNOWN_S);

function notWider(asked, offered, limit) {
    const ok = offered <= asked;
    return limited(ok ? 'yes' : 'no', YES_S, [{ ok, margin: (asked - offered) / asked, limit }]);
}

function widthUm(vocab, tolerance, atMm) {
    return tolerance.it === null ? 2000 * tolerance.mm : itWidth(vocab, tolerance.it, atMm);
}

/** Tolerance: like against like needs no size; IT against mm is compared in um at the size. */
export function judgeTolerance(vocab, offered, asked) {
    if (offered === null || (offered.it === null && offered.mm === null)) return unknown();
    const limit = offered.it ?? offered.mm;
    if (asked.it !== null && offered.it !== null) return notWider(asked.it, offered.it, limit);
    if (asked.mm !== null && offered.mm !== null) return notWider(asked.mm, offered.mm, limit);
    const atMm = asked.at_mm ?? offered.at_mm;
    if (atMm === null || atMm > 3150) return unknown();
    const [askedUm, offeredUm] = [widthUm(vocab, asked, atMm), widthUm(vocab, offered, atMm)];
    return askedUm === null || offeredUm === null ? unknown() : notWider(askedUm, offeredUm, limit);
}

/** Roughness: offered Ra <= asked Ra. */
export function judgeRoughness(offered, asked) {
    return offered === null ? unknown() : notWider(asked, offered, offered);
}

/** Asked bounds in the offered scale, or null when one of them is not convertible. */
function convertBounds(vocab, offered, asked, materials) {
    if (asked.scale === offered.scale) return { min: asked.min, max: asked.max };
    const isSteel = code => isUnder(vocab.materials, code, 'STEEL') || isUnder(vocab.materials, code, 'IRON');
    if (materials.length > 0 && !materials.some(isSteel)) return null;
    const bounds = {};
    for (const key of ['min', 'max']) {
        bounds[key] = asked[key] === null ? null : convertHardness(vocab, asked[key], asked.scale, offered.scale);
        if (asked[key] !== null && bounds[key] === null) return null;
    }
    return bounds;
}

function isOutOfReach(offered, asked) {
    const least = asked.min ?? asked.max;
    const most = asked.max ?? asked.min;
    return (offered.max !== null && offered.max < least) || (offered.min !== null && offered.min > most);
}

function isReachable(offered, asked) {
    const lowOk = offered.min !== null && asked.max !== null && offered.min <= (asked.min ?? asked.max);
    const highOk = offered.max !== null && asked.min !== null && (asked.max ?? asked.min) <= offered.max;
    if (asked.min !== null && asked.max !== null) return lowOk && highOk;
    return asked.max === null ? highOk : lowOk;
}

/** Each asked end against each known offered bound. */
function hardnessChecks(offered, asked) {
    const checks = [];
    for (const end of [asked.min, asked.max].filter(value => value !== null)) {
        if (offered.min !== null) checks.push(lower(end, offered.min));
        if (offered.max !== null) checks.push(upper(end, offered.max));
    }
    return checks;
}

/** Hardness: three-valued reach of the asked bounds in the offered scale. */
export function judgeHardness(vocab, offered, asked, materials) {
    if (offered === null) return unknown();
    const bounds = convertBounds(vocab, offered, asked, materials);
    if (bounds === null) return unknown();
    const checks = hardnessChecks(offered, bounds);
    if (isOutOfReach(offered, bounds)) return limited('no', 0, checks);
    return isReachable(offered, bounds) ? limited('yes', YES_S, checks) : unknown();
}

/** Quantity: batch and free capacity, per order or per month. */
export function judgeQuantity(cap, step, daysLeft) {
    const checks = step.quantity_per === 'month' ? monthlyChecks(cap, step) : orderChecks(cap, step, daysLeft);
    const isDecided = checks.some(check => check.decides);
    const verdict = threeValued(checks, !isDecided);
    return limited(verdict, verdict === 'yes' ? YES_S : UNKNOWN_S, checks);
}

const decides = check => ({ ...check, decides: true });

function monthlyChecks(cap, step) {
    const asked = step.quantity;
    const checks = [];
    if (cap.free_per_month !== null) checks.push(decides(upper(asked, cap.free_per_month)));
    if (cap.free_kg_per_month !== null && step.mass_kg !== null) {
        const limit = cap.free_kg_per_month / step.mass_kg;
        checks.push({ ...decides(upper(asked, limit)), ok: cap.free_kg_per_month >= asked * step.mass_kg });
    }
    return checks;
}

function orderChecks(cap, step, daysLeft) {
    const asked = step.quantity;
    const checks = [];
    if (cap.batch?.min != null) checks.push(lower(asked, cap.batch.min));
    if (cap.batch?.max != null) checks.push(decides(upper(asked, cap.batch.max)));
    if (daysLeft === null || daysLeft < 0) return checks;
    if (cap.free_per_month !== null) {
        const room = cap.free_per_month * daysLeft;
        checks.push({ ...decides(upper(asked, room / 30)), ok: room >= 30 * asked });
    }
    if (cap.free_kg_per_month !== null && step.mass_kg !== null) {
        const room = cap.free_kg_per_month * daysLeft;
        checks.push({ ...decides(upper(asked, room / (30 * step.mass_kg))), ok: room >= 30 * asked * step.mass_kg });
    }
    return checks;
}

/** Due: lead_days <= days left, and the date has not passed. */
export function judgeDue(leadDays, daysLeft) {
    const isPassed = daysLeft < 0;
    if (leadDays === null) return isPassed ? finding('no', 0) : unknown();
    const ok = !isPassed && leadDays <= daysLeft;
    const s = daysLeft === 0 ? 0.6 : Math.min(1, 0.6 + (daysLeft - leadDays) / daysLeft);
    const margin = (daysLeft - leadDays) / Math.max(1, daysLeft);
    return limited(ok ? 'yes' : 'no', s, [{ ok, margin, limit: leadDays }]);
}
