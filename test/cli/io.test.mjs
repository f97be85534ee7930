// Import and export by the command line: round trips, updates, duplicates, the real lists of ../shared, and two imports
// while the server runs. Usage: node --test test/cli/io.test.mjs (PPURI = the binary, default build/ppuri).
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const binary = path.resolve(process.env.PPURI ?? path.join(root, 'build/ppuri'));
const shared = path.resolve(process.env.PPURI_SHARED ?? path.join(root, '../shared'));
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ppuri-io-'));
const today = '2026-11-22';
after(() => fs.rmSync(dir, { recursive: true }));

function ppuri(args, { code = 0 } = {}) {
  const r = spawnSync(binary, args, { maxBuffer: 1 << 28, env: { ...process.env, LC_ALL: 'C' } });
  assert.equal(r.status, code, `ppuri ${args.join(' ')}\n${r.stdout}\n${r.stderr}`);
  const errors = r.stderr.toString().split('\n').filter((line) => line && !line.startsWith('{'));
  return { bytes: r.stdout, out: r.stdout.toString(), errors };
}

let made = 0;
function store() {
  const db = path.join(dir, `${++made}.db`);
  ppuri(['init', '--db', db]);
  return db;
}

function file(name, content) {
  const where = path.join(dir, `${++made}-${name}`);
  fs.writeFileSync(where, content);
  return where;
}

const load = (db, what, from, options = {}) => ppuri(['import', what, from, '--db', db, ...(options.args ?? [])], options);
const dump = (db, what, ...args) => ppuri(['export', what, '--db', db, ...args]).bytes;

function counts(line) {
  const found = {};
  for (const [, n, word] of line.matchAll(/(\d+) (added|changed|same|gone|bad lines|capabilities|ended)/g)) found[word] = +n;
  return found;
}

const demo = { sites: file('sites.jsonl', ppuri(['demo', 'sites']).bytes),
  needs: file('needs.jsonl', ppuri(['demo', 'needs', '--today', today]).bytes) };

// One hash over the answers and the chains to every need of the store.
function answers(db) {
  const sites = file('all.jsonl', dump(db, 'sites'));
  const hash = crypto.createHash('sha256');
  for (const need of dump(db, 'needs').toString().trim().split('\n'))
    for (const command of ['match', 'chain'])
      hash.update(ppuri([command, file('need.json', need), '--sites', sites, '--json', '--today', today]).bytes);
  return hash.digest('hex');
}

test('export, init, import, export: the same bytes and the same answers, in every form', () => {
  const db = store();
  load(db, 'sites', demo.sites);
  load(db, 'needs', demo.needs);
  const sites = dump(db, 'sites'), needs = dump(db, 'needs'), hash = answers(db);
  for (const args of [[], ['--csv', '--lang', 'en'], ['--csv', '--lang', 'ko'], ['--csv', '--no-bom']]) {
    const again = store();
    const form = [dump(db, 'sites', ...args), dump(db, 'needs', ...args)];
    load(again, 'sites', file('s', form[0]));
    load(again, 'needs', file('n', form[1]));
    assert.ok(dump(again, 'sites').equals(sites), `sites ${args}`);
    assert.ok(dump(again, 'needs').equals(needs), `needs ${args}`);
    assert.ok(dump(again, 'sites', ...args).equals(form[0]), `sites again ${args}`);
    assert.ok(dump(again, 'needs', ...args).equals(form[1]), `needs again ${args}`);
    if (args.length < 3) assert.equal(answers(again), hash);
    assert.equal(counts(load(db, 'sites', file('s', form[0])).out).same, sites.toString().trim().split('\n').length, 'nothing changed in the first store');
    assert.equal(counts(load(db, 'needs', file('n', form[1])).out).same, needs.toString().trim().split('\n').length);
  }
});

test('an import that changes something leaves one row in the audit chain, one that does not leaves none', () => {
  const db = store();
  const rows = () => +/audit\s+ok\s+(\d+) rows/.exec(ppuri(['check', '--db', db]).out)[1];
  assert.equal(rows(), 0);
  load(db, 'sites', demo.sites);
  assert.equal(rows(), 1);
  load(db, 'needs', demo.needs);
  assert.equal(rows(), 2);
  load(db, 'sites', demo.sites);
  load(db, 'needs', demo.needs);
  assert.equal(rows(), 2);
});

