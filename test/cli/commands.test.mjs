// The command line itself: exit codes, --help of every command, and what is said when something is wrong.
import test from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { folder, good, new_sqlite, ppuri, root, run, today, write } from '../product.mjs';

const commands = [...fs.readFileSync(path.join(root, 'src/cli/commands.def'), 'utf8').matchAll(/^COMMAND\((\w+), "([^"]*)", (\d)/gm)]
  .map(([, name, usage, least]) => ({ name, usage, least: Number(least) }));
const dir = folder();
const need = write(dir, 'need.json', JSON.stringify({ steps: [{ process: 'HEAT.VACUUM' }] }));

test('every command explains itself', () => {
  assert.ok(commands.length >= 8);
  const overview = good(['--help']);
  assert.equal(good(['help']), overview);
  for (const { name, usage } of commands) {
    assert.match(overview, new RegExp(`^  ${name} +\\S`, 'm'));
    const text = good([name, '--help']);
    assert.ok(text.startsWith(`usage: ppuri ${name} ${usage}${usage ? ' ' : ''}[options]\n\n`), text);
    const options = [...text.matchAll(/^ {2}(--[a-z-]+)/gm)].map((m) => m[1]);
    if (['init', 'migrate', 'import', 'export', 'match', 'serve'].includes(name)) assert.ok(options.includes('--db'), `${name}: ${text}`);
    // --help wins over whatever else is wrong.
    assert.equal(good([name, '--nonsense', '--help']), text);
  }
});

test('wrong usage is 2, with the reason on standard error and nothing on standard output', () => {
  const wrong = [
    [[], /usage: ppuri COMMAND/],
    [['fly'], /unknown command fly/],
    [['init', 'x'], /too many arguments/],
    [['init', '--nonsense'], /unknown option --nonsense/],
    [['init', '--d', 'x'], /unknown option --d/],
    [['init', '--db'], /--db needs a value/],
    [['import', 'sites'], /is missing/],
    [['import', 'firms', need], /sites or needs/],
    [['import', 'sites', need, '--all-or-nothing=1'], /takes no value/],
    [['export', 'everything'], /sites or needs/],
    [['demo', 'sites', '--firms', '0'], /--firms needs a whole number/],
    [['demo', 'sites', '--firms', '2x'], /--firms needs a whole number/],
    [['demo', 'people'], /sites or needs/],
    [['match'], /is missing/],
    [['match', need, '--top', '-1'], /--top needs a whole number/],
    [['match', need, '--today', '2026-02-30'], /--today needs a date/],
    [['match', need, '--today', '22.11.2026'], /--today needs a date/],
    [['chain'], /is missing/],
    [['chain', need, '--k', '101'], /--k needs a whole number/],
    [['chain', need, '--objective', 'luck'], /--objective must be/],
    [['chain', need, '--today', '2026-02-30'], /--today needs a date/],
    [['parse', need, '--today', '2026-02-30'], /--today needs a date/],
    [['token', 'forget', 'x'], /create NAME, list or revoke ID/],
    [['serve', '--listen', '8080'], /--listen needs an address and a port/],
    [['serve', '--listen', '127.0.0.1:65536'], /--listen needs an address and a port/],
    [['serve', '--listen', '127.0.0.1:-1'], /--listen needs an address and a port/],
  ];
  for (const [args, reason] of wrong) {
    const r = run(args, { cwd: dir });
    assert.equal(r.status, 2, `${args.join(' ')}: ${r.err}`);
    assert.match(r.err, reason);
    assert.equal(r.out, '');
  }
  for (const { name, least } of commands) if (least) assert.equal(run([name], { cwd: dir }).status, 2, name);
});

test('refused is 1, with the reason', () => {
  const plain = write(dir, 'plain.txt', 'no database '.repeat(1000));
  const db = new_sqlite();
  const none = path.join(dir, 'none.db');
  const refused = [
    [['export', 'sites', '--db', none], /there is no such store; make one with: ppuri init/],
    [['migrate', '--db', none], /there is no such store/],
    [['serve', '--db', none, '--listen', '127.0.0.1:0'], /there is no such store/],
    [['match', need, '--db', none], /there is no such store/],
    [['import', 'sites', need, '--db', none], /there is no such store/],
    [['init', '--db', path.join(dir, 'no/such/folder.db')], /Reading or writing failed/],
    [['export', 'sites', '--db', plain], /plain\.txt: /],
    [['import', 'sites', path.join(dir, 'gone.jsonl'), '--db', db], /gone\.jsonl: Not found/],
    [['match', path.join(dir, 'gone.json'), '--db', db], /gone\.json: Not found/],
    [['import', 'sites', dir, '--db', db], /ppuri: /],
    [['match', write(dir, 'bad.json', '{'), '--db', db], /bad\.json: is not well-formed JSON/],
  ];
  for (const [args, reason] of refused) {
    const r = run(args);
    assert.equal(r.status, 1, `${args.join(' ')}: ${r.err}`);
    assert.match(r.err, reason);
    assert.equal(r.out, '');
  }
  assert.ok(!fs.existsSync(none));
});

test('an empty result is done', () => {
  const db = new_sqlite();
  assert.equal(good(['export', 'sites', '--db', db]), '');
  assert.equal(good(['export', 'needs', '--db', db]), '');
  assert.match(good(['import', 'sites', write(dir, 'empty.jsonl', '\n \n'), '--db', db]), /^sites: 0 added, 0 changed, 0 same, 0 gone, 0 bad lines\n$/);
  const answer = JSON.parse(good(['match', need, '--db', db, '--json', '--today', today]));
  assert.deepEqual(answer.steps[0].counts, { meets: 0, ask: 0, near: 0, out: 0 });
  assert.deepEqual(answer.steps[0].results, []);
});

test('init twice changes nothing, the store is for its owner only', () => {
  const db = new_sqlite();
  good(['import', 'sites', write(dir, 's.jsonl', '{"org":{"name":"가"},"site":{"name":"나"}}\n'), '--db', db]);
  const before = good(['export', 'sites', '--db', db]);
  assert.match(good(['init', '--db', db]), /the store is ready/);
  assert.match(good(['migrate', '--db', db]), /up to date/);
  assert.equal(good(['export', 'sites', '--db', db]), before);
  assert.equal(fs.statSync(db).mode & 0o777, 0o600);
});

test('the default store is ppuri.db where one stands; -- ends the options', () => {
  const here = folder();
  good(['init'], { cwd: here });
  assert.ok(fs.existsSync(path.join(here, 'ppuri.db')));
  fs.writeFileSync(path.join(here, '--odd.jsonl'), '{"org":{"name":"가"},"site":{"name":"나"}}\n');
  assert.match(good(['import', 'sites', '--', '--odd.jsonl'], { cwd: here }), /1 added/);
  assert.match(good(['version']), /^ppuri \d+\.\d+\.\d+, vocabulary \w+\n$/);
});

test('the demo is the same for the same seed and another for another', () => {
  const sites = good(['demo', 'sites', '--firms', '5']);
  assert.equal(good(['demo', 'sites', '--firms', '5']), sites);
  assert.notEqual(good(['demo', 'sites', '--firms', '5', '--seed', '2']), sites);
  assert.equal(new Set(sites.trim().split('\n').map((line) => JSON.parse(line).org.reg_no)).size, 5);
  assert.equal(good(['demo', 'needs', '--needs', '3', '--today', today]).trim().split('\n').length, 3);
});

test('a full disk under standard output is not success', () => {
  const full = fs.openSync('/dev/full', 'w');
  for (const args of [['demo', 'sites'], ['demo', 'sites', '--firms', '1'], ['version'], ['--help']]) {
    const r = spawnSync(ppuri, args, { stdio: ['ignore', full, 'pipe'], encoding: 'utf8' });
    assert.equal(r.status, 1, args.join(' '));
    assert.match(r.stderr, /writing failed/);
  }
  fs.closeSync(full);
});

test('texts follow --lang, then the locale', () => {
  const bad = write(dir, 'bad.jsonl', '{"site":{"name":"가"}}\n');
  const db = new_sqlite();
  const say = (lang, env) => run(['import', 'sites', bad, '--db', db, ...lang], { env: { ...process.env, LC_ALL: '', LANG: '', ...env } }).err;
  assert.match(say(['--lang', 'ko']), /org: 꼭 필요한 항목입니다/);
  assert.match(say(['--lang', 'en'], { LC_ALL: 'ko_KR.UTF-8' }), /org: is required/);
  assert.match(say([], { LC_ALL: 'ko_KR.UTF-8' }), /org: 꼭 필요한 항목입니다/);
  assert.match(say([], { LANG: 'ko' }), /org: 꼭 필요한 항목입니다/);
  assert.match(say([], {}), /org: is required/);
});
