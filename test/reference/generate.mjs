// Random sites and needs for comparing two matchers: blanks everywhere, values on their limits, every rule in reach.
// Everything it makes is valid input; the same seed makes the same input.
import { Random } from './random.mjs';
import * as stock from './pools.mjs';

const BLANK = Symbol('absent');

/** VALUE, or one of its blank forms with the given chance. */
function maybe(random, chance, value, blanks = [null]) {
    return random.chance(chance) ? value : random.pick([BLANK, ...blanks]);
}

/** OBJECT without its absent fields, at every level. */
function withoutAbsent(object) {
    if (Array.isArray(object)) return object.map(withoutAbsent);
    if (object === null || typeof object !== 'object') return object;
    return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== BLANK)
        .map(([key, value]) => [key, withoutAbsent(value)]));
}

const EMPTY_LIST = [null, []];
const EMPTY_TEXT = [null, '', '  '];

const sorted = values => [...values].sort((a, b) => a - b);

/** A {min,max} with either end blank at times; min 0 is allowed. */
function offeredRange(random, values, lowest = 0) {
    const [min, max] = sorted(random.some(values, 2));
    const least = lowest === 0 && random.chance(0.1) ? 0 : min;
    return { min: maybe(random, 0.5, least), max: maybe(random, 0.8, max) };
}

const box = random => random.some(stock.LENGTHS, random.chance(0.5) ? 2 : 3);

function room(random) {
    return box(random).map(length => (random.chance(0.6) ? length * random.pick([1, 2, 10]) : length));
}

function tolerance(random, sizeChance) {
    const width = random.chance(0.6) ? { it: random.int(1, 18) } : { mm: random.pick(stock.WIDTHS_MM) };
    return { ...width, at_mm: maybe(random, sizeChance, random.pick(stock.TOLERANCE_SIZES)) };
}

function hardness(random, isAsked) {
    const scale = random.chance(0.5) ? 'HRC' : random.pick(Object.keys(stock.HARDNESS));
    const [min, max] = sorted(random.some(stock.HARDNESS[scale], 2));
    const blank = random.pick(isAsked ? ['none', 'none', 'min', 'max'] : ['none', 'none', 'min', 'max', 'both']);
    return { scale, min: blank === 'min' || blank === 'both' ? random.pick([BLANK, null]) : min,
        max: blank === 'max' || blank === 'both' ? random.pick([BLANK, null]) : max };
}

function priceOf(random) {
    return { setup_won: maybe(random, 0.5, 300000), per_piece_won: maybe(random, 0.5, 12000),
        per_kg_won: maybe(random, 0.3, 900) };
}

function sizeLimits(random, chance) {
    return {
        size_mm: maybe(random, chance, room(random), EMPTY_LIST),
        mass_kg: maybe(random, chance, offeredRange(random, stock.MASSES)),
        thickness_mm: maybe(random, chance, offeredRange(random, stock.LENGTHS)),
        layer_um: maybe(random, chance, offeredRange(random, stock.LAYERS)),
        force_t: maybe(random, chance, { max: maybe(random, 0.8, random.pick(stock.FORCES)) }),
    };
}

function precisionLimits(random, chance) {
    return {
        tolerance: maybe(random, chance, tolerance(random, 0.1)),
        ra_um: maybe(random, chance, random.pick(stock.ROUGHNESS)),
        hardness: maybe(random, chance, hardness(random, false)),
    };
}

function capacity(random, chance) {
    return {
        batch: maybe(random, chance, offeredRange(random, stock.QUANTITIES, 1)),
        free_per_month: maybe(random, chance * 0.7, random.pick(stock.FREE)),
        free_kg_per_month: maybe(random, chance * 0.7, random.pick(stock.FREE)),
        lead_days: maybe(random, chance, random.pick(stock.LEADS)),
        price: maybe(random, 0.3, priceOf(random)),
        energy_kwh_per_kg: maybe(random, 0.3, 1.9),
    };
}

