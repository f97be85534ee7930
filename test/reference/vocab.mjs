// Reads the vocabulary CSV files and answers questions about their trees and tables.
// Part of an independent reading of the matching contract; used by tests only.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FILES = ['processes', 'process_relations', 'materials', 'material_equivalents', 'certificates',
    'industries', 'regions', 'it_grades', 'hardness'];

/** Rows of a CSV text (RFC 4180 quoting) as objects keyed by the header row. */
export function parseCsv(text) {
    const table = cells(text.replace(/^\uFEFF/, ''));
    const header = table.shift() ?? [];
    return table.filter(row => row.some(cell => cell !== ''))
        .map(row => Object.fromEntries(header.map((name, i) => [name.trim(), (row[i] ?? '').trim()])));
}

function cells(text) {
    const rows = [];
    let row = [];
    const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g;
    for (let hit = pattern.exec(text); hit && pattern.lastIndex <= text.length; hit = pattern.exec(text)) {
        row.push(hit[1] === undefined ? hit[2] : hit[1].replaceAll('""', '"'));
        if (hit[3] === ',') continue;
        rows.push(row);
        row = [];
        if (hit[3] === '') break;
    }
    return rows;
}

const items = cell => (cell ?? '').split('|').map(item => item.trim()).filter(Boolean);
const number = cell => (cell === undefined || cell === '' ? null : Number(cell));
const numbers = row => Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, number(cell)]));
const byCode = rows => new Map(rows.map(row => [row.code, row]));

/** Loads DIR/*.csv; throws when a file is missing. */
export function loadVocab(dir) {
    const raw = Object.fromEntries(FILES.map(name => [name, parseCsv(readFileSync(join(dir, `${name}.csv`), 'utf8'))]));
    return {
        processes: byCode(raw.processes),
        relations: raw.process_relations,
        materials: byCode(raw.materials),
        equivalents: equivalentMap(raw.material_equivalents),
        certificates: new Map(raw.certificates.map(row => [row.code, { ...row, implies: items(row.implies) }])),
        industries: byCode(raw.industries),
        regions: new Map(raw.regions.map(row => [row.code, { ...row, lat: number(row.lat), lon: number(row.lon) }])),
        itGrades: raw.it_grades.map(numbers),
        hardness: raw.hardness.map(numbers),
    };
}

function equivalentMap(rows) {
    const map = new Map();
    for (const { a, b, kind } of rows) {
        for (const key of [`${a} ${b}`, `${b} ${a}`]) map.set(key, [...(map.get(key) ?? []), kind]);
    }
    return map;
}

/** Kinds (same, near, ask) that pair materials A and B; symmetric, never chained. */
export function equivalentKinds(vocab, a, b) {
    return vocab.equivalents.get(`${a} ${b}`) ?? [];
}

/** Steps up the parent column from NODE to ABOVE: 0 = the same node, null = ABOVE is not at or over NODE. */
export function levelsUp(tree, node, above) {
    for (let at = node, levels = 0; at; at = tree.get(at)?.parent, levels++) {
        if (at === above) return levels;
    }
    return null;
}

export const isUnder = (tree, node, above) => levelsUp(tree, node, above) !== null;

/** The 시군구 of a region code, or null: a 시도 alone and a place abroad have none; 세종 is its own. */
export function sigunguOf(code) {
    if (!code) return null;
    const parts = code.split('.');
    if (parts[0] !== 'KR') return null;
    return parts.length === 3 || code === 'KR.36' ? code : null;
}

/** Width of IT grade N at a size in mm, in um; null outside the table. */
export function itWidth(vocab, it, atMm) {
    const row = vocab.itGrades.find(r => r.it === it && r.over_mm < atMm && atMm <= r.to_mm);
    return row?.um ?? null;
}

/** VALUE of scale FROM in scale TO, linear between neighbouring rows that have both columns; null = not convertible. */
export function convertHardness(vocab, value, from, to) {
    if (from === to) return value;
    const rows = vocab.hardness.filter(row => row[from] != null && row[to] != null).sort((p, q) => p[from] - q[from]);
    const exact = rows.find(row => row[from] === value);
    if (exact) return exact[to];
    const above = rows.findIndex(row => row[from] > value);
    if (above <= 0) return null;
    const [low, high] = [rows[above - 1], rows[above]];
    return low[to] + (high[to] - low[to]) * (value - low[from]) / (high[from] - low[from]);
}
