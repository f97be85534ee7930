// Search over HTTP on both stores: a saved site and an imported need are found within a second, marked, and safe to show.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { ask } from './client.mjs';
import { demo_store, folder, good, serve, sleep, stores, write } from '../product.mjs';

const bad = `<img src=x onerror=alert(1)>"'&`;
const sites = [
  { org: { name: `가나열처리 ${bad}` }, site: { ref: 'X-1', name: '본사' }, capabilities: [{ ref: 'C-X', process: 'HEAT.VACUUM', text: `사출금형제작 ${bad}`, materials: ['STEEL.ALLOY.SCM440'] }] },
  { org: { name: '다라주조' }, site: { ref: 'S-2', name: '2공장' }, capabilities: [{ process: 'CASTING' }] },
];

const page = async (s, query, language = 'ko') => (await ask(s, 'GET', `/search?q=${encodeURIComponent(query)}&lang=${language}`)).body;
const titles = async (s, query) => JSON.parse((await ask(s, 'GET', `/api/v1/suggest?q=${encodeURIComponent(query)}`)).body).results.map((r) => `${r.kind} ${r.ref}`);

async function soon(check, what, most = 1000) {
  const began = Date.now();
  while (!(await check())) {
    assert.ok(Date.now() - began < most, `${what}: not after ${most} ms`);
    await sleep(20);
  }
}

