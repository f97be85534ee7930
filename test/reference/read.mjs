// Normalises needs and supply lines: blanks become null (scalars, objects) or [] (lists), defaults are filled in.
// It trusts its input to be valid, except for the refusals that the matching rules themselves state.

const isBlank = value => value === null || value === undefined
    || (typeof value === 'string' && value.trim() === '')
    || (Array.isArray(value) && value.length === 0);

const scalar = value => (isBlank(value) ? null : value);
const list = value => (isBlank(value) ? [] : value.filter(item => !isBlank(item)));

/** An object with exactly KEYS, blanks as null; null when every one is blank. */
function record(value, keys) {
    if (isBlank(value)) return null;
    const result = Object.fromEntries(keys.map(key => [key, scalar(value[key])]));
    return keys.every(key => result[key] === null) ? null : result;
}

const RANGE = ['min', 'max'];
const PLACE = ['region', 'lat', 'lon'];
const STRONGER = { off: 0, prefer: 1, must: 2 };

/** A layer is asked as a number or as {min,max}. */
function askedLayer(value) {
    return typeof value === 'number' ? { min: value, max: value } : record(value, RANGE);
}

function askedHardness(value) {
    const hardness = record(value, ['scale', ...RANGE]);
    if (hardness && hardness.min === null && hardness.max === null) throw new Error('hardness asks nothing');
    return hardness;
}

/** Repeated certificates count once, with the stronger need. */
function askedCertificates(value) {
    const asked = new Map();
    for (const { code, need } of list(value)) {
        const strength = scalar(need) ?? 'must';
        const before = asked.get(code);
        if (before === undefined || STRONGER[strength] > STRONGER[before]) asked.set(code, strength);
    }
    return [...asked].map(([code, need]) => ({ code, need }));
}

function askedPlace(value) {
    const place = value ?? {};
    return { regions: list(place.regions), max_km: scalar(place.max_km) };
}

function readStep(step) {
    return {
        process: step.process,
        materials: list(step.materials),
        part_mm: scalar(step.part_mm),
        mass_kg: scalar(step.mass_kg),
        thickness_mm: scalar(step.thickness_mm),
        layer_um: askedLayer(step.layer_um),
        force_t: scalar(step.force_t),
        tolerance: record(step.tolerance, ['it', 'mm', 'at_mm']),
        ra_um: scalar(step.ra_um),
        hardness: askedHardness(step.hardness),
        quantity: scalar(step.quantity),
        quantity_per: scalar(step.quantity_per) ?? 'order',
        certificates: askedCertificates(step.certificates),
        standards: list(step.standards),
        tags: list(step.tags),
        place: askedPlace(step.place),
        words: scalar(step.words),
        need: step.need ?? {},
        weights: step.weights ?? {},
    };
}

/** A need with its defaults. */
export function readNeed(need) {
    const deliverTo = record(need.deliver_to, PLACE);
    const steps = need.steps.map(readStep);
    const isReachable = deliverTo !== null && (deliverTo.region !== null || deliverTo.lat !== null);
    if (!isReachable && steps.some(step => step.place.max_km !== null)) throw new Error('max_km without deliver_to');
    return {
        ref: scalar(need.ref) ?? '',
        industry: list(need.industry),
        due: scalar(need.due),
        deliver_to: deliverTo,
        steps,
    };
}

function readCapability(cap) {
    return {
        ref: cap.ref,
        process: cap.process,
        materials: list(cap.materials),
        size_mm: scalar(cap.size_mm),
        mass_kg: record(cap.mass_kg, RANGE),
        thickness_mm: record(cap.thickness_mm, RANGE),
        layer_um: record(cap.layer_um, RANGE),
        force_t: record(cap.force_t, RANGE),
        tolerance: record(cap.tolerance, ['it', 'mm', 'at_mm']),
        ra_um: scalar(cap.ra_um),
        hardness: record(cap.hardness, ['scale', ...RANGE]),
        batch: record(cap.batch, RANGE),
        free_per_month: scalar(cap.free_per_month),
        free_kg_per_month: scalar(cap.free_kg_per_month),
        lead_days: scalar(cap.lead_days),
        standards: list(cap.standards),
        tags: list(cap.tags),
        industries: list(cap.industries),
        evidence: scalar(cap.evidence) ?? 'self',
        text: scalar(cap.text) ?? '',
    };
}

function readSite(line) {
    const { org, site } = line;
    return {
        org: { name: org.name, name_en: scalar(org.name_en) ?? '' },
        site: { ref: site.ref, name: site.name, ...(record(site, PLACE) ?? { region: null, lat: null, lon: null }) },
        certificates: Array.isArray(line.certificates) ? line.certificates : null,
        capabilities: list(line.capabilities).map(readCapability),
    };
}

/** Sites from the lines of a .jsonl file (strings or parsed objects); empty lines are skipped. */
export function readSites(lines) {
    return lines.filter(line => typeof line !== 'string' || line.trim() !== '')
        .map(line => readSite(typeof line === 'string' ? JSON.parse(line) : line));
}

export { STRONGER };
