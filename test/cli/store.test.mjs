// What stays: nothing half stored after kill -9, everything the same after a move between stores, known firms found in the list
// of listed makers.
import test from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { demo_needs, demo_sites, folder, good, lines, new_postgres, new_sqlite, run, shared, sleep, start, stores, today, write } from '../product.mjs';

const dir = folder();
const count = (text) => text.split('\n').length - 1;

const many = (n) =>
  lines(Array.from({ length: n }, (_, i) => ({
    org: { name: `업체 ${i}` },
    site: { name: '본사', region: 'KR.30.200' },
    capabilities: [{ process: 'HEAT.VACUUM', materials: ['STEEL'], tags: ['a', 'b'], text: '진공로 '.repeat(20) }],
  })));

// Starts the import, kills it after `ms`; the signal that ended it, or null when it was through.
async function kill_import(db, file, ms) {
  const child = start(['import', 'sites', file, '--db', db]);
  const ended = new Promise((done) => child.on('close', (code, signal) => done({ code, signal })));
  await Promise.race([sleep(ms), ended]);
  child.kill('SIGKILL');
  return ended;
}

for (const [name, make, n, kills] of [['sqlite', new_sqlite, 20000, 20], ['postgres', new_postgres, 1500, 6]]) {
  test(`kill -9 in an import of ${n} lines leaves none or all of them (${name})`, async () => {
    const file = write(dir, `${name}.jsonl`, many(n));
    const began = Date.now();
    good(['import', 'sites', file, '--db', make()]);
    const whole_ms = Date.now() - began;
    let killed = 0;
    let full = 0;
    let db = make();
    for (let i = 1; i <= kills; i++) {
      const end = await kill_import(db, file, (whole_ms * i * 1.2) / kills);
      const stored = count(good(['export', 'sites', '--db', db]));
      assert.ok(stored === 0 || stored === n, `killed after ${Math.round((whole_ms * i * 1.2) / kills)} ms: ${stored} of ${n}`);
      killed += end.signal === 'SIGKILL';
      full += stored === n;
      if (end.code === 0) assert.equal(stored, n, 'what was reported as done is there');
      if (stored) db = make();
    }
    // The control: some runs were really cut, and a run after the last cut one works.
    assert.ok(killed >= kills / 3, `only ${killed} of ${kills} runs were killed in time`);
    assert.ok(full < kills);
    assert.match(good(['import', 'sites', file, '--db', make()]), new RegExp(`^sites: ${n} added`));
  });
}

// Sites, needs, and each need's answer.
function contents(db) {
  const sites = good(['export', 'sites', '--db', db]);
  const needs = good(['export', 'needs', '--db', db]);
  const answers = needs.trim().split('\n').map((need, i) => good(['match', write(dir, `need-${i}.json`, need), '--db', db, '--json', '--today', today, '--top', '1000']));
  return { sites, needs, answers };
}

function move(from, to) {
  for (const what of ['sites', 'needs']) {
    const file = write(dir, `${what}.jsonl`, good(['export', what, '--db', from]));
    const said = good(['import', what, file, '--db', to]);
    assert.match(said, / 0 changed, 0 same, 0 gone, 0 bad lines/);
    assert.match(good(['import', what, file, '--db', to]), / 0 added, 0 changed, \d+ same, 0 gone, 0 bad lines/);
  }
}

function assert_same_bytes(a, b) {
  for (const what of ['sites', 'needs']) {
    const [x, y] = [a, b].map((c, i) => write(dir, `same-${i}`, c[what]));
    assert.ok(fs.readFileSync(x).equals(fs.readFileSync(y)), what);
  }
  assert.equal(a.answers.length, b.answers.length);
  a.answers.forEach((answer, i) => assert.ok(answer === b.answers[i], `need ${i}`));
}

test('a store moves to a new one, to PostgreSQL and back, byte by byte, with the same answers', () => {
  const first = new_sqlite();
  // Lines without refs too, and changed once, so that the order is not just that of one file.
  const blank = lines([1, 2, 3].map((i) => ({ org: { name: `무번호 ${i}` }, site: { name: '본사' }, certificates: [], capabilities: [{ process: 'HEAT' }, { process: 'HEAT', ra_um: 0.1 * i }] })));
  const loose = write(dir, 'loose.jsonl', '{"steps":[{"process":"HEAT","mass_kg":0.30000000000000004}],"created":"2026-02-01"}\n{"created":"2026-02-01","steps":[{"process":"MACHINING"}]}\n');
  good(['import', 'sites', write(dir, 'blank.jsonl', blank), '--db', first]);
  good(['import', 'sites', write(dir, 'demo.jsonl', demo_sites()), '--db', first]);
  good(['import', 'sites', write(dir, 'blank.jsonl', blank.replace('"HEAT"', '"HEAT.VACUUM"')), '--db', first]);
  good(['import', 'needs', loose, '--db', first]);
  good(['import', 'needs', write(dir, 'demo-needs.jsonl', demo_needs()), '--db', first]);
  const before = contents(first);
  assert.equal(count(before.sites), count(demo_sites()) + 3);
  assert.equal(before.answers.length, count(demo_needs()) + 2);
  assert.ok(before.answers.filter((a) => JSON.parse(a).steps[0].results.length).length > 20, 'most needs have results');
  let from = first;
  for (const make of [new_sqlite, new_postgres, new_sqlite]) {
    const to = make();
    move(from, to);
    assert_same_bytes(before, contents(to));
    from = to;
  }
});

