// Order rules of chains, read independently: which steps break which rule.
import { convertHardness, isUnder, itWidth } from './vocab.mjs';

/** {isStated, holds} of one condition for one step. */
const CONDITIONS = {
    'material:': (vocab, step, code) => ({ isStated: step.materials.length > 0,
        holds: step.materials.some(material => isUnder(vocab.materials, material, code)) }),
    'thickness>': (_, step, limit) => over(step.thickness_mm, limit),
    'layer>': (_, step, limit) => over(step.layer_um === null ? null : step.layer_um.max ?? step.layer_um.min, limit),
    'hardness>HRC': (vocab, step, limit) => {
        if (step.hardness === null) return over(null, limit);
        const { scale, min, max } = step.hardness;
        const hrc = convertHardness(vocab, max ?? min, scale, 'HRC');
        return { isStated: true, holds: hrc !== null && hrc > Number(limit) };
    },
    'tolerance<IT': (vocab, step, limit) => ({ isStated: step.tolerance !== null,
        holds: isFiner(vocab, step, Number(limit)) }),
};

function over(value, limit) {
    return { isStated: value !== null, holds: value !== null && value > Number(limit) };
}

/** A tolerance in mm that names no size is meant at the largest size of its step's part. */
function isFiner(vocab, { tolerance, part_mm: part }, it) {
    if (tolerance === null) return false;
    if (tolerance.it !== null) return tolerance.it < it;
    const size = tolerance.at_mm ?? (part === null ? null : Math.max(...part));
    const width = size === null ? null : itWidth(vocab, it, size);
    return width !== null && tolerance.mm * 2000 < width;
}

/** The rule's own step decides when it states the thing; else the first step that does. */
function holds(vocab, need, own, condition) {
    const name = Object.keys(CONDITIONS).find(key => condition.startsWith(key));
    if (!name) throw new Error(`unknown condition ${condition}`);
    const check = step => CONDITIONS[name](vocab, step, condition.slice(name.length));
    const stated = [own, ...need.steps].map(check).find(found => found.isStated);
    return stated?.holds ?? false;
}

function applies(vocab, need, own, when) {
    return when.split('&').map(part => part.trim()).filter(Boolean)
        .every(condition => holds(vocab, need, own, condition));
}

/** [{step, kind, first, then, other}]; steps from 1, other = the earlier step of a not_after. */
export function orderWarnings(vocab, need) {
    const isAt = (i, code) => isUnder(vocab.processes, need.steps[i].process, code);
    const warnings = [];
    for (const { first, then, kind, when } of vocab.orderRules) {
        for (const [i, own] of need.steps.entries()) {
            if (!isAt(i, first) || !applies(vocab, need, own, when)) continue;
            const others = need.steps.map((_, j) => j).filter(j => (kind === 'not_after' ? j < i : j > i) && isAt(j, then));
            if (kind === 'needs_after' && others.length === 0) warnings.push({ step: i + 1, kind, first, then, other: null });
            if (kind === 'not_after' && others.length > 0) {
                warnings.push({ step: i + 1, kind, first, then, other: others[0] + 1 });
            }
        }
    }
    return warnings;
}