function capability(pools, random, ref, chance) {
    return {
        ref,
        process: random.pick(pools.offered),
        materials: maybe(random, chance, random.some(pools.materials, random.int(1, 4)), EMPTY_LIST),
        ...sizeLimits(random, chance),
        ...precisionLimits(random, chance),
        ...capacity(random, chance),
        standards: maybe(random, chance, random.some(stock.STANDARDS, random.int(1, 5)), EMPTY_LIST),
        tags: maybe(random, chance, random.some(stock.TAGS, random.int(1, 4)), EMPTY_LIST),
        industries: maybe(random, chance, random.some(pools.industries, random.int(1, 2)), EMPTY_LIST),
        evidence: maybe(random, chance, random.pick(['self', 'document', 'visited', 'deal']), EMPTY_TEXT),
        text: maybe(random, chance, random.pick(stock.TEXTS), EMPTY_TEXT),
    };
}

function heldCertificates(pools, random) {
    const held = () => ({ code: random.pick(pools.certificates), until: maybe(random, 0.7, random.pick(pools.dates)) });
    return maybe(random, 0.8, Array.from({ length: random.int(0, 4) }, held));
}

function siteOf(pools, random, ref) {
    const nowhere = () => ({ lat: random.pick([BLANK, null]), lon: random.pick([BLANK, null]) });
    const point = random.chance(0.7) ? random.pick(pools.points) : nowhere();
    return { ref, name: random.pick(['본사', '제2공장', 'ＰＰＵＲＩ 공장', '대전 진공로']),
        address: maybe(random, 0.3, '대전 유성구', EMPTY_TEXT),
        region: maybe(random, 0.7, random.pick(pools.regions), EMPTY_TEXT), ...point };
}

/** Site lines of one round as objects, ready for one JSON object a line. */
export function makeSites(pools, random, count) {
    const chance = random.pick([0.4, 0.7, 0.9]);
    let next = 1;
    return Array.from({ length: count }, (_, i) => withoutAbsent({
        org: { name: `${random.pick(['뿌리', '한밭', 'Root'])}정밀 ${random.int(1, count)}`,
            name_en: maybe(random, 0.4, random.pick(['Ppuri Precision', 'VACUUM Tech', 'Straße']), EMPTY_TEXT),
            kind: maybe(random, 0.7, 'root_firm') },
        site: siteOf(pools, random, `S-${i + 1}`),
        certificates: heldCertificates(pools, random),
        capabilities: Array.from({ length: random.int(1, 5) }, () => capability(pools, random, `C-${next++}`, chance)),
    }));
}

const CHANGEABLE = ['material', 'envelope', 'mass', 'thickness', 'layer', 'force', 'tolerance', 'roughness', 'hardness',
    'quantity', 'due', 'standard', 'tag', 'industry', 'words', 'place'];

const STRENGTHS = ['must', 'prefer', 'off'];

function overrides(random) {
    const changed = random.some(CHANGEABLE, random.int(1, 5));
    return Object.fromEntries(changed.map(kind => [kind, random.pick(STRENGTHS)]));
}

const ROWS = ['process', 'material', 'size', 'precision', 'quantity', 'due', 'certificates', 'place', 'context',
    'track', 'evidence'];

/** Changed weights; one row that every step has keeps a weight. */
function weights(random) {
    const rows = random.some(ROWS, random.int(1, 6));
    const changed = Object.fromEntries(rows.map(row => [row, random.pick([0, 0, 0.5, 1, 20, 33.3, 100])]));
    if (['process', 'track', 'evidence'].every(row => changed[row] === 0)) changed.evidence = 6;
    return changed;
}

function askedCertificate(pools, random) {
    return { code: random.pick(pools.certificates), need: maybe(random, 0.5, random.pick(STRENGTHS)) };
}

function askedLayer(random) {
    const [min, max] = sorted(random.some(stock.LAYERS, 2));
    return random.chance(0.5) ? max : { min, max };
}