test('CSV has a BOM unless it is not wanted, .jsonl only when it is', () => {
  const db = store();
  const starts = (...args) => dump(db, 'sites', ...args).subarray(0, 3).toString('hex') === 'efbbbf';
  assert.deepEqual([starts('--csv'), starts('--csv', '--no-bom'), starts(), starts('--json'), starts('--bom')],
    [true, false, false, false, true]);
  ppuri(['export', 'sites', '--csv', '--json', '--db', db], { code: 2 });
});

test('templates are files that import takes, and they match the golden ones', () => {
  for (const what of ['sites', 'needs'])
    for (const lang of ['ko', 'en']) {
      const text = ppuri(['template', what, '--lang', lang]).bytes;
      const golden = path.join(root, `test/golden/io/${what}.${lang}.csv`);
      assert.equal(text.toString(), fs.readFileSync(golden, 'utf8'), golden);
      const done = counts(load(store(), what, file('t.csv', text)).out);
      assert.deepEqual([done.added, done['bad lines']], [1, 0]);
    }
  ppuri(['template', 'firms'], { code: 2 });
});

test('doc/import.md lists the columns as the program prints them', () => {
  const doc = fs.readFileSync(path.join(root, 'doc/import.md'), 'utf8');
  for (const what of ['sites', 'needs']) assert.ok(doc.includes(ppuri(['template', what, '--markdown']).out), what);
});

test('CP949 and UTF-8 give the same sites', () => {
  const text = fs.readFileSync(path.join(root, 'test/golden/io/sites.ko.csv'), 'utf8').slice(1);
  const iconv = spawnSync('iconv', ['-f', 'UTF-8', '-t', 'CP949'], { input: text });
  assert.equal(iconv.status, 0);
  const dbs = [store(), store()];
  load(dbs[0], 'sites', file('utf8.csv', text));
  load(dbs[1], 'sites', file('cp949.csv', iconv.stdout));
  assert.ok(dump(dbs[0], 'sites').equals(dump(dbs[1], 'sites')));
  const bad = load(dbs[0], 'sites', file('none.csv', Buffer.from([0x61, 0x2c, 0xff, 0xff])), { code: 1 });
  assert.match(bad.errors[0], /line 1: is not valid UTF-8/);
});

const head = 'org_name,site_ref,site_name,ref,process,lead_days\n';
const two = `${head}A,S-A,x,C-1,HEAT,1\nA,S-A,x,C-2,WELDING,2\nB,S-B,x,C-3,HEAT,3\n`;

test('a file again: changed, same and gone are told; only what a site no longer lists is ended', () => {
  const db = store();
  assert.deepEqual(counts(load(db, 'sites', file('a.csv', two)).out),
    { added: 2, changed: 0, same: 0, gone: 0, 'bad lines': 0, capabilities: 3, ended: 0 });
  const less = `${head}A,S-A,x,C-1,HEAT,9\n`;
  assert.deepEqual(counts(load(db, 'sites', file('b.csv', less)).out),
    { added: 0, changed: 1, same: 0, gone: 1, 'bad lines': 0, capabilities: 1, ended: 1 });
  assert.match(dump(db, 'sites').toString(), /S-B/);
  assert.match(load(db, 'sites', file('b.csv', less), { args: ['--complete'] }).out, /1 gone.*the gone sites were ended/);
  assert.doesNotMatch(dump(db, 'sites').toString(), /S-B/);
  assert.equal(counts(load(db, 'sites', file('a.csv', two)).out).changed, 2, 'an ended site comes back');
  assert.match(dump(db, 'sites').toString(), /S-B.*C-3/);
});

