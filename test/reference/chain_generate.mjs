// Random needs of two to four steps and sites that can make them, blanks everywhere; for comparing chain programs.
import { makeNeed, makeSites } from './generate.mjs';
import * as stock from './pools.mjs';
import { Random } from './random.mjs';
import { OBJECTIVES } from './chain.mjs';

const MASSES = [0.4, 2, 12.5, 20, 38, 100, 1000, 1250.5];
const QUANTITIES = [1, 2, 10, 50, 100];

/** VALUE, null or nothing. */
function put(object, key, random, chance, value) {
    delete object[key];
    if (random.chance(chance)) object[key] = value;
    else if (random.chance(0.5)) object[key] = null;
}

/** Processes of the steps; at times two that an order rule speaks of, in either order. */
function stepProcesses(vocab, pools, random) {
    const steps = random.some(pools.processes, random.int(2, 4));
    if (random.chance(0.5)) {
        const conditional = vocab.orderRules.filter(rule => rule.when !== '');
        const { first, then } = random.pick(random.chance(0.5) ? conditional : vocab.orderRules);
        const place = random.int(0, steps.length - 2);
        [steps[place], steps[place + 1]] = random.chance(0.7) ? [then, first] : [first, then];
    }
    return steps;
}

function priceOf(random) {
    const price = {};
    put(price, 'setup_won', random, 0.6, random.pick([0, 50000, 300000, 300000.5]));
    put(price, 'per_piece_won', random, 0.6, random.pick([0, 150, 12000, 12000.25]));
    put(price, 'per_kg_won', random, 0.4, random.pick([900, 2500, 18000]));
    return price;
}

function shapeCapability(random, cap, processes, chance) {
    cap.process = random.pick(processes);
    put(cap, 'price', random, chance, priceOf(random));
    put(cap, 'lead_days', random, chance, random.pick([0, 1, 3, 7, 10, 14, 30]));
    put(cap, 'energy_kwh_per_kg', random, chance, random.pick([0, 0.3, 1.9, 55]));
    for (const limit of ['size_mm', 'mass_kg', 'batch', 'free_per_month', 'free_kg_per_month', 'materials']) {
        if (random.chance(0.6)) delete cap[limit];
    }
}

function shapeSites(random, sites, processes) {
    const chance = random.pick([0.1, 0.5, 0.9]);
    for (const line of sites) {
        line.org.name = `뿌리정밀 ${random.int(1, Math.max(2, sites.length / 2))}`;
        put(line.org, 'reg_no', random, 0.3, `314-81-${String(random.int(1, 3)).padStart(5, '0')}`);
        for (const cap of line.capabilities) shapeCapability(random, cap, processes, chance);
    }
}

/** What the conditions of order rules ask for, on both sides of their limits; on any step. */
function stateConditions(random, step) {
    const facts = { materials: random.pick([['STEEL'], ['ALUMINUM'], ['STEEL', 'TITANIUM'], []]),
        thickness_mm: random.pick([5, 38, 38.5, 60]), layer_um: random.pick([100, 101, { min: 90, max: 150 }]),
        hardness: random.pick([{ scale: 'HRC', min: 39 }, { scale: 'HRC', min: 30, max: 46 },
            { scale: 'HV', min: 390 }, { scale: 'HB', max: 300 }]),
        tolerance: random.pick([{ it: 8 }, { it: 9 }, { mm: 0.02 }, { mm: 0.0435, at_mm: 80 }, { mm: 0.02, at_mm: 9 }]),
        part_mm: random.pick([[60, 80], [3, 4, 3], [9, 3000]]) };
    for (const [key, value] of Object.entries(facts)) {
        if (random.chance(0.3)) step[key] = value;
    }
}

function shapeNeed(pools, random, need, processes) {
    const chance = random.pick([0.2, 0.8, 1]);
    need.steps = need.steps.slice(0, processes.length);
    while (need.steps.length < processes.length) need.steps.push({});
    for (const [i, step] of need.steps.entries()) {
        step.process = processes[i];
        put(step, 'mass_kg', random, chance, random.pick(MASSES));
        put(step, 'quantity', random, chance, random.pick(QUANTITIES));
    }
    if (random.chance(0.4)) need.steps.forEach(step => stateConditions(random, step));
    const region = random.pick(pools.regions);
    const point = random.pick(pools.points);
    put(need, 'origin', random, 0.5, random.pick([{ region }, point, { region, ...point }]));
}

/** One round: {today, sites, needs: [{need, objective, k}]}. */
export function makeChainRound(vocab, { seed, sites, needs }) {
    const random = new Random(seed);
    const today = random.pick(['2026-11-22', '2026-12-31', '2028-02-28']);
    const pools = stock.makePools(vocab, random, today);
    const supply = makeSites(pools, random, sites);
    const wanted = Array.from({ length: needs }, () => stepProcesses(vocab, pools, random));
    shapeSites(random, supply, wanted.flat());
    return { today, sites: supply, needs: wanted.map((processes, i) => {
        const need = makeNeed(pools, vocab, random, `N-${seed}-${i + 1}`);
        shapeNeed(pools, random, need, processes);
        return { need, objective: random.pick(OBJECTIVES), k: random.pick([1, 3, 10, 100]) };
    }) };
}
