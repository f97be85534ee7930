// An independent reading of "Chains" of the matching contract: what `ppuri chain --json` must say.
// Every chain is made and looked at (brute force), with the candidates of the reference matcher; used by tests only.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { match, readNeed, readSites } from './match.mjs';
import { orderWarnings } from './chain_rules.mjs';
import { deliveryPoint } from './lists.mjs';
import { daysBetween, greatCircleKm, round4 } from './text.mjs';
import { loadVocab, parseCsv } from './vocab.mjs';

export const OBJECTIVES = ['blend', 'cost', 'time', 'carbon', 'score', 'firms'];

const EVERYTHING = 1e9;
const known = value => typeof value === 'number';
const halfUp = value => Math.floor(value + 0.5);
const rounded = (value, places) => (value === null ? null : Number(value.toFixed(places)));

/** The vocabulary of the matcher, with factors and order rules. */
export function loadChainVocab(dir) {
    const table = name => parseCsv(readFileSync(join(dir, `${name}.csv`), 'utf8'));
    return { ...loadVocab(dir), orderRules: table('order_rules'),
        factors: new Map(table('factors').map(row => [row.code, Number(row.value)])) };
}

const quantityOf = step => step.quantity ?? 1;
const loadOf = step => quantityOf(step) * (step.mass_kg ?? 0);

function pricedBy(price, step) {
    const { setup_won: setup, per_piece_won: perPiece, per_kg_won: perKg } = price ?? {};
    if (![setup, perPiece, perKg].some(known)) return null;
    if (known(perKg) && step.mass_kg === null) return null;
    const piece = (perPiece ?? 0) + (known(perKg) ? perKg * step.mass_kg : 0);
    return halfUp((setup ?? 0) + quantityOf(step) * piece);
}

/** The lower middle of the known ones; null when there is none. */
function lowerMiddle(values) {
    const sorted = values.filter(known).sort((a, b) => a - b);
    return sorted.length === 0 ? null : sorted[Math.floor((sorted.length - 1) / 2)];
}

function defaultPrice(factors, step) {
    const root = step.process.split('.')[0];
    const perKg = factors.get(`DEFAULT.PRICE.${root}`);
    if (perKg === undefined || step.mass_kg === null) return factors.get(`DEFAULT.PRICE_ORDER.${root}`);
    return halfUp(perKg * quantityOf(step) * step.mass_kg);
}

const defaultOf = (factors, what, step) => factors.get(`DEFAULT.${what}.${step.process.split('.')[0]}`);

/** Of each site the first result, with what the supply states of it; blanks filled by the other candidates. */
function candidatesOf(vocab, step, results, stated) {
    const sites = new Set();
    const firsts = results.filter(({ site }) => !sites.has(site) && sites.add(site));
    const list = firsts.map(result => {
        const { line, cap } = stated.get(result.capability);
        const orgKey = line.org.reg_no ? `no ${line.org.reg_no}` : `name ${line.org.name}`;
        return { ref: result.capability, site: result.site, org: result.org, orgKey, class: result.class,
            score: result.score, place: line.site, price: pricedBy(cap.price, step), lead: cap.lead_days ?? null,
            energy: cap.energy_kwh_per_kg ?? null };
    });
    const fill = { price: lowerMiddle(list.map(c => c.price)) ?? defaultPrice(vocab.factors, step),
        lead: lowerMiddle(list.map(c => c.lead)) ?? defaultOf(vocab.factors, 'LEAD', step),
        energy: lowerMiddle(list.map(c => c.energy)) ?? defaultOf(vocab.factors, 'ENERGY', step) };
    for (const candidate of list) {
        candidate.estimated = ['price', 'lead', 'energy'].filter(name => candidate[name] === null);
        for (const name of candidate.estimated) candidate[name] = fill[name];
    }
    return list;
}

function pointOf(vocab, place) {
    if (known(place.lat) && known(place.lon)) return { point: place, isGuess: false };
    return { point: deliveryPoint(vocab, { region: place.region, lat: null, lon: null }), isGuess: true };
}