test('--complete ends nothing of a file with bad lines, and nothing that came from another list', () => {
  const db = store();
  load(db, 'sites', file('a.csv', two));
  const bad = load(db, 'sites', file('b.csv', `${head}A,S-A,x,C-1,NOPE,1\n`.replace('NOPE,1', 'NOPE,1\nC,S-C,x,C-9,HEAT,1')),
    { args: ['--complete'], code: 1 });
  assert.match(bad.out, /2 gone, 1 bad lines.*nothing gone was ended/);
  assert.match(bad.errors[0], /line 2: process: has an unknown code: NOPE/);
  const krx = 'krx_code,name,industry_ko,products_ko,region,homepage\n000001,가나,,단조품,경기도,\n';
  const other = load(db, 'sites', file('k.csv', krx), { args: ['--complete'] });
  assert.equal(counts(other.out).gone, 0);
  assert.equal(dump(db, 'sites').toString().trim().split('\n').length, 4);
});

test('needs: gone ones are told, ended with --complete; a day of creation and a reference are given once', () => {
  const db = store();
  const need = (ref, title) => JSON.stringify({ ref, title, steps: [{ process: 'HEAT', tags: [], words: null }] });
  load(db, 'needs', file('n', `${need('N-7', 'x')}\n${need(undefined, 'y')}\n`));
  const [first, second] = dump(db, 'needs').toString().trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(first.ref, 'N-7');
  assert.match(second.ref, /^N-\d+$/);
  assert.match(first.created, /^\d{4}-\d\d-\d\d$/);
  assert.deepEqual(first.steps, [{ process: 'HEAT' }]);
  const again = load(db, 'needs', file('n', `${need('N-7', 'x')}\n`), { args: ['--complete'] });
  assert.deepEqual(counts(again.out), { added: 0, changed: 0, same: 1, gone: 1, 'bad lines': 0 });
  assert.equal(dump(db, 'needs').toString().trim().split('\n').length, 1);
  const csv = load(db, 'needs', file('n.csv', 'ref,process,mass_kg\nN-8,HEAT,0\n'), { code: 1 });
  assert.match(csv.errors[0], /line 2: mass_kg: must be > 0/);
});

test('firms that may be one are told with both references and never merged', () => {
  const db = store();
  const site = (ref, org) => JSON.stringify({ org, site: { ref, name: 'x' } });
  const lines = [site('S-1', { name: '㈜한빛열처리', reg_no: '314-81-00000' }), site('S-2', { name: '한빛열처리 주식회사' }),
    site('S-3', { name: '다른이름', reg_no: '3148100000' }), site('S-4', { name: 'Nova', homepage: 'https://a.example' }),
    site('S-5', { name: 'Nova', homepage: 'https://b.example' }), site('S-6', { name: '두이름', reg_no: '314-81-00000' })];
  const told = load(db, 'sites', file('d.jsonl', lines.join('\n'))).errors.join('\n');
  assert.match(told, /same registration number: S-1 .* \/ S-3 /);
  assert.match(told, /same registration number: S-1 .* \/ S-6 /);
  assert.match(told, /same name but for legal forms: S-4 Nova \/ S-5 Nova/);
  const orgs = dump(db, 'sites').toString().trim().split('\n').map((line) => JSON.parse(line).org);
  assert.equal(orgs.length, 6);
  assert.equal(orgs[3].homepage, 'https://a.example');
  assert.equal(orgs[4].homepage, 'https://b.example');
  const later = load(db, 'sites', file('e.jsonl', site('S-9', { name: 'NOVA GmbH' }))).errors.join('\n');
  assert.match(later, /legal forms: S-4 Nova \/ S-9 NOVA GmbH/);
});

test('a header nobody knows, and a broken quote', () => {
  const db = store();
  assert.match(load(db, 'sites', file('x.csv', 'a,b\n1,2\n'), { code: 1 }).errors[0], /line 1: is no format that is known/);
  assert.match(load(db, 'needs', file('x.csv', 'a,b\n1,2\n'), { code: 1 }).errors[0], /line 1: is no format that is known/);
  assert.match(load(db, 'sites', file('x.csv', `${head}A,"S"x,x,,HEAT,1\n`), { code: 1 }).errors[0], /line 2: .*quote/);
});

const run = (args) => new Promise((resolve) => {
  const p = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  p.stdout.on('data', (d) => { out += d; });
  p.stderr.resume();
  p.on('close', (code) => resolve({ code, out }));
});

