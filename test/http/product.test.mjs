// The product over HTTP, from `ppuri serve` on a store with the demo region: answers equal the command line's, errors say what
// is wrong, hostile texts come out as texts. The main part runs on SQLite and on PostgreSQL.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ask, open, request } from './client.mjs';
import { demo_needs, demo_store, folder, good, hostile, hostile_site, lines, new_sqlite, run, serve, shared, sleep, stores, today, write } from '../product.mjs';

const dir = folder();
const JSON_TYPE = { 'Content-Type': 'application/json' };
const needs = demo_needs().trim().split('\n');
const post = (s, body, query = '', headers = {}) => ask(s, 'POST', `/api/v1/match${query}`, { ...JSON_TYPE, ...headers }, body);
const get = (s, target, headers) => ask(s, 'GET', target, headers);

function assert_problem(a, code, type) {
  assert.equal(a.code, code);
  assert.equal(a.headers['content-type'], 'application/problem+json');
  const p = JSON.parse(a.body);
  assert.equal(p.status, code);
  assert.equal(p.type, `/problems/${type}`);
  assert.equal(p.instance, a.headers['x-request-id']);
  assert.ok(p.title.length > 3);
  return p;
}

const lang_of = (a) => /<html lang="(\w+)"/.exec(a.body)?.[1];

