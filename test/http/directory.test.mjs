// GET /firms on both stores: counts are those of the lists they lead to, filters hold together, pages follow one another, map.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { ask } from './client.mjs';
import { demo_sites, demo_store, folder, good, hostile, hostile_site, lines, serve, sleep, stores, write } from '../product.mjs';

// Regions that changed since the boundaries were drawn.
const moved = ['KR.28.155', 'KR.27.720'].map((region, i) => ({ org: { name: `옮긴 업체 ${i}` }, site: { ref: `MOVED${i}`, name: '본사', region } }));
const sites = demo_sites().trim().split('\n').map((l) => JSON.parse(l));
const under = (code, above) => code === above || code.startsWith(`${above}.`);

for (const [name, make] of stores) {
  describe(`on ${name}`, () => {
    let s, db;
    before(async () => {
      db = demo_store(make);
      good(['import', 'sites', write(folder(), 'more.jsonl', lines([hostile_site, ...moved])), '--db', db]);
      s = await serve(db);
    });
    after(async () => {
      const end = await s.stop();
      assert.equal(end.code, 0, `${end.signal}\n${end.log}`);
    });

    const page = async (query) => {
      const a = await ask(s, 'GET', `/firms${query}`);
      assert.equal(a.code, 200);
      return a.body;
    };
    const total = (body) => Number(/<h2 id="found-title">사업장 ([\d,]+)곳/.exec(body)[1].replace(',', ''));
    const rows = (body) => [...body.matchAll(/<th scope="row"><a href="\/firms\/([^"?]+)/g)].map((m) => m[1]);

    test('the number of a process and a region is what the demo file says', async () => {
      assert.equal(total(await page('')), sites.length + 3);
      const heat = sites.filter((x) => x.capabilities.some((c) => under(c.process, 'HEAT')));
      assert.ok(heat.length > 5);
      assert.equal(total(await page('?process=HEAT')), heat.length);
      const there = heat.filter((x) => under(x.site.region ?? '', 'KR.30'));
      assert.equal(total(await page('?process=HEAT&region=KR.30')), there.length);
    });

    test('every count beside a choice is the length of the list behind it', async () => {
      const body = await page('?process=HEAT');
      const choices = [...body.matchAll(/<li><a href="(\/firms\?[^"]+)">[^<]+<\/a> <span class="small soft">([\d,]+)<\/span>/g)];
      assert.ok(choices.length > 20);
      for (const [, url, count] of choices.filter((c, i) => i % 5 === 0)) {
        const next = await page(url.replaceAll('&amp;', '&').slice('/firms'.length));
        assert.equal(total(next), Number(count.replace(',', '')), url);
      }
    });

    test('the tree of processes holds two levels with the numbers of the demo file, and a third around the choice', async () => {
      const links = (body) => new Map([...body.matchAll(/<li><a href="\/firms\?process=([A-Z0-9._]+)"(?: aria-current="true")?>[^<]+<\/a> <span class="small soft">([\d,]+)</g)].map((m) => [m[1], Number(m[2])]));
      const able = (code) => sites.filter((x) => x.capabilities.some((c) => under(c.process, code))).length;
      const codes = new Set(sites.flatMap((x) => x.capabilities.map((c) => c.process)));
      const tree = links(await page(''));
      for (const code of codes) {
        const [top, second] = code.split('.');
        for (const above of second ? [top, `${top}.${second}`] : [top]) {
          if (['WELDING', 'ASSEMBLY', 'MOLD'].includes(top)) continue;
          assert.equal(tree.get(above), able(above), above);
        }
      }
      assert.ok([...tree.keys()].every((code) => code.split('.').length <= 2));
      const chosen = await page('?process=HEAT.VACUUM');
      assert.match(chosen, /<a href="\/firms\?process=HEAT.VACUUM" aria-current="true">/);
      assert.equal((chosen.match(/<details open><summary><b>/g) ?? []).length, [...codes].some((c) => c.startsWith('HEAT.VACUUM.')) ? 2 : 1);
      assert.deepEqual([...links(chosen)].filter(([code]) => code.split('.').length < 3), [...tree], 'the numbers leave the choice of process out');
    });

    test('a size keeps who takes a part so large, and says what dropping it brings', async () => {
      const able = (least) => sites.filter((x) => x.capabilities.some((c) => under(c.process, 'HEAT') && Math.max(0, ...(c.size_mm ?? [])) >= least)).length;
      const body = await page('?process=HEAT&size=1000');
      assert.ok(able(1000) > 1);
      assert.equal(total(body), able(1000));
      assert.match(body, /<summary>할 수 있는 크기: <b>1,000 mm 이상<\/b>/);
      assert.match(body, new RegExp(`size=2000">2,000 mm 이상</a> <span class="small soft">${able(2000)}<`));
      assert.match(body, /<input type="hidden" name="size" value="1000">/);
      assert.equal(total(await page('?process=HEAT&size=17')), able(0), 'a size that is not offered is none');
      const none = await page('?process=HEAT&size=5000&words=zzz');
      assert.match(none, /5,000 mm 이상 조건을 빼면 0곳이 나옵니다/);
    });

    test('pages follow one another and show every site once, in order', async () => {
      for (const start of ['', '?sort=deals']) {
        const seen = [], names = [], deals = [];
        for (let next = start; next !== undefined; ) {
          const body = await page(next);
          seen.push(...rows(body));
          names.push(...[...body.matchAll(/<th scope="row"><a href="\/firms\/[^>]+>([^<]+)<\/a>/g)].map((m) => m[1]));
          deals.push(...[...body.matchAll(/<td class="end"[^>]*>([\d,]+)건<\/td>/g)].map((m) => Number(m[1].replace(',', ''))));
          next = /<a class="button" href="\/firms(\?[^"]+)" rel="next">/.exec(body)?.[1].replaceAll('&amp;', '&');
        }
        assert.equal(seen.length, sites.length + 3);
        assert.equal(new Set(seen).size, seen.length);
        assert.equal(deals.length, seen.length);
        const plain = names.filter((n) => /^[가-힣]/.test(n));
        if (start) assert.deepEqual(deals, [...deals].sort((a, b) => b - a));
        else assert.deepEqual(plain, [...plain].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
      }
    });

    test('an empty list names the filter to drop, with its number', async () => {
      const body = await page('?process=HEAT&words=zzz');
      const heat = sites.filter((x) => x.capabilities.some((c) => under(c.process, 'HEAT'))).length;
      assert.match(body, new RegExp(`<a href="/firms\\?process=HEAT">이름 “zzz” 조건을 빼면 ${heat}곳이 나옵니다</a>`));
      assert.match(body, /열처리 조건을 빼면 0곳이 나옵니다/);
    });

    test('the map has the regions of today and their numbers', async () => {
      const body = await page('?view=map');
      const here = [...sites, hostile_site].filter((x) => under(x.site.region ?? '', 'KR.30')).length;
      assert.match(body, new RegExp(`<title>대전광역시 ${here}곳</title>`));
      assert.match(body, /<title>전남광주통합특별시 \d+곳<\/title>/);
      const incheon = await page('?view=map&region=KR.28');
      for (const gu of ['제물포구', '영종구', '서해구']) assert.match(incheon, new RegExp(`<title>인천 ${gu} ${gu === '영종구' ? 1 : 0}곳</title>`));
      assert.match(await page('?view=map&region=KR.27'), /<title>대구 군위군 1곳<\/title>/);
      assert.match((await ask(s, 'GET', '/firms?view=map&lang=en')).body, /<title>Daejeon: \d+ sites<\/title>/);
    });

    test('a firm says its best proven process, its deals and its region', async () => {
      const rank = ['self', 'document', 'visited', 'deal'];
      const site = sites.find((x) => x.org.all_deals > 0 || x.track?.all > 0 || x.capabilities.some((c) => c.evidence === 'visited'));
      assert.ok(site);
      const { body } = await ask(s, 'GET', `/firms/${site.site.ref}`);
      const best = Math.max(...site.capabilities.map((c) => rank.indexOf(c.evidence ?? '')));
      assert.ok(best >= 0);
      assert.ok(body.includes(`<span class="small soft">${['업체가 적음', '문서로 확인', '방문해 확인', '거래로 확인'][best]}</span>`));
      assert.match(body, /건 가운데 \d+건이 잘 끝났습니다|아직 기록된 거래가 없습니다/);
      assert.ok(body.includes(`href="/firms?region=${site.site.region}"`));
    });

    test('a cursor that is forged, of another list or stale is refused with what to do, and nothing of the list', async () => {
      const next = (body) => /after=([\w-]+)[^"]*" rel="next"/.exec(body)?.[1];
      const all_next = next(await page('')), heat = (await page('?process=MACHINING'));
      assert.ok(all_next && next(heat) && all_next !== next(heat));
      assert.ok(!heat.includes('after=DEMO'));
      // The last of a page, then gone from the list.
      const gone = Buffer.from(all_next, 'base64url').subarray(16).toString();
      assert.ok(rows(await page('')).at(-1) === encodeURIComponent(gone), 'it says the last row of its page');
      const bad = [
        ['forged', `?after=${all_next.slice(0, -1)}${all_next.endsWith('A') ? 'B' : 'A'}`],
        ['made up', '?after=NOBODY'],
        ['a bare reference', `?after=${gone}`],
        ['of a wider list', `?process=MACHINING&after=${all_next}`],
        ['of a narrower list', `?after=${next(heat)}`],
        ['of another order', `?sort=deals&after=${all_next}`],
      ];
      for (const [what, query] of bad) {
        for (const lang of ['ko', 'en']) {
          const a = await ask(s, 'GET', `/firms${query}&lang=${lang}`);
          assert.equal(a.code, 400, what);
          assert.match(a.body, lang === 'ko' ? /이 쪽은 더 이어 볼 수 없습니다/ : /This page cannot be continued/);
          assert.match(a.body, lang === 'ko' ? /목록 처음부터 보기/ : /See the list from its beginning/);
          assert.equal(rows(a.body).length, 0, `${what}: nothing of the list`);
          const begin = /<a class="button primary" href="([^"]+)"/.exec(a.body)[1].replaceAll('&amp;', '&');
          assert.equal(new URL(begin, 'http://x').searchParams.get('process'), new URL(`http://x/${query}`).searchParams.get('process'), 'the filters stay');
          assert.equal((await ask(s, 'GET', begin)).code, 200);
        }
        const json = await ask(s, 'GET', `/firms${query}`, { Accept: 'application/json' });
        assert.equal(json.code, 400);
        assert.match(json.headers['content-type'], /application\/problem\+json/);
        const { errors } = JSON.parse(json.body);
        assert.deepEqual(errors.map((e) => [e.field, e.code]), [['after', 'cursor']]);
      }
      // Good in the other language, and with the view of the map, which has no pages.
      assert.match((await ask(s, 'GET', `/firms?after=${all_next}&lang=en`)).body, /<h2 id="found-title">/);
    });

    test('a cursor whose firm has gone is stale', async () => {
      const file = [...sites, hostile_site, ...moved];
      const after = /after=([\w-]+)[^"]*" rel="next"/.exec(await page(''))[1];
      const ref = Buffer.from(after, 'base64url').subarray(16).toString();
      assert.equal((await ask(s, 'GET', `/firms?after=${after}`)).code, 200);
      good(['import', 'sites', write(folder(), 'less.jsonl', lines(file.filter((x) => x.site.ref !== ref))), '--complete', '--db', db]);
      await sleep(600);
      const a = await ask(s, 'GET', `/firms?after=${after}`);
      assert.equal(a.code, 400);
      assert.match(a.body, /이어 보던 줄이 목록에서 빠졌거나/);
      good(['import', 'sites', write(folder(), 'again.jsonl', lines(file.filter((x) => x.site.ref === ref))), '--db', db]);
      await sleep(600);
      assert.equal((await ask(s, 'GET', `/firms?after=${after}`)).code, 200);
    });

    test('hostile texts are texts; unknown codes are no error', async () => {
      const body = await page(`?words=${encodeURIComponent(hostile)}`);
      assert.doesNotMatch(body, /<img/);
      assert.match(body, /&lt;img/);
      assert.doesNotMatch(await page(''), /<img/);
      assert.equal(total(await page('?process=NOPE&sort=x&view=y')), sites.length + 3);
    });
  });
}