/** A leg of LOAD kg; mass null = the mass of the step is not known. */
function legBetween(vocab, from, to, massKg, load) {
    const f = name => vocab.factors.get(name);
    const [a, b] = [pointOf(vocab, from), pointOf(vocab, to)];
    const isKnown = a.point !== null && b.point !== null;
    const km = isKnown ? greatCircleKm(a.point, b.point) * f('ROAD_FACTOR') : f('LEG_UNKNOWN_KM');
    const isParcel = massKg !== null && load <= f('PARCEL_MAX_KG');
    const lorry = f('TRUCK_BASE') + km * (f('TRUCK_KM') + f('TRUCK_T_KM') * Math.max(0, load / 1000 - 1));
    let days = 2;
    if (km <= f('LEG_ONE_DAY_KM')) days = km <= f('LEG_SAME_DAY_KM') ? 0 : 1;
    const freight = load / 1000 > 1 ? f('FREIGHT_OVER_1T') : f('FREIGHT_UNDER_1T');
    return { km, won: isParcel ? f('PARCEL') : halfUp(lorry), days, co2: load / 1000 * km * freight,
        isGuess: a.isGuess || b.isGuess };
}

/** The leg that leads to step I of a chain; null when there is none (the first without an origin, the same site). */
function legTo(vocab, need, picks, i) {
    if (i === 0) {
        const [step] = need.steps;
        return need.origin ? legBetween(vocab, need.origin, picks[0].place, step.mass_kg, loadOf(step)) : null;
    }
    if (picks[i].site === picks[i - 1].site) return null;
    const left = need.steps[i - 1];
    const leg = legBetween(vocab, picks[i - 1].place, picks[i].place, left.mass_kg, loadOf(left));
    return { ...leg, won: leg.won + vocab.factors.get('HANDOVER') };
}

const sum = (values, of) => values.reduce((total, value) => total + of(value), 0);

function stepLine(pick, leg, i) {
    const noLeg = i === 0 ? null : 0;
    return { step: i + 1, capability: pick.ref, site: pick.site, org: pick.org, class: pick.class, score: pick.score,
        price_won: pick.price, lead_days: pick.lead, km_from_previous: leg ? rounded(leg.km, 4) : noLeg,
        leg_won: leg?.won ?? 0, leg_days: leg?.days ?? 0,
        estimated: [...pick.estimated, ...(leg?.isGuess ? ['km'] : [])] };
}

function makeChain(vocab, need, picks) {
    const { steps } = need;
    const legs = picks.map((_, i) => legTo(vocab, need, picks, i));
    const last = steps.length - 1;
    const delivery = need.deliver_to
        ? legBetween(vocab, picks[last].place, need.deliver_to, steps[last].mass_kg, loadOf(steps[last])) : null;
    const roads = [...legs, delivery].filter(Boolean);
    const grid = vocab.factors.get('GRID');
    const process = picks.map((pick, i) => loadOf(steps[i]) * pick.energy * grid);
    return { picks,
        lines: picks.map((pick, i) => stepLine(pick, legs[i], i)), delivery,
        cost: sum(picks, pick => pick.price) + sum(roads, leg => leg.won),
        days: sum(picks, pick => pick.lead) + sum(roads, leg => leg.days),
        km: sum(roads, leg => leg.km),
        co2: steps.some(step => step.mass_kg === null) ? null : sum(process, kg => kg) + sum(roads, leg => leg.co2),
        score: round4(sum(picks, pick => 100 - pick.score)),
        changes: picks.filter((pick, i) => i > 0 && pick.orgKey !== picks[i - 1].orgKey).length,
        isAllMeet: picks.every(pick => pick.class === 'meets'),
        isEstimated: picks.some(pick => pick.estimated.length > 0) || roads.some(leg => leg.isGuess) };
}

function allPicks(candidates) {
    return candidates.reduce((heads, list) => heads.flatMap(head => list.map(pick => [...head, pick])), [[]]);
}