for (const [name, make] of stores) {
  describe(`on ${name}`, () => {
    let db;
    let s;
    before(async () => {
      db = demo_store(make);
      s = await serve(db);
    });
    after(async () => {
      const end = await s.stop();
      assert.equal(end.code, 0, `${end.signal}\n${end.log}`);
      assert.doesNotMatch(end.log, /"level":"error"/);
      assert.doesNotMatch(end.log, /"aborted":[^0]/);
    });

    test('the API answers as the command line does, byte by byte', async () => {
      let results = 0;
      for (const [i, need] of needs.entries()) {
        const file = write(dir, 'need.json', need);
        for (const [lang, top] of i < 6 ? [['ko', 20], ['en', 3], ['ko', 0]] : [['en', 20]]) {
          const said = await post(s, need, `?lang=${lang}&top=${top}`);
          assert.equal(said.code, 200);
          assert.equal(said.headers['content-type'], 'application/json');
          assert.equal(said.body, good(['match', file, '--db', db, '--json', '--today', today, '--lang', lang, '--top', `${top}`]));
          results += JSON.parse(said.body).steps[0].results.length;
        }
      }
      assert.ok(results > 100, `${results}`);
    });

    test('chains by the API are those of the command line', async () => {
      const chain = (need, query) => ask(s, 'POST', `/api/v1/chain${query}`, JSON_TYPE, need);
      let chains = 0;
      for (const [i, need] of needs.entries()) {
        if (i % 4) continue;
        const file = write(dir, 'need.json', need);
        const objective = ['blend', 'cost', 'time', 'carbon', 'score', 'firms'][(i / 4) % 6];
        const said = await chain(need, `?k=3&objective=${objective}`);
        assert.equal(said.code, 200);
        assert.equal(said.body, good(['chain', file, '--db', db, '--json', '--today', today, '--k', '3', '--objective', objective]));
        const answer = JSON.parse(said.body);
        assert.equal(answer.complete, true);
        chains += answer.chains.length;
      }
      assert.ok(chains >= 20, `${chains}`);
      assert_problem(await get(s, '/api/v1/chain'), 405, 'method');
      assert_problem(await chain(needs[0], '?k=101'), 400, 'invalid');
      assert.equal(assert_problem(await chain(needs[0], '?objective=luck'), 400, 'invalid').errors[0].field, '?objective');
      assert.equal(assert_problem(await chain('{"steps":[]}', ''), 400, 'invalid').errors[0].field, 'steps');
    });

    test('plain words by the API: the command line\'s answer, and a need that can be matched', async () => {
      const text = '티타늄 Ti-6Al-4V 단조품 Ø300×120 진공열처리 후 5축 가공, AS9100 필수, 50개, 3월 말 납기, 대전 납품';
      const said = await ask(s, 'POST', '/api/v1/parse', JSON_TYPE, JSON.stringify({ text }));
      assert.equal(said.code, 200);
      assert.equal(said.body, good(['parse', write(dir, 'mail.txt', text), '--json', '--today', today]));
      const { spans, unread, doubts, ...need } = JSON.parse(said.body);
      assert.deepEqual(need.steps.map((x) => x.process), ['FORMING.FORGING', 'HEAT.VACUUM', 'MACHINING.MILLING.AXIS_5']);
      assert.equal(need.due, '2027-03-31');
      for (const x of spans) assert.equal(Buffer.from(text).subarray(x.from, x.to).toString(), x.text);
      assert.deepEqual(unread, []);
      assert.equal((await post(s, JSON.stringify(need))).code, 200);
      const empty = await ask(s, 'POST', '/api/v1/parse', JSON_TYPE, JSON.stringify({ text: '내일 뵙겠습니다' }));
      assert.deepEqual(JSON.parse(empty.body).steps, []);
      const bad = [['{"text":5}', 'text'], ['{}', 'text'], ['{"text":"a","x":1}', 'x'], ['[]', '']];
      for (const [body, field] of bad) {
        const a = await ask(s, 'POST', '/api/v1/parse', JSON_TYPE, body);
        assert.equal(assert_problem(a, 400, 'invalid').errors[0].field, field);
      }
    });

    test('a firm by the API is its line of the export; its page shows the same facts', async () => {
      for (const line of good(['export', 'sites', '--db', db]).trim().split('\n').slice(0, 12)) {
        const site = JSON.parse(line);
        const said = await get(s, `/api/v1/firms/${encodeURIComponent(site.site.ref)}`);
        assert.equal(said.body, `${line}\n`);
        const page = await get(s, `/firms/${encodeURIComponent(site.site.ref)}`);
        assert.equal(page.code, 200);
        for (const text of [site.org.name, site.site.name, site.site.address, ...site.capabilities.map((c) => c.text)].filter(Boolean))
          assert.ok(page.body.includes(text.replaceAll('&', '&amp;')), `${site.site.ref}: ${text}`);
      }
    });

    test('a site that another process imports is matched within a second, and gone when it is gone', async () => {
      const need = '{"steps":[{"process":"ROBOT","words":"방금 들어온"}]}';
      const found = async () => JSON.parse((await post(s, need, '?top=200')).body).steps[0].results.some((r) => r.site === 'NEW');
      const site = (capabilities) => ({ org: { name: '새 업체', reg_no: '9' }, site: { ref: 'NEW', name: '방금 들어온 공장' }, capabilities });
      const within = async (want) => {
        const began = Date.now();
        while ((await found()) !== want && Date.now() - began < 5000) await sleep(20);
        return Date.now() - began;
      };
      assert.equal(await found(), false);
      good(['import', 'sites', write(dir, 'new.jsonl', lines([site([{ process: 'ROBOT' }])])), '--db', db]);
      assert.ok((await within(true)) < 1000);
      assert.equal((await get(s, '/firms/NEW')).code, 200);
      // A change of nothing but the firm's name is seen too.
      good(['import', 'sites', write(dir, 'new.jsonl', lines([{ ...site([{ process: 'ROBOT' }]), org: { name: '딴 이름', reg_no: '9' } }])), '--db', db]);
      const name = async () => JSON.parse((await post(s, need, '?top=200')).body).steps[0].results.find((r) => r.site === 'NEW').org;
      for (const began = Date.now(); (await name()) !== '딴 이름' && Date.now() - began < 5000; ) await sleep(20);
      assert.equal(await name(), '딴 이름');
      good(['import', 'sites', write(dir, 'new.jsonl', lines([site([])])), '--db', db]);
      assert.ok((await within(false)) < 1000);
    });

    test('the page shows what the API found: the best firm, its reasons, its questions', async () => {
      const page = await get(s, `/?lang=ko&process=${encodeURIComponent('열처리')}&materials=SCM440&quantity=50&deliver_to=${encodeURIComponent('대전')}&certificates=${encodeURIComponent('ISO 9001')}`);
      assert.equal(page.code, 200);
      const need = { deliver_to: { region: 'KR.30' }, steps: [{ process: 'HEAT', materials: ['STEEL.ALLOY.SCM440'], quantity: 50, certificates: [{ code: 'ISO9001' }] }] };
      const step = JSON.parse((await post(s, JSON.stringify(need), '?top=50&lang=ko')).body).steps[0];
      assert.ok(step.results.length > 0 && step.near.length > 0);
      const at = step.results.map((r) => page.body.indexOf(`/firms/${r.site}"`));
      assert.ok(at.every((x) => x > 0), at.join());
      const best = step.results.filter((r, i) => step.results.findIndex((x) => x.site === r.site) === i);
      const rows = [...page.body.matchAll(/<h3><span class="rank">\d+<\/span> <a href="\/firms\/([^"]+)"/g)].map((m) => m[1]);
      assert.deepEqual(rows.slice(0, best.length), best.map((r) => r.site));
      for (const n of ['meets', 'ask', 'near']) assert.ok(page.body.includes(` <b>${step.counts[n]}</b></a>`), n);
      assert.ok(page.body.includes(`나머지 ${step.counts.out}건`));
      assert.ok(page.body.includes(step.results[0].score.toFixed(1)));
      for (const q of best.flatMap((r) => r.questions)) assert.ok(page.body.includes((q.ko ?? q).replaceAll('"', '&quot;')), JSON.stringify(q));
    });

    test('health and metrics', async () => {
      const health = JSON.parse((await get(s, '/healthz')).body);
      assert.equal(health.status, 'ok');
      assert.match(health.version, /^\d+\.\d+\.\d+$/);
      assert.ok(health.seq > 200);
      const metrics = await get(s, '/metrics');
      assert.equal(metrics.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
      for (const line of metrics.body.trim().split('\n')) assert.match(line, /^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? -?[\d.e+]+)$/);
      const total = (text) => [...text.matchAll(/^\w*requests_total\{[^}]*\} (\d+)$/gm)].reduce((n, m) => n + Number(m[1]), 0);
      const before_n = total(metrics.body);
      assert.ok(before_n > 10, metrics.body);
      await get(s, '/');
      assert.ok(total((await get(s, '/metrics')).body) > before_n);
    });
  });
}

