// Checks the vocabulary files: `node vocab.mjs DIR`. Findings are lines "file:line: what"; lines that begin with "- " are the
// counts. The least counts are what the product promises; a file that is not there is itself a finding.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const dir = process.argv[2] ?? 'vocab';
const say = (file, line, what) => console.log(`vocab/${file}.csv${line ? `:${line}` : ''}: ${what}`);
const note = text => console.log(`- ${text}`);

/** Rows as objects keyed by the header, each with the line it begins on. */
function read(file) {
    const path = join(dir, `${file}.csv`);
    if (!existsSync(path)) {
        say(file, 0, 'is not there');
        return [];
    }
    const [header, ...rows] = cells(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    return rows.map(({ line, row }) => {
        if (row.length !== header.row.length) say(file, line, `${row.length} cells, the header has ${header.row.length}`);
        return Object.assign(Object.fromEntries(header.row.map((name, i) => [name, (row[i] ?? '').trim()])), { line });
    });
}

function cells(text) {
    const rows = [];
    const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
    let row = [], line = 1, begin = 1;
    for (let hit = pattern.exec(text); hit; hit = pattern.exec(text)) {
        row.push(hit[1] === undefined ? hit[2] : hit[1].replaceAll('""', '"'));
        line += hit[0].split('\n').length - 1;
        if (hit[3] !== ',') {
            if (row.some(cell => cell !== '')) rows.push({ line: begin, row });
            row = [];
            begin = line;
        }
        if (hit[3] === '') break;
    }
    return rows;
}

const items = cell => (cell ?? '').split('|').map(item => item.trim()).filter(Boolean);
const fold = text => text.normalize('NFKC').toLowerCase().replace(/\s/g, '');
const least = (file, what, count, wanted) => {
    note(`${what}: ${count} (at least ${wanted})`);
    if (count < wanted) say(file, 0, `${what}: ${count}, at least ${wanted} are wanted`);
};

/** Codes, names, synonyms and parents of one list. */
function checkList(file, rows) {
    const byCode = new Map(), owner = new Map();
    for (const row of rows) {
        if (byCode.has(row.code)) say(file, row.line, `the code ${row.code} stands twice`);
        byCode.set(row.code, row);
        if (!/^[A-Z0-9_]+(\.[A-Z0-9_]+)*$/.test(row.code)) say(file, row.line, `${row.code} is no code`);
        if (!row.ko || !row.en) say(file, row.line, `${row.code} lacks a ${row.ko ? 'English' : 'Korean'} name`);
        for (const word of items(row.synonyms)) {
            const key = fold(word);
            if (owner.has(key)) say(file, row.line, `the synonym ${word} stands twice, at ${owner.get(key)} and ${row.code}`);
            owner.set(key, row.code);
        }
    }
    for (const row of rows) checkParent(file, row, byCode);
    return byCode;
}

function checkParent(file, row, byCode) {
    const seen = new Set([row.code]);
    if (row.parent && !byCode.has(row.parent)) say(file, row.line, `${row.code}: no entry has the code ${row.parent}`);
    for (let at = byCode.get(row.parent); at; at = byCode.get(at.parent)) {
        if (seen.has(at.code)) {
            say(file, row.line, `${row.code} is below itself`);
            return;
        }
        seen.add(at.code);
    }
}

/** References to codes of another list. */
function checkRefs(file, rows, column, byCode) {
    for (const row of rows)
        for (const code of items(row[column]))
            if (!byCode.has(code)) say(file, row.line, `no entry has the code ${code}`);
}

function checkWords(file, rows, column, words) {
    for (const row of rows)
        if (!words.includes(row[column])) say(file, row.line, `${column} is ${row[column] || 'blank'}, not one of ${words.join(' ')}`);
}

const BASE = ['CASTING', 'MOLD', 'FORMING', 'WELDING', 'SURFACE', 'HEAT', 'INJECTION_PRESS', 'MACHINING', 'ADDITIVE',
    'FILM_PAPER', 'ROBOT', 'SENSOR', 'SOFTWARE', 'ENGINEERING'];

function checkProcesses() {
    const rows = read('processes');
    const byCode = checkList('processes', rows);
    least('processes', 'processes', rows.length, 250);
    for (const root of BASE)
        least('processes', `below ${root}`, rows.filter(row => row.code.startsWith(`${root}.`)).length, 10);
    for (const root of ['INSPECTION', 'ASSEMBLY'])
        least('processes', `below ${root}`, rows.filter(row => row.code.startsWith(`${root}.`)).length, 1);
    for (const row of rows.filter(row => !row.parent))
        if (![...BASE, 'INSPECTION', 'ASSEMBLY'].includes(row.code)) say('processes', row.line, `${row.code} is no root technology`);
    const synonyms = rows.reduce((sum, row) => sum + items(row.synonyms).length, 0);
    least('processes', 'mean of synonyms', Number((synonyms / Math.max(1, rows.length)).toFixed(2)), 3);
    const relations = read('process_relations');
    checkRefs('process_relations', relations, 'offered', byCode);
    checkRefs('process_relations', relations, 'asked', byCode);
    checkWords('process_relations', relations, 'kind', ['covers', 'ask']);
    const pairs = new Set();
    for (const row of relations) {
        if (row.offered === row.asked) say('process_relations', row.line, `${row.asked} is related to itself`);
        if (pairs.has(`${row.offered} ${row.asked}`)) say('process_relations', row.line, 'this pair stands twice');
        if (!row.source) say('process_relations', row.line, 'the source is missing');
        pairs.add(`${row.offered} ${row.asked}`);
    }
    return byCode;
}

/** Grades joined by `same`: a closed group has every pair of its members. */
function checkEquivalents(byCode, grades) {
    const rows = read('material_equivalents');
    const partners = new Map(grades.map(row => [row.code, new Set()]));
    const kinds = new Map();
    checkWords('material_equivalents', rows, 'kind', ['same', 'near', 'ask']);
    for (const row of rows) {
        const key = [row.a, row.b].sort().join(' ');
        if (kinds.has(key)) say('material_equivalents', row.line, `the pair ${key} stands twice (${kinds.get(key)}, ${row.kind})`);
        kinds.set(key, row.kind);
        if (row.a === row.b) say('material_equivalents', row.line, `${row.a} is its own partner`);
        if (!row.source) say('material_equivalents', row.line, 'the source is missing');
        for (const code of [row.a, row.b])
            if (byCode.get(code)?.level !== 'grade') say('material_equivalents', row.line, `${code} is no grade`);
        if (row.kind === 'same' && partners.has(row.a) && partners.has(row.b)) {
            partners.get(row.a).add(row.b);
            partners.get(row.b).add(row.a);
        }
    }
    const open = new Set();
    for (const [b, around] of partners)
        for (const a of around)
            for (const c of around)
                if (a < c && !partners.get(a).has(c)) open.add(`${a} and ${c} are both the same as ${b}, but not a pair`);
    for (const what of [...open].sort()) say('material_equivalents', 0, what);
    return groupCount(partners);
}

function groupCount(partners) {
    const seen = new Set();
    let groups = 0;
    for (const start of partners.keys()) {
        if (seen.has(start)) continue;
        groups++;
        for (const todo = [start]; todo.length;) {
            const code = todo.pop();
            if (seen.has(code)) continue;
            seen.add(code);
            todo.push(...partners.get(code));
        }
    }
    return groups;
}

function checkMaterials() {
    const rows = read('materials');
    const byCode = checkList('materials', rows);
    const levels = ['family', 'group', 'grade'];
    checkWords('materials', rows, 'level', levels);
    for (const row of rows) {
        const above = byCode.get(row.parent)?.level;
        if (row.parent && levels.indexOf(above) >= levels.indexOf(row.level) && row.level !== 'group')
            say('materials', row.line, `${row.code}: a ${row.level} below a ${above}`);
        if (row.density_kg_m3 && !(Number(row.density_kg_m3) > 0 && Number(row.density_kg_m3) < 23000))
            say('materials', row.line, `${row.code}: ${row.density_kg_m3} is no density`);
    }
    const grades = rows.filter(row => row.level === 'grade');
    least('materials', 'grades', grades.length, 400);
    least('materials', 'groups of grades that are the same', checkEquivalents(byCode, grades), 180);
    const dense = grades.filter(row => row.density_kg_m3).length;
    least('materials', 'grades with a density, %', Number((100 * dense / Math.max(1, grades.length)).toFixed(1)), 95);
}

function checkCertificates() {
    const rows = read('certificates');
    const byCode = checkList('certificates', rows);
    least('certificates', 'certificates', rows.length, 60);
    checkRefs('certificates', rows, 'implies', byCode);
    checkWords('certificates', rows, 'kind', ['system', 'process', 'product', 'security']);
    const reach = (code, seen) => items(byCode.get(code)?.implies).forEach(next => seen.has(next) || reach(next, seen.add(next)));
    for (const row of rows) {
        const seen = new Set();
        reach(row.code, seen);
        if (seen.has(row.code)) say('certificates', row.line, `${row.code} implies itself`);
    }
}

// Cities and provinces with their number of districts (시군구) from 1 July 2026 on: Incheon has 11, Jeonnam and Gwangju are one.
const DISTRICTS = { 서울: 25, 부산: 16, 대구: 9, 인천: 11, 대전: 5, 울산: 5, 세종: 0, 경기: 31, 강원: 18, 충북: 11, 충남: 15, 전북: 14,
    전남: 27, 경북: 22, 경남: 18, 제주: 2 };

function checkRegions() {
    const rows = read('regions');
    checkList('regions', rows);
    const provinces = rows.filter(row => /^KR\.\d+$/.test(row.code));
    const named = word => provinces.find(row => [row.ko, ...items(row.synonyms)].some(name => name.startsWith(word)));
    for (const [word, wanted] of Object.entries(DISTRICTS)) {
        const row = named(word);
        if (!row) {
            say('regions', 0, `${word} is missing`);
            continue;
        }
        const found = rows.filter(other => other.parent === row.code).length;
        if (found !== wanted) say('regions', row.line, `${row.ko}: ${found} districts, not ${wanted}`);
    }
    const wanted = Object.values(DISTRICTS).reduce((a, b) => a + b);
    if (provinces.length !== Object.keys(DISTRICTS).length)
        say('regions', 0, `${provinces.length} cities and provinces, not ${Object.keys(DISTRICTS).length}`);
    note(`cities and provinces: ${provinces.length} (${Object.keys(DISTRICTS).length})`);
    note(`districts: ${rows.filter(row => /^KR\.\d+\.\d+$/.test(row.code)).length} (${wanted})`);
    for (const row of rows) {
        const far = row.code.startsWith('KR') && !(row.lat > 33 && row.lat < 39 && row.lon > 124 && row.lon < 132);
        if (row.lat === '' || row.lon === '' || far || Math.abs(row.lat) > 90 || Math.abs(row.lon) > 180)
            say('regions', row.line, `${row.code}: ${row.lat}, ${row.lon} is no place there`);
    }
}

function checkOrder(processes) {
    const rows = read('order_rules');
    least('order_rules', 'order rules', rows.length, 25);
    checkRefs('order_rules', rows, 'first', processes);
    checkRefs('order_rules', rows, 'then', processes);
    checkWords('order_rules', rows, 'kind', ['not_after', 'needs_after']);
    for (const row of rows)
        if (!row.ko || !row.en) say('order_rules', row.line, `${row.first}, ${row.then}: a text is missing`);
}

function checkIndustries() {
    const rows = read('industries');
    checkList('industries', rows);
    least('industries', 'industries', rows.length, 9);
}

checkOrder(checkProcesses());
checkMaterials();
checkCertificates();
checkIndustries();
checkRegions();
