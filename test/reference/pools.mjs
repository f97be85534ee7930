// The small pools of one round, so that what sites offer and what needs ask meet each other often:
// related processes, related materials, places near each other, and numbers that hit their limits exactly.
import { addDays } from './text.mjs';

const childrenOf = (tree, code) => [...tree.values()].filter(row => row.parent === code).map(row => row.code);

function withKin(tree, code) {
    const parent = tree.get(code)?.parent;
    const grandparent = parent ? tree.get(parent).parent : null;
    return [code, parent, grandparent].filter(Boolean);
}

/** Both ends of some covers and ask relations, nodes above and below them, and a remote step's roots. */
function processPool(vocab, random) {
    const pool = [];
    for (const kind of ['covers', 'covers', 'ask']) {
        const relations = vocab.relations.filter(rel => rel.kind === kind);
        if (relations.length === 0) continue;
        const { offered, asked } = random.pick(relations);
        for (const end of [offered, asked]) {
            pool.push(...withKin(vocab.processes, end), ...childrenOf(vocab.processes, end).slice(0, 2));
        }
    }
    const codes = [...vocab.processes.keys()];
    pool.push(...withKin(vocab.processes, random.pick(codes)));
    const remote = codes.filter(code => code.startsWith('SOFTWARE') || code.startsWith('ENGINEERING'));
    if (remote.length > 0 && random.chance(0.5)) pool.push(...withKin(vocab.processes, random.pick(remote)));
    return [...new Set(pool)];
}

/** Both grades of same, near and ask pairs, their groups, families and a sister grade. */
function materialPool(vocab, random) {
    const pool = [];
    for (const kind of ['same', 'near', 'ask']) {
        const pairs = [...vocab.equivalents].filter(([, kinds]) => kinds.includes(kind))
            .map(([pair]) => pair.split(' '));
        if (pairs.length > 0) pool.push(...random.pick(pairs));
    }
    const grades = [...vocab.materials.values()].filter(row => row.level === 'grade').map(row => row.code);
    pool.push(random.pick(grades), random.pick(grades.filter(code => code.startsWith('STEEL'))));
    for (const code of [...pool]) {
        const { parent } = vocab.materials.get(code);
        pool.push(...withKin(vocab.materials, code), random.pick(childrenOf(vocab.materials, parent)));
    }
    return [...new Set(pool)];
}

/** Regions: one 시도 with its 시군구, 세종, another 시도, and a place abroad when there is one. */
function regionPool(vocab, random) {
    const codes = [...vocab.regions.keys()];
    const provinces = codes.filter(code => /^KR\.\d+$/.test(code));
    const home = random.pick(provinces);
    const abroad = codes.filter(code => !code.startsWith('KR'));
    const pool = [home, ...random.some(childrenOf(vocab.regions, home).concat(home), 4), random.pick(provinces)];
    if (vocab.regions.has('KR.36')) pool.push('KR.36');
    if (abroad.length > 0) pool.push(random.pick(abroad));
    return pool;
}

/** Points near the pool's regions, to 4 decimals. */
function pointPool(vocab, random, regions) {
    const centres = regions.map(code => vocab.regions.get(code)).filter(row => row.lat !== null);
    return centres.map(row => ({ lat: Number((row.lat + (random.next() - 0.5) * 0.6).toFixed(4)),
        lon: Number((row.lon + (random.next() - 0.5) * 0.6).toFixed(4)) }));
}

/** A certificate with the certificates that imply it, and another. */
function certificatePool(vocab, random) {
    const implying = [...vocab.certificates.values()].filter(row => row.implies.length > 0);
    const pool = random.some([...vocab.certificates.keys()], 2);
    if (implying.length > 0) {
        const row = random.pick(implying);
        pool.push(row.code, random.pick(row.implies), random.pick(row.implies));
    }
    return [...new Set(pool)];
}

/** Everything that the sites and needs of one round are drawn from. */
export function makePools(vocab, random, today) {
    const regions = regionPool(vocab, random);
    const processes = processPool(vocab, random);
    const due = addDays(today, random.pick([7, 30, 60]));
    return {
        today,
        dates: [due, today, due, addDays(due, 1), addDays(due, -1), addDays(today, 1),
            addDays(today, -1), addDays(today, -40), addDays(today, 400)],
        processes,
        offered: random.chance(0.7) ? processes : random.some(processes, 3),
        materials: materialPool(vocab, random),
        regions,
        points: pointPool(vocab, random, regions),
        certificates: certificatePool(vocab, random),
        industries: random.some([...vocab.industries.keys()], 3),
    };
}

/** Numbers and texts from which both sides draw; Pythagorean lengths fit cylinders exactly. */
export const LENGTHS = [3, 5, 30, 40, 50, 60, 80, 95, 98, 100, 130, 300, 400, 500, 1200];
export const MASSES = [0.5, 2, 12.5, 38, 48, 50, 100, 900];
export const LAYERS = [2, 8, 20, 49, 50, 200, 800, 1500];
export const FORCES = [10, 100, 245, 250, 850, 2500];
export const ROUGHNESS = [0.1, 0.4, 0.8, 1.6, 3.2];
export const WIDTHS_MM = [0.005, 0.0125, 0.027, 0.03, 0.05, 0.2];
export const TOLERANCE_SIZES = [0.5, 3, 18, 120, 120.5, 500, 3150, 3151, 4000];
export const QUANTITIES = [1, 2, 10, 50, 60, 100, 1000, 5000];
export const FREE = [0, 10, 50, 60, 100, 500, 2000, 30000];
export const LEADS = [0, 1, 6, 7, 10, 30, 60, 61];
export const DISTANCES = [1, 5, 20, 60, 150, 400];
export const HARDNESS = { HV: [85, 130, 220, 300, 302, 500, 700, 940, 1000], HB: [81, 120, 210, 284, 471, 600, 620],
    HRC: [18, 20.3, 30, 36, 49.1, 58, 62, 68, 70], HRB: [41, 60, 75, 90, 99.5, 105], HRA: [60.7, 65.2, 75.3, 80, 85] };
export const STANDARDS = ['AMS 2801', 'ams2801', 'AMS-2801B', 'AMS 2801 b', 'AMS.2801', 'AMS2801BC', 'ＡＭＳ２８０１Ｃ',
    'ISO 9013', 'ISO_9013', 'KS B', 'KSB', 'MIL-DTL-5541F', 'MIL DTL 5541', 'KS D 8334', 'NADCAP'];
export const TAGS = ['PLC:LS', 'plc:ls', 'PLC: LS', 'ＰＬＣ:LS', 'PLC:LSA', '5축', '5 축', 'clean-room', 'CLEAN ROOM'];
export const TEXTS = ['진공 열처리 전문', 'Vacuum Hardening ＶＡＣ', '진공\u3000로 ﬁne', 'ㅈㅣㄴ',
    '질화 NITRIDING 20㎏', '진공 열처리'.normalize('NFD'), '열 처리', ''];
export const WORDS = ['진공', '진공'.normalize('NFD'), 'vacuum', 'ｖａｃｕｕｍ  hardening', 'FINE',
    '20kg', '진공 열처리', '뿌리\t진공', '대전', 'ppuri', '본사', '없는말'];