for (const [name, make] of stores) {
  describe(`search on ${name}`, () => {
    let db;
    let s;
    before(async () => {
      db = make();
      s = await serve(db);
    });
    after(async () => {
      const end = await s.stop();
      assert.equal(end.code, 0, end.log);
      assert.doesNotMatch(end.log, /"level":"error"/);
    });

    test('found within a second, in every spelling', async () => {
      const dir = folder();
      good(['import', 'sites', write(dir, 'sites.jsonl', sites.map((x) => JSON.stringify(x)).join('\n')), '--db', db]);
      await soon(async () => (await titles(s, '가나열처리')).includes('firm X-1'), 'site');
      for (const q of ['금형', '형제', 'SCM 440', 'scm440', 'scm-440', '42CrMo4'])
        assert.deepEqual(await titles(s, q), ['capability C-X'], q);
      assert.equal((await titles(s, 'ㅇㅊㄹ'))[0], 'firm X-1');
      good(['import', 'needs', write(dir, 'needs.jsonl', JSON.stringify({ ref: 'X-1', title: '감속기 축 담금질', steps: [{ process: 'HEAT.VACUUM' }] })), '--db', db]);
      await soon(async () => (await titles(s, '감속기')).includes('need X-1'), 'need');
      assert.ok((await titles(s, '가나열처리')).includes('firm X-1'), 'a need of the same reference leaves the site');
    });

    test('tabs count each kind, and a kind alone is shown', async () => {
      const counts = (html) => [...html.matchAll(/<li><a href="\/search[^"]*"[^>]*>[^<]+ <b>(\d+)<\/b>/g)].map((m) => Number(m[1]));
      assert.deepEqual(counts(await page(s, '진공')), [3, 1, 1, 1]);
      const needs = (await ask(s, 'GET', `/search?q=${encodeURIComponent('진공')}&kind=need`)).body;
      assert.deepEqual(counts(needs), [3, 1, 1, 1]);
      assert.match(needs, /감속기 축 담금질/);
      assert.doesNotMatch(needs, /가나열처리/);
    });

    test('the page marks, escapes and says why it is empty', async () => {
      const ko = await page(s, '금형');
      assert.match(ko, /사출<mark>금형<\/mark>제작/);
      assert.match(ko, /href="\/firms\/X-1"/);
      assert.doesNotMatch(ko, /이 말로 찾았습니다/, 'it is marked already');
      assert.match(await page(s, '42CrMo4'), /이 말로 찾았습니다: <span>42crmo4/);
      assert.match(await page(s, '42CrMo4', 'en'), /Found by: <span>42crmo4/);
      assert.ok(ko.includes('&lt;img src=x'), 'shown as text');
      for (const html of [ko, await page(s, bad), await page(s, 'zzzz')]) assert.ok(!html.includes('<img'));
      assert.match(await page(s, '없는낱말'), /“없는낱말”이 들어 있는 것을 찾지 못했습니다/);
      assert.match(await page(s, 'zzzz', 'en'), /Nothing with “zzzz” was found/);
      assert.match(await page(s, 'a '.repeat(9)), /찾을 말이 너무 깁니다/);
      assert.equal((await ask(s, 'GET', '/search?q=a&kind=other')).code, 404);
      const firms = JSON.parse((await ask(s, 'GET', `/api/v1/suggest?q=${encodeURIComponent('진공')}&kind=firm`)).body).results;
      assert.deepEqual(firms.map((r) => r.ref), ['X-1']);
      assert.equal((await ask(s, 'GET', '/api/v1/suggest?q=a&kind=other')).code, 400);
    });

    test('a word of the council is found without a new start, and what is saved after it too', async () => {
      assert.deepEqual(await titles(s, '바쿰템퍼'), []);
      good(['vocab', 'add', 'processes', 'HEAT.VACUUM', '--ko', '진공 열처리', '--en', 'Vacuum heat treatment', '--synonyms', '바쿰템퍼', '--db', db]);
      const end = Date.now() + 5000;
      while (!(await titles(s, '바쿰템퍼')).length) {
        assert.ok(Date.now() < end, 'not after five seconds');
        await sleep(50);
      }
      assert.deepEqual((await titles(s, '바쿰템퍼')).sort(), ['capability C-X', 'firm X-1', 'need X-1']);
      assert.equal((await titles(s, 'ㅂㅋㅌㅍ')).length, 3, 'its initials too');
      const late = { org: { name: '라마진공' }, site: { ref: 'LATE', name: '본사' }, capabilities: [{ ref: 'C-LATE', process: 'HEAT.VACUUM', text: '늦게 온 곳' }] };
      good(['import', 'sites', write(folder(), 'late.jsonl', JSON.stringify(late)), '--db', db]);
      await soon(async () => (await titles(s, '바쿰템퍼')).includes('firm LATE'), 'late site');
    });
  });
}

// Every way of asking that the product promises, on the demo region: the same bytes from either store.
test('both stores answer alike', async () => {
  const on = [];
  for (const [, make] of stores) on.push(await serve(demo_store(make)));
  for (const s of on) while ((await page(s, 'a')).includes('찾을 글을 모으고 있습니다')) await sleep(20);
  const questions = ['금형', '열처', '처리', 'ㅇㅊㄹ', 'ㅈㄱ ㅇㅊㄹ', '열ㅊㄹ', 'SCM 440', 'scm440', 'SCM-440', '42CrMo4', 'ti6al4v', '담금질', 'quenching', '소입', 'CNC', '대전', '대전 열처리', '도금', '가', 'a', 'DEMO-S001', 'zzzz', 'ISO 9001', '아노다이징 알루미늄'];
  let hits = 0;
  for (const q of questions) {
    const words = encodeURIComponent(q);
    for (const path of [`/api/v1/suggest?q=${words}`, `/search?q=${words}`, `/search?q=${words}&lang=en`, `/search?q=${words}&kind=need`, `/search?q=${words}&kind=firm`]) {
      const [a, b] = await Promise.all(on.map((s) => ask(s, 'GET', path)));
      assert.equal(a.code, b.code, path);
      // Tokens of forms and cursors are each process's own.
      const plain = (answer) => answer.body.replaceAll(/(nonce|value)="[^"]{20,}"/g, '').replaceAll(/after=[^"&]+/g, '');
      assert.equal(plain(a), plain(b), path);
      hits += (a.body.match(/<mark>/g) ?? []).length;
    }
  }
  assert.ok(hits > 200, `${hits}`);
  const found = async (q) => JSON.parse((await ask(on[0], 'GET', `/api/v1/suggest?q=${encodeURIComponent(q)}`)).body).results.map((r) => r.ref);
  const steel = await found('SCM440');
  assert.ok(steel.length > 3);
  for (const spelling of ['SCM 440', 'scm-440', 'scm440', '42CrMo4']) assert.deepEqual(await found(spelling), steel, spelling);
  for (const s of on) assert.equal((await s.stop()).code, 0);
});

test('hits go on behind a cursor, which holds for its words only', async () => {
  const db = demo_store();
  const s = await serve(db);
  await soon(async () => (await titles(s, '가상')).length > 5, 'the demo', 5000);
  await sleep(1000);
  const hits = (body) => [...body.matchAll(/<li>[^]*?<a href="(\/(?:firms|needs)\/[^"]+)"/g)].map((m) => m[1]);
  const words = encodeURIComponent('가상');
  const first = (await ask(s, 'GET', `/search?q=${words}`)).body;
  const more = /href="(\/search\?[^"]+)">다음 결과 보기/.exec(first)[1].replaceAll('&amp;', '&');
  const second = await ask(s, 'GET', more);
  assert.equal(second.code, 200);
  assert.ok(hits(first).length >= 20 && hits(second.body).length >= 1);
  assert.notDeepEqual(hits(second.body), hits(first));
  const after = new URL(more, s.base).searchParams.get('after');
  for (const bad of [`/search?q=${words}x&after=${after}`, `/search?q=${words}&kind=need&after=${after}`, `/search?q=${words}&after=20`]) {
    const a = await ask(s, 'GET', bad);
    assert.equal(a.code, 400, bad);
    assert.match(a.body, /목록 처음부터 보기/);
  }
  assert.equal((await s.stop()).code, 0);
});