describe('answers of every kind', () => {
  let db;
  let s;
  before(async () => {
    db = demo_store();
    good(['import', 'sites', write(dir, 'hostile.jsonl', lines([hostile_site])), '--db', db]);
    s = await serve(db);
  });
  after(async () => assert.equal((await s.stop()).code, 0));

  test('a refused need is 400 with every field, its word and its reason in the language asked for', async () => {
    const bad = { due: 'soon', steps: [{ process: 'FLYING', mass_kg: -1, quantity: '5', x: 1 }] };
    const fields = ['due', 'steps[0].x', 'steps[0].process', 'steps[0].mass_kg', 'steps[0].quantity'];
    for (const [lang, reason] of [['ko', 'steps[0].process: 모르는 코드입니다: FLYING'], ['en', 'steps[0].process: has an unknown code: FLYING']]) {
      const p = assert_problem(await post(s, JSON.stringify(bad), `?lang=${lang}`), 400, 'invalid');
      assert.deepEqual(p.errors.map((e) => e.field).sort(), fields.sort());
      assert.deepEqual(p.errors.find((e) => e.field === 'steps[0].process'), { field: 'steps[0].process', code: 'unknown_code', reason });
    }
    for (const body of ['{', '', '[]', 'null', '{"steps":[]}', '{"steps":[{"process":"HEAT"}]} x', '\ufeff{}', '{"a":1,"a":1}', '[['.repeat(50)]) {
      const p = assert_problem(await post(s, body), 400, 'invalid');
      assert.equal(p.errors.length, 1, body);
    }
    for (const top of ['x', '-1', '201', '1.5']) {
      const p = assert_problem(await post(s, needs[0], `?top=${top}`), 400, 'invalid');
      assert.equal(p.errors[0].field, '?top');
    }
  });

  test('404, 405, 413, 415: a page for people, problem+json for programs', async () => {
    for (const target of ['/nowhere', '/firm', '/firms/none', '/firms/a/b', '/assets/none.css', '/api', '/api/v1/nothing', '/api/v1/firms/none', '/index.html']) {
      const a = await get(s, target);
      if (target.startsWith('/api')) assert_problem(a, 404, 'not-found');
      else assert.match(a.body, /<h1>찾을 수 없습니다<\/h1>/);
      assert.equal(a.code, 404, target);
      assert_problem(await get(s, target, { Accept: 'application/json' }), 404, 'not-found');
    }
    for (const [method, target] of [['POST', '/'], ['PUT', '/firms/x'], ['DELETE', '/healthz'], ['OPTIONS', '/'], ['POST', '/metrics']]) {
      const a = await ask(s, method, target);
      assert.equal(a.code, 405, `${method} ${target}`);
      assert.match(a.body, /<h1>허용되지 않는 방식입니다<\/h1>/);
    }
    assert_problem(await get(s, '/api/v1/match'), 405, 'method');
    assert_problem(await ask(s, 'PUT', '/api/v1/match', JSON_TYPE), 405, 'method');
    const as_json = { Accept: 'application/json' };
    const big = JSON.stringify({ title: 'x'.repeat(1 << 20), steps: [{ process: 'HEAT' }] });
    assert.equal((await ask(s, 'POST', '/api/v1/match', { ...JSON_TYPE, ...as_json, 'Content-Length': big.length })).code, 413);
    const fits = JSON.stringify({ title: 'x'.repeat((1 << 20) - 60), steps: [{ process: 'HEAT' }] });
    assert.equal((await post(s, fits)).code, 200);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', ''])
      assert.equal((await ask(s, 'POST', '/api/v1/match', { 'Content-Type': type, ...as_json }, needs[0])).code, 415, type);
    assert.equal((await ask(s, 'POST', '/api/v1/match', { 'Content-Type': 'application/json; charset=utf-8' }, needs[0])).code, 200);
  });

  test('the language: ?lang= first and remembered, then the cookie, then the browser, then Korean', async () => {
    const cases = [
      ['/how-ranking', {}, 'ko'],
      ['/how-ranking', { 'Accept-Language': 'en-GB,en;q=0.9,ko;q=0.5' }, 'en'],
      ['/how-ranking', { 'Accept-Language': 'fr,de' }, 'ko'],
      ['/how-ranking', { 'Accept-Language': 'ko-KR,en;q=0.9' }, 'ko'],
      ['/how-ranking', { Cookie: 'lang=en', 'Accept-Language': 'ko' }, 'en'],
      ['/how-ranking', { Cookie: 'lang=xx' }, 'ko'],
      ['/how-ranking?lang=en', { Cookie: 'lang=ko' }, 'en'],
      ['/how-ranking?lang=ko', { Cookie: 'lang=en' }, 'ko'],
      ['/how-ranking?lang=xx', { Cookie: 'lang=en' }, 'en'],
      ['/nowhere?lang=en', {}, 'en'],
    ];
    for (const [target, headers, lang] of cases) {
      const a = await get(s, target, headers);
      assert.equal(lang_of(a), lang, `${target} ${JSON.stringify(headers)}`);
      const cookie = a.headers['set-cookie'];
      if (/^\/how-ranking\?lang=(ko|en)/.test(target)) assert.match(cookie, new RegExp(`^lang=${lang}; .*Max-Age=31536000`));
      else assert.equal(cookie, undefined);
      if (cookie) assert.match(cookie, /HttpOnly/i);
    }
    // The other language is one link away and keeps what was typed.
    const a = await get(s, '/?process=%EB%8B%A8%EC%A1%B0&quantity=5&lang=ko');
    const link = /<a href="([^"]+)" lang="en"/.exec(a.body)[1].replaceAll('&amp;', '&');
    const b = await get(s, new URL(link, 'http://x/?process=1').pathname + new URL(link, 'http://x/').search);
    assert.equal(lang_of(b), 'en');
    assert.ok(b.body.includes('value="단조"') && b.body.includes('value="5"'));
  });

  test('files for browsers: kept for ever, compressed, 304 when known', async () => {
    const page = await get(s, '/');
    assert.equal(page.headers['cache-control'], 'no-store');
    const css = /<link rel="stylesheet" href="(\/assets\/ppuri\.[0-9a-f]{16}\.css)"/.exec(page.body)[1];
    const plain = await get(s, css);
    assert.equal(plain.code, 200);
    assert.equal(plain.headers['content-type'], 'text/css; charset=utf-8');
    assert.match(plain.headers['cache-control'], /max-age=31536000/);
    assert.match(plain.headers['cache-control'], /immutable/);
    // One file of many, in the order of the layers, with the pages behind the components and print last.
    const layers = [...plain.body.matchAll(/^@layer (\w+)\{/gm)].map((m) => m[1]);
    assert.deepEqual(layers.filter((l, i) => l !== layers[i - 1]), ['reset', 'tokens', 'base', 'layout', 'components', 'pages', 'print']);
    assert.ok(plain.body.startsWith('@layer reset,tokens,base,layout,components,pages,print;'));
    const source = plain.body;
    for (const encoding of ['gzip', 'br']) {
      const a = await get(s, css, { 'Accept-Encoding': encoding });
      assert.equal(a.headers['content-encoding'], encoding);
      assert.ok(Number(a.headers['content-length']) < source.length / 2);
      assert.match(a.headers.vary, /accept-encoding/i);
    }
    const tag = plain.headers.etag;
    assert.match(tag, /^"[^"]+"$/);
    const known = await get(s, css, { 'If-None-Match': tag });
    assert.equal(known.code, 304);
    assert.equal(known.body, '');
    assert.equal((await get(s, css, { 'If-None-Match': '"other"' })).code, 200);
    assert.equal((await ask(s, 'HEAD', css)).body, '');
    assert.equal((await get(s, css.replace(/\.[0-9a-f]{16}\./, '.0000000000000000.'))).code, 404);
  });

  test('every answer carries the safety headers', async () => {
    for (const target of ['/', '/nowhere', '/healthz', '/metrics', '/api/v1/firms/none', '/firms/DEMO-S001']) {
      const { headers } = await get(s, target);
      assert.match(headers['content-security-policy'], /default-src 'none'/);
      assert.doesNotMatch(headers['content-security-policy'], /unsafe/);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['referrer-policy'], 'same-origin');
      assert.match(headers['x-request-id'], /^[0-9a-f]{16}$/);
    }
  });

  // No tag of the hostile text, no quote that ends an attribute, no script address; and, as control, the text itself is there.
  function assert_escaped(body, what) {
    assert.doesNotMatch(body, /<img/i, what);
    assert.ok(!body.includes('onerror=alert(1)>'), what);
    assert.doesNotMatch(body, /(href|src|action)="\s*javascript:/i, what);
    const foreign = body.replaceAll(/<script type="module" src="\/assets\/[a-z]+\.[0-9a-f]{16}\.js"><\/script>/g, '');
    assert.doesNotMatch(foreign, /<\/textarea>\{\{|<script/i, what);
    for (const tag of body.match(/<[a-z][^>]*>/g)) assert.match(tag, /^<[a-z][a-z0-9]*(\s+[a-zA-Z-]+(="[^"<]*")?)*\s*\/?>$/, what);
  }

  test('hostile texts of a firm come out as texts on every page', async () => {
    const shown = '&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;';
    const ref = encodeURIComponent(hostile);
    for (const lang of ['ko', 'en']) {
      const firm = await get(s, `/firms/${ref}?lang=${lang}`);
      assert.equal(firm.code, 200);
      assert_escaped(firm.body, 'firm');
      for (const mark of ['O', 'S', 'A', 'T', 'G', 'X']) assert.ok(firm.body.includes(mark + shown), mark);
      const list = await get(s, `/?lang=${lang}&process=WELDING&words=${encodeURIComponent('onerror=alert')}`);
      assert.equal(list.code, 200);
      assert_escaped(list.body, 'results');
      assert.ok(list.body.includes(`O${shown}`) && list.body.includes(`S${shown}`));
      assert.ok(list.body.includes(`href="/firms/${ref.replace(/['()]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}"`), 'link to the firm');
    }
    const said = await get(s, `/api/v1/firms/${ref}`);
    assert.equal(said.headers['content-type'], 'application/json');
    assert.ok(!said.body.includes('<'));
    assert.deepEqual(JSON.parse(said.body).org, hostile_site.org);
    const answer = await post(s, JSON.stringify({ title: hostile, ref: hostile, steps: [{ process: 'WELDING', words: 'onerror=alert' }] }));
    assert.ok(!answer.body.includes('<'));
    assert.equal(JSON.parse(answer.body).need, hostile);
  });

  test('hostile texts in every field of the form come back as typed, with their errors', async () => {
    const fields = ['process', 'materials', 'size', 'mass_kg', 'quantity', 'due', 'certificates', 'deliver_to', 'max_km', 'tolerance', 'ra_um', 'hardness_scale', 'hardness_min', 'hardness_max', 'words'];
    const page = await get(s, `/?lang=en&${fields.map((f) => `${f}=${encodeURIComponent(hostile)}`).join('&')}`);
    assert.equal(page.code, 200);
    assert_escaped(page.body, 'form');
    const shown = 'value="&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;"';
    assert.ok(page.body.split(shown).length - 1 >= 14, `${page.body.split(shown).length - 1} fields kept`);
    const failed = (body, names) => {
      for (const f of names) assert.ok(body.includes(`href="#${f}"`) && body.includes(`id="${f}-error"`), f);
    };
    failed(page.body, ['mass_kg', 'quantity', 'due', 'max_km', 'ra_um', 'hardness_scale', 'hardness_min', 'hardness_max']);
    const words = ['process', 'materials', 'size', 'certificates', 'deliver_to', 'tolerance'];
    const second = await get(s, `/?lang=ko&${words.map((f) => `${f}=${encodeURIComponent(`<i>"${f}`)}`).join('&')}`);
    assert_escaped(second.body, 'words');
    failed(second.body, words);
    assert.doesNotMatch(page.body, /id="results"/);
    for (const target of [`/${encodeURIComponent(hostile)}`, `/?lang=${encodeURIComponent(hostile)}`, `/?${encodeURIComponent(hostile)}=1&process=x`, `/firms/${encodeURIComponent(hostile)}x`])
      assert_escaped((await get(s, target)).body, target);
    assert_escaped((await get(s, '/', { Cookie: `lang=${hostile}`, 'Accept-Language': hostile })).body, 'headers');
  });

  test('nothing that people typed is in the log', async () => {
    await get(s, '/?process=secretword&words=secretword');
    await post(s, '{"title":"secretword"}');
    assert.doesNotMatch(s.log(), /secretword|onerror/);
    assert.match(s.log(), /"route":"home_page","status":200/);
  });
});

describe('starting and stopping', () => {
  const db = new_sqlite();

  test('SIGTERM and SIGINT stop cleanly, a request in flight is answered', async () => {
    for (const signal of ['SIGTERM', 'SIGINT']) {
      const s = await serve(db);
      const body = '{"steps":[{"process":"HEAT"}]}';
      const c = open(s);
      await c.ready;
      const all = request('POST', '/api/v1/match', JSON_TYPE, body);
      await c.send(all.subarray(0, all.length - 10));
      await sleep(100);
      const ended = s.stop(signal);
      await sleep(100);
      await c.send(all.subarray(all.length - 10));
      const text = await c.until((t) => t.includes('"steps"'));
      assert.match(text, /^HTTP\/1\.1 200 /);
      const end = await ended;
      assert.deepEqual([end.code, end.signal], [0, null], end.log);
      await assert.rejects(open(s).ready, 'the port is free');
    }
  });

  test('killed without warning, it starts again with everything that was imported', async () => {
    const store = demo_store();
    const before_kill = good(['export', 'sites', '--db', store]);
    const s = await serve(store);
    await post(s, needs[0]);
    assert.equal((await s.stop('SIGKILL')).signal, 'SIGKILL');
    const again = await serve(store);
    assert.equal((await get(again, '/healthz')).code, 200);
    assert.equal((await again.stop()).code, 0);
    assert.equal(good(['export', 'sites', '--db', store]), before_kill);
  });

  test('listening beyond this machine needs TLS or a proxy, and the reason is said', async () => {
    for (const address of ['0.0.0.0:0', '[::]:0']) {
      const r = await serve(db, ['--listen', address]);
      assert.equal(r.code, 1);
      assert.match(r.refused, /TLS|proxy/i);
    }
    const behind = await serve(db, ['--listen', '0.0.0.0:0', '--behind-proxy']);
    assert.ok(behind.port, behind.refused);
    assert.equal((await get(behind, '/healthz')).code, 200);
    assert.equal((await behind.stop()).code, 0);
  });

  test('TLS: with a private key only, and then with HSTS', async () => {
    const key = path.join(dir, 'key.pem');
    const cert = path.join(dir, 'cert.pem');
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=localhost', '-days', '2', '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const flags = ['--tls-cert', cert, '--tls-key', key, '--listen', '0.0.0.0:0'];
    fs.chmodSync(key, 0o644);
    const open_key = await serve(db, flags);
    assert.equal(open_key.code, 1);
    assert.match(open_key.refused, /0600|mode|key/);
    fs.chmodSync(key, 0o600);
    const s = await serve(db, flags);
    assert.match(s.base ?? s.refused, /^https:/);
    const a = await ask(s, 'GET', '/', {}, '', { secure: true });
    assert.equal(a.code, 200);
    assert.match(a.headers['strict-transport-security'], /max-age=\d{8}/);
    assert.equal((await s.stop()).code, 0);
  });

  test('a port that is taken is refused with the reason', async () => {
    const s = await serve(db);
    const r = await serve(db, ['--listen', `127.0.0.1:${s.port}`]);
    assert.equal(r.code, 1);
    assert.match(r.refused, /ppuri: serve: .*\d/);
    await s.stop();
  });

  test('the name of the council is on every page', async () => {
    const s = await serve(db, ['--council-name', `부산 <협의체> & ${hostile}`]);
    const a = await get(s, '/');
    assert.match(a.body, /<title>[^<]*부산 &lt;협의체&gt; &amp; /);
    assert.doesNotMatch(a.body, /<협의체>|<img/);
    await s.stop();
  });
});

const listed = shared('suppliers/krx_listed_manufacturing.csv');

test('the list of listed makers, by HTTP: forging firms are found', { skip: listed ? false : 'the data beside the repository is not there' }, async () => {
  const db = new_sqlite();
  good(['import', 'sites', listed, '--db', db]);
  const s = await serve(db);
  const answer = JSON.parse((await post(s, '{"steps":[{"process":"FORMING.FORGING"}]}', '?top=200')).body);
  const firms = answer.steps[0].results.map((r) => r.org);
  const page = (await get(s, `/?process=${encodeURIComponent('단조')}`)).body;
  for (const firm of ['포메탈', '태웅']) {
    assert.ok(firms.includes(firm), firm);
    assert.ok(page.includes(`>${firm}</a>`), `${firm} on the page`);
  }
  await s.stop();
  assert.equal(run(['export', 'sites', '--db', db]).status, 0);
});