for (const [name, make] of stores) {
  test(`match answers from a store as from the file (${name})`, () => {
    const db = make();
    const sites = write(dir, 'sites.jsonl', demo_sites());
    good(['import', 'sites', sites, '--db', db]);
    for (const [i, need] of demo_needs().trim().split('\n').slice(0, 12).entries()) {
      const file = write(dir, `n${i}.json`, need);
      const args = ['match', file, '--json', '--today', today];
      assert.equal(good([...args, '--db', db]), good([...args, '--sites', sites]));
      assert.equal(good([...args, '--db', db, '--scan']), good([...args, '--db', db]));
      const text = good(['match', file, '--db', db, '--today', today, '--lang', 'ko']);
      const best = JSON.parse(good([...args, '--db', db])).steps[0].results[0];
      if (best) assert.ok(text.includes(best.org), `${best.org} in\n${text}`);
    }
  });
}

test('a capability that is gone is not matched, and is again when it is back', () => {
  const db = new_sqlite();
  const need = write(dir, 'gone.json', '{"steps":[{"process":"HEAT.VACUUM"}]}');
  const store = (...refs) =>
    good(['import', 'sites', write(dir, 'gone.jsonl', lines([{ org: { name: '가' }, site: { ref: 'S', name: '나' }, capabilities: refs.map((ref) => ({ ref, process: 'HEAT.VACUUM' })) }])), '--db', db]);
  const found = () => JSON.parse(good(['match', need, '--db', db, '--json', '--today', today])).steps[0].results.map((r) => r.capability).sort();
  store('a', 'b');
  assert.deepEqual(found(), ['a', 'b']);
  store('b');
  assert.deepEqual(found(), ['b']);
  store('b', 'a');
  assert.deepEqual(found(), ['a', 'b']);
  store();
  assert.deepEqual(found(), []);
});

const listed = shared('suppliers/krx_listed_manufacturing.csv');

test('the list of listed makers: every row a site, forging firms are found', { skip: listed ? false : 'the data beside the repository is not there' }, () => {
  const db = new_sqlite();
  assert.match(good(['import', 'sites', listed, '--db', db]), /^sites: 1216 added, 0 changed, 0 same, 0 gone, 0 bad lines/);
  assert.match(good(['import', 'sites', listed, '--db', db]), /^sites: 0 added, 0 changed, 1216 same, 0 gone, 0 bad lines/);
  const sites = good(['export', 'sites', '--db', db]).trim().split('\n').map(JSON.parse);
  assert.equal(sites.length, 1216);
  assert.equal(new Set(sites.map((s) => s.site.ref)).size, 1216);
  const need = write(dir, 'forging.json', '{"steps":[{"process":"FORMING.FORGING"}]}');
  const answer = JSON.parse(good(['match', need, '--db', db, '--json', '--today', today, '--top', '1000']));
  const firms = answer.steps[0].results.map((r) => r.org);
  for (const firm of ['포메탈', '태웅']) assert.ok(firms.includes(firm), `${firm} in ${firms.join(' ')}`);
  assert.ok(firms.length >= 5 && firms.length < 100, `${firms.length} firms forge`);
  // Moved to another store, everything is as it was.
  const other = new_sqlite();
  const file = write(dir, 'listed.jsonl', good(['export', 'sites', '--db', db]));
  good(['import', 'sites', file, '--db', other]);
  assert.equal(good(['export', 'sites', '--db', other]), fs.readFileSync(file, 'utf8'));
});

test('the other public lists: every row a site or a reason', { skip: listed ? false : 'the data beside the repository is not there' }, () => {
  for (const [name, sites, bad, alike] of [['okw_fablab_facilities.csv', 1371, 0, 11], ['ted_award_winners.csv', 304, 1, 8]]) {
    const db = new_sqlite();
    const r = run(['import', 'sites', shared(`suppliers/${name}`), '--db', db, '--lang', 'en']);
    assert.match(r.out, new RegExp(`^sites: ${sites} added, 0 changed, 0 same, 0 gone, ${bad} bad lines`));
    assert.equal(r.status, bad ? 1 : 0);
    assert.equal(r.err.match(/csv line \d+: /g)?.length ?? 0, bad);
    assert.equal(r.err.match(/warning: the same name but for legal forms/g).length, alike);
    assert.equal(count(good(['export', 'sites', '--db', db])), sites);
  }
});
