// Pages as they are sent: kept ones are those that would be made anew, in gzip or plain, with tokens of the visitor's own.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { demo_store, folder, good, lines, serve, sleep, stores, write } from '../product.mjs';
import { WEIGHT_MAX, get, unpacked, weights } from '../weights.mjs';

const GZIP = { 'Accept-Encoding': 'gzip' };
const cookie_of = (a) => a.headers['set-cookie']?.find((c) => c.startsWith('ppuri='))?.split(';')[0];
const tokens = (html) => ({ csrf: /name="csrf" value="(\w+)"/.exec(html)?.[1], key: /name="key" value="(\w+)"/.exec(html)?.[1] });
const without_tokens = (html) => html.replace(/(name="(?:csrf|key)" value=")\w+/g, '$1');

for (const [name, make] of stores) {
  describe(`on ${name}`, () => {
    let db;
    let s;
    before(async () => {
      db = demo_store(make);
      s = await serve(db);
    });
    after(async () => assert.equal((await s.stop()).code, 0));

    test('a page is the same plain and in gzip, the first time and kept', async () => {
      for (const target of ['/', '/?process=FORGING', '/firms', '/firms/DEMO-S001', '/needs', '/needs/DEMO-N01', '/processes/HEAT', '/vocab', '/read']) {
        const plain = await get(s.base, target);
        assert.equal(plain.code, 200, target);
        assert.equal(plain.headers['content-encoding'], undefined);
        assert.equal(plain.headers.vary, 'Accept-Encoding');
        for (let i = 0; i < 3; i++) {
          const packed = await get(s.base, target, GZIP);
          assert.equal(packed.headers['content-encoding'], 'gzip', target);
          assert.ok(packed.body.length < plain.body.length / 2, target);
          assert.equal(without_tokens(unpacked(packed).toString()), without_tokens(plain.body.toString()), target);
          assert.equal(without_tokens((await get(s.base, target)).body.toString()), without_tokens(plain.body.toString()), target);
        }
      }
    });

    test('every visitor has tokens of their own, and they work', async () => {
      const a = await get(s.base, '/?process=FORGING', GZIP);
      const b = await get(s.base, '/?process=FORGING', GZIP);
      const [x, y] = [a, b].map((page) => tokens(unpacked(page).toString()));
      assert.match(x.csrf, /^[0-9a-f]{128}$/);
      assert.match(x.key, /^[0-9a-f]{32}$/);
      assert.notEqual(x.csrf, y.csrf);
      assert.notEqual(x.key, y.key);
      assert.notEqual(cookie_of(a), cookie_of(b));
      const read = (cookie, csrf) =>
        fetch(`${s.base}/read`, { method: 'POST', headers: { Cookie: cookie, 'Content-Type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ csrf, text: 'SCM440 단조 50개' }) });
      assert.equal((await read(cookie_of(b), y.csrf)).status, 200);
      assert.equal((await read(cookie_of(b), x.csrf)).status, 403);
      const z = tokens((await get(s.base, '/?process=FORGING', { Cookie: cookie_of(b) })).body.toString());
      assert.notEqual(z.csrf, y.csrf);
      assert.notEqual(z.key, y.key);
      assert.equal((await read(cookie_of(b), z.csrf)).status, 200);
    });

    test('what has changed is shown within a second, and stays', async () => {
      const site = (text) => [{ org: { name: '변하는 업체' }, site: { ref: 'CHANGING', name: '본사' }, capabilities: [{ ref: 'C1', process: 'MOLD', text }] }];
      const shows = async (target, text) => {
        for (let i = 0; i < 50; i++) {
          if ((await get(s.base, target)).body.toString().includes(text)) return true;
          await sleep(20);
        }
        return false;
      };
      for (const text of ['첫 번째 설명', '두 번째 설명', '세 번째 설명']) {
        good(['import', 'sites', write(folder(), 'one.jsonl', lines(site(text))), '--db', db]);
        assert.ok(await shows('/firms/CHANGING', text), text);
        assert.ok((await get(s.base, '/firms/CHANGING')).body.toString().includes(text), text);
      }
      assert.ok(await shows('/firms?words=%EB%B3%80%ED%95%98%EB%8A%94', '변하는 업체'));
    });

    test('the first page shows the needs that are due soonest, and how many sites do what', async () => {
      const home = (await get(s.base, '/')).body.toString();
      const board = (await get(s.base, '/needs')).body.toString();
      const refs = (html) => [...html.matchAll(/href="\/needs\/(DEMO-N\d+)"/g)].map((m) => m[1]);
      assert.equal(refs(home).length, 6);
      assert.deepEqual(refs(home), refs(board).slice(0, 6));
      assert.match(home, /열린 수요 42건 모두 보기/);
      const counts = [...home.matchAll(/href="\/processes\/([A-Z]+)"><span>([^<]+)<\/span> <b>(\d+)<\/b>/g)];
      assert.ok(counts.length > 10, `${counts.length}`);
      for (const [, code, name, count] of counts.slice(0, 4)) {
        const firms = (await get(s.base, `/firms?process=${code}`)).body.toString();
        assert.ok(new RegExp(`(^|[^\\d])${count}(곳|건|개사)`).test(firms), `${name}: ${count}`);
      }
    });

    test('languages do not mix', async () => {
      for (const [lang, word] of [['ko', '무엇을 만들어야 하나요'], ['en', 'What do you need made']])
        for (let i = 0; i < 2; i++) assert.ok((await get(s.base, '/', { 'Accept-Language': lang })).body.toString().includes(word), lang);
    });
  });
}

describe('lengths', () => {
  let s;
  before(async () => (s = await serve(demo_store())));
  after(async () => assert.equal((await s.stop()).code, 0));

  test('a visitor whom another site sends is not answered in gzip', async () => {
    const cookie = cookie_of(await get(s.base, '/'));
    const encoding = async (site, with_cookie = true) =>
      (await get(s.base, '/', { ...GZIP, 'Sec-Fetch-Site': site, ...(with_cookie ? { Cookie: cookie } : {}) })).headers['content-encoding'];
    assert.equal(await encoding('cross-site'), undefined);
    assert.equal(await encoding('same-site'), undefined);
    assert.equal(await encoding('same-origin'), 'gzip');
    assert.equal(await encoding('none'), 'gzip');
    assert.equal(await encoding('cross-site', false), 'gzip');
  });

  test('the home page weighs less than 60 KiB', async () => {
    const w = await weights(s.base);
    assert.ok(w.bytes < WEIGHT_MAX && w.encoding === 'gzip', `${w.bytes} ${w.encoding}`);
  });
});