async function serving(db) {
  const p = spawn(binary, ['serve', '--db', db, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const address = await new Promise((resolve, reject) => {
    let out = '';
    p.stdout.on('data', (d) => {
      out += d;
      const found = /(http:\S+)/.exec(out);
      if (found) resolve(found[1]);
    });
    p.on('close', () => reject(new Error('the server ended')));
  });
  return { address, stop: () => new Promise((resolve) => { p.on('close', resolve); p.kill('SIGTERM'); }) };
}

test('two processes import while the server answers', { timeout: 60000 }, async () => {
  const db = store();
  const part = (name) => file(name, Array.from({ length: 400 }, (_, i) => JSON.stringify({ org: { name: `${name} ${i}` },
    site: { name: 'x' }, capabilities: [{ process: 'HEAT' }, { process: 'WELDING' }] })).join('\n'));
  const server = await serving(db);
  const imports = [part('left'), part('right')].map((from) => run(['import', 'sites', from, '--db', db]));
  let asked = 0, done = false;
  const all = Promise.all(imports).then((r) => { done = true; return r; });
  while (!done) {
    const answer = await fetch(`${server.address}/`);
    assert.equal(answer.status, 200);
    await answer.text();
    asked++;
  }
  for (const { code, out } of await all) {
    assert.equal(code, 0, out);
    assert.equal(counts(out).added, 400);
  }
  assert.equal(await server.stop(), 0);
  assert.ok(asked > 0);
  const sites = dump(db, 'sites').toString().trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(sites.length, 800);
  assert.equal(new Set(sites.map((s) => s.site.ref)).size, 800);
  assert.equal(new Set(sites.flatMap((s) => s.capabilities.map((c) => c.ref))).size, 1600);
});

const suppliers = path.join(shared, 'data/suppliers');
const there = fs.existsSync(suppliers);
if (!there) console.error(`SKIPPED: the real lists are not at ${shared} (set PPURI_SHARED)`);

test('the real lists', { skip: !there && process.env.CI !== 'true' && 'no ../shared' }, () => {
  assert.ok(there, `${suppliers} is missing, and CI must have it`);
  const db = store();
  const take = (name, options) => load(db, 'sites', path.join(suppliers, name), options);
  assert.equal(counts(take('krx_listed_manufacturing.csv').out).added, 1216);
  const labs = take('okw_fablab_facilities.csv');
  assert.equal(counts(labs.out).added, 1371);
  assert.equal(counts(labs.out).capabilities, undefined, 'a fab lab says nothing of what it can do');
  assert.ok(labs.errors.some((line) => /Fab Lab Unipam/.test(line)), labs.errors.join('\n'));
  const ted = take('ted_award_winners.csv', { code: 1 });
  assert.equal(counts(ted.out).added, 304);
  assert.match(ted.errors[0], /name: is required/, 'the winner N/A');
  const sites = dump(db, 'sites').toString().trim().split('\n').map((line) => JSON.parse(line));
  const lab = (name) => sites.find((s) => s.org.name === name).site;
  assert.equal(lab('Fablab Songpa').region.slice(0, 5), 'KR.11');
  assert.equal(lab('Al Jazri Lab').region, 'AE');
  assert.equal(lab('FABLAB KERALA - Trivandrum').lat, 8.5571667);
  assert.ok(sites.every((s) => s.org.name === s.org.name.trim() && s.site.name));
  assert.ok(sites.filter((s) => s.org.kind === 'joint_venture').length >= 5);
  assert.ok(sites.filter((s) => s.org.kind === 'contractor' && s.capabilities).length >= 3);
  for (const name of ['krx_listed_manufacturing.csv', 'okw_fablab_facilities.csv', 'ted_award_winners.csv']) {
    const again = counts(take(name, { code: name.startsWith('ted') ? 1 : 0, args: ['--complete'] }).out);
    assert.deepEqual([again.added, again.changed, again.gone], [0, 0, 0], name);
  }
  for (const name of ['demand/g2b_bid_notices.csv', 'programmes/kr_support_notices.csv']) {
    const notices = load(db, 'needs', path.join(shared, 'data', name), { code: 1 });
    assert.equal(counts(notices.out).added, 0, 'a notice that names no process of its own is no need');
    assert.match(notices.errors[0], /process: is required/);
  }
});