/** The value of a chain by each objective, to 6 decimals. */
function valuesOf(chains, stepCount) {
    const least = of => Math.max(1, Math.min(...chains.map(of)));
    const [cost, days, carbon] = [least(c => c.cost), least(c => c.days), least(c => c.co2 ?? 0)];
    const blend = c => 0.45 * c.cost / cost + 0.25 * c.days / days + 0.10 * (c.co2 ?? 0) / carbon
        + 0.20 * (c.score / stepCount) / 100;
    const of = { blend, cost: c => c.cost, time: c => c.days, carbon: c => c.co2 ?? 0, score: c => c.score,
        firms: c => c.changes };
    for (const chain of chains) {
        chain.values = Object.fromEntries(OBJECTIVES.map(name => [name, rounded(of[name](chain), 6)]));
    }
}

function compareRefs(a, b) {
    for (const [i, pick] of a.picks.entries()) {
        const order = Buffer.compare(Buffer.from(pick.ref), Buffer.from(b.picks[i].ref));
        if (order !== 0) return order;
    }
    return 0;
}

function inOrder(chains, objective) {
    return [...chains].sort((a, b) => b.isAllMeet - a.isAllMeet || a.values[objective] - b.values[objective]
        || a.cost - b.cost || compareRefs(a, b));
}

function publish(chain, objective) {
    if (!chain) return null;
    return { cost_won: chain.cost, days: chain.days, kg_co2: rounded(chain.co2, 4), km: rounded(chain.km, 4),
        firms: chain.changes, score: chain.score, value: chain.values[objective], estimated: chain.isEstimated,
        steps: chain.lines, km_to_delivery: rounded(chain.delivery?.km ?? null, 4),
        delivery_won: chain.delivery?.won ?? 0, delivery_days: chain.delivery?.days ?? 0 };
}

function isInTime(need, today) {
    const binds = need.due !== null && need.steps.some(step => (step.need.due ?? 'must') === 'must');
    return binds ? chain => chain.days <= daysBetween(today, need.due) : () => true;
}

function whyNone(candidates) {
    const missing = candidates.flatMap((list, i) => (list.length === 0 ? [i + 1] : []));
    return missing.length > 0 ? missing : ['due'];
}

function originOf(raw) {
    const { region = null, lat = null, lon = null } = raw.origin ?? {};
    return region || known(lat) ? { region: region || null, lat, lon } : null;
}

/** What `ppuri chain --json` must print for a raw need and raw site lines. */
export function chain(vocab, rawNeed, rawSites, { today, objective = 'blend', k = 10 }) {
    const need = { ...readNeed(rawNeed), origin: originOf(rawNeed) };
    const stated = new Map(rawSites.flatMap(line => line.capabilities.map(cap => [cap.ref, { line, cap }])));
    const matched = match(vocab, need, readSites(rawSites), { today, top: EVERYTHING });
    const candidates = need.steps.map((step, i) => candidatesOf(vocab, step, matched.steps[i].results, stated));
    const all = allPicks(candidates).map(picks => makeChain(vocab, need, picks)).filter(isInTime(need, today));
    valuesOf(all, need.steps.length);
    const sorted = inOrder(all, objective);
    const without = lost => sorted.find(each => each.picks.every(pick => pick.orgKey !== lost));
    const isOneFirm = each => each.picks.every(pick => pick.orgKey === each.picks[0].orgKey);
    const lossOf = (pick, i) => ({ step: i + 1, org: pick.org, chain: publish(without(pick.orgKey), objective) });
    return { need: need.ref, today, objective, count: all.length,
        chains: sorted.slice(0, k).map((each, i) => ({ rank: i + 1, ...publish(each, objective) })),
        best: Object.fromEntries(OBJECTIVES.map(name => [name, publish(inOrder(all, name)[0], name)])),
        single_firm: publish(sorted.find(isOneFirm), objective),
        if_lost: (sorted[0]?.picks ?? []).map(lossOf),
        warnings: orderWarnings(vocab, need), why: all.length > 0 ? [] : whyNone(candidates) };
}