function askedPlace(pools, random, isReachable) {
    return {
        regions: maybe(random, 0.6, random.some(pools.regions, random.int(1, 2)), EMPTY_LIST),
        max_km: isReachable ? maybe(random, 0.5, random.pick(stock.DISTANCES)) : random.pick([BLANK, null]),
    };
}

function askedSizes(random, chance) {
    return {
        part_mm: maybe(random, chance, box(random), EMPTY_LIST),
        mass_kg: maybe(random, chance, random.pick(stock.MASSES)),
        thickness_mm: maybe(random, chance, random.pick(stock.LENGTHS)),
        layer_um: maybe(random, chance, askedLayer(random)),
        force_t: maybe(random, chance, random.pick(stock.FORCES)),
        tolerance: maybe(random, chance, tolerance(random, 0.7)),
        ra_um: maybe(random, chance, random.pick(stock.ROUGHNESS)),
        hardness: maybe(random, chance, hardness(random, true)),
        quantity: maybe(random, chance, random.pick(stock.QUANTITIES)),
        quantity_per: maybe(random, 0.5, random.pick(['order', 'month']), EMPTY_TEXT),
    };
}

function makeStep(pools, random, chance, isReachable) {
    const certificates = Array.from({ length: random.int(1, 3) }, () => askedCertificate(pools, random));
    return {
        process: random.pick(pools.processes),
        materials: maybe(random, chance, random.some(pools.materials, random.int(1, 2)), EMPTY_LIST),
        ...askedSizes(random, chance),
        certificates: maybe(random, chance, certificates, EMPTY_LIST),
        standards: maybe(random, chance, random.some(stock.STANDARDS, random.int(1, 3)), EMPTY_LIST),
        tags: maybe(random, chance, random.some(stock.TAGS, random.int(1, 2)), EMPTY_LIST),
        place: maybe(random, chance, askedPlace(pools, random, isReachable)),
        words: maybe(random, chance, random.some(stock.WORDS, random.int(1, 2)).join(' '), EMPTY_TEXT),
        need: maybe(random, 0.4, overrides(random), [{}]),
        weights: maybe(random, 0.3, weights(random), [{}]),
    };
}

/** deliver_to by coordinates, by region, by both, or none; with whether it leads to a point. */
function delivery(pools, vocab, random) {
    const region = random.pick(pools.regions);
    const point = random.pick(pools.points);
    const form = random.pick(['none', 'region', 'point', 'both']);
    if (form === 'none') return { value: random.pick([BLANK, null]), isReachable: false };
    if (form === 'region') return { value: { region }, isReachable: vocab.regions.get(region).lat !== null };
    return { value: form === 'point' ? point : { region, ...point }, isReachable: true };
}

/** One need; dense ones ask for much, sparse ones for little. */
export function makeNeed(pools, vocab, random, ref) {
    const chance = random.pick([0.03, 0.1, 0.2, 0.4]);
    const { value, isReachable } = delivery(pools, vocab, random);
    const stepCount = random.chance(0.05) ? 8 : random.int(1, 3);
    return withoutAbsent({
        ref,
        title: maybe(random, 0.5, '시험 수요', EMPTY_TEXT),
        created: maybe(random, 0.5, pools.today),
        industry: maybe(random, chance, random.some(pools.industries, random.int(1, 2)), EMPTY_LIST),
        due: maybe(random, 0.5, random.pick(pools.dates), EMPTY_TEXT),
        deliver_to: value,
        origin: random.pick([BLANK, null]),
        steps: Array.from({ length: stepCount }, () => makeStep(pools, random, chance, isReachable)),
    });
}

/** One round: {today, sites, needs} for a seed. */
export function makeRound(vocab, { seed, sites, needs }) {
    const random = new Random(seed);
    const today = random.pick(['2026-11-22', '2026-12-31', '2028-02-28']);
    const pools = stock.makePools(vocab, random, today);
    return { today, sites: makeSites(pools, random, sites),
        needs: Array.from({ length: needs }, (_, i) => makeNeed(pools, vocab, random, `N-${seed}-${i + 1}`)) };
}
