// The page of a firm: what it can prove, where it is, and which open needs suit it, as the engine's own answer says of each.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { ask } from './client.mjs';
import { demo_needs, demo_sites, demo_store, folder, good, lines, serve, stores, today, write } from '../product.mjs';

const parse = (text) => text.trim().split('\n').map((l) => JSON.parse(l));
const classes = ['meets', 'ask', 'near'];

// Of each need and site the best class over all steps.
async function fits_by_site(s, needs) {
  const all = new Map();
  for (const need of needs) {
    const { code, body } = await ask(s, 'POST', '/api/v1/match?top=200', { 'Content-Type': 'application/json' }, JSON.stringify(need));
    assert.equal(code, 200, body);
    for (const step of JSON.parse(body).steps)
      for (const row of [...step.results, ...step.near]) {
        const of_site = all.get(row.site) ?? all.set(row.site, new Map()).get(row.site);
        const rank = classes.indexOf(row.class);
        assert.ok(rank >= 0, row.class);
        of_site.set(need.ref, Math.min(rank, of_site.get(need.ref) ?? 9));
      }
  }
  return all;
}

for (const [name, make] of stores) {
  describe(`on ${name}`, () => {
    let s;
    const sites = parse(demo_sites());
    const needs = parse(demo_needs()).filter((n) => !n.due || n.due >= today);
    const many = {
      org: { name: '여러 일 하는 곳' },
      site: { ref: 'MANY', name: '본사' },
      capabilities: ['MOLD', 'HEAT.VACUUM', 'FORMING.FORGING', 'WELDING', 'MACHINING', 'SURFACE.PLATING'].map((process) => ({ process, text: `일 ${process}` })),
    };
    before(async () => {
      const db = demo_store(make);
      good(['import', 'sites', write(folder(), 'many.jsonl', lines([many])), '--db', db]);
      s = await serve(db);
    });
    after(async () => assert.equal((await s.stop()).code, 0));
    const page = async (ref, lang = 'ko') => {
      const answer = await ask(s, 'GET', `/firms/${ref}?lang=${lang}`);
      assert.equal(answer.code, 200);
      return answer.body;
    };

    test('open needs that suit it are those the engine finds for it', async () => {
      const all = await fits_by_site(s, needs);
      let seen = 0;
      for (const { site } of sites.slice(0, 60)) {
        const html = await page(site.ref);
        const fits = all.get(site.ref);
        if (!fits) {
          assert.ok(html.includes(`열린 수요 ${needs.length}건 가운데 이 사업장의 공정을 찾는 것은 없습니다.`), site.ref);
          continue;
        }
        const count = classes.map((_, i) => [...fits.values()].filter((rank) => rank === i).length);
        const section = html.slice(html.indexOf('id="fits-title"'));
        const shown = ['충족', '확인 필요', '아깝게 탈락'].map((label) => Number(section.match(new RegExp(`${label} (\\d+)</span>`))[1]));
        assert.deepEqual(shown, count, site.ref);
        const refs = [...section.matchAll(/<li><a href="\/needs\/([^"?]+)/g)].map((m) => m[1]);
        assert.equal(refs.length, Math.min(8, fits.size), site.ref);
        const ranks = refs.map((ref) => fits.get(ref));
        assert.deepEqual(ranks, [...ranks].sort(), `${site.ref}: the best first`);
        seen += refs.length;
      }
      assert.ok(seen > 50, `${seen}`);
    });

    test('what is to be confirmed is said, counted, and gone when the firm states it', async () => {
      for (const { site } of sites) {
        const html = await page(site.ref);
        const asked = html.match(/확인할 것: ([^<]+)</);
        if (!asked) continue;
        const gaps = html.match(/바로 가릴 수 있는 것: (.*?)<\/p>/s);
        assert.ok(gaps, site.ref);
        const [, label, n] = gaps[1].match(/<b>([^<]+)<\/b> \(수요 (\d+)건\)/);
        const section = html.slice(html.indexOf('id="fits-title"'));
        assert.ok(Number(n) >= 1);
        assert.ok(section.includes(`${label}`), label);
        const english = await page(site.ref, 'en');
        assert.match(english, /to confirm: /);
        assert.match(english, /What this site could tell to settle them: <b>/);
        return;
      }
      assert.fail('no firm has anything to confirm');
    });

    test('its place is a point on the map of its province, with the sites of each district', async () => {
      const one = sites.find((x) => x.site.region === 'KR.30.200' && x.site.lat);
      assert.ok(one);
      const html = await page(one.site.ref);
      const here = sites.filter((x) => x.site.region === 'KR.30.200').length;
      assert.ok(here > 5);
      assert.ok(html.includes(`aria-label="대전 유성구 ${here}곳"`));
      assert.match(html, /<circle class="point"/);
      const nowhere = sites.find((x) => !x.site.lat);
      if (nowhere) assert.doesNotMatch(await page(nowhere.site.ref), /<circle class="point"/);
    });

    test('the first four capabilities are open, the others folded, none is lost', async () => {
      const html = await page('MANY');
      assert.equal((html.match(/<article class="panel">/g) ?? []).length, 6);
      const fold = html.indexOf('<summary>다른 역량 2건</summary>');
      assert.ok(fold > 0);
      assert.equal((html.slice(0, fold).match(/<article class="panel">/g) ?? []).length, 4);
      for (const c of many.capabilities) assert.ok(html.includes(c.text), c.text);
    });

    test('what it does best leads to the others who do it', async () => {
      const html = await page('DEMO-S001');
      const find = html.match(/<a class="button primary" href="([^"]+)">같은 일을 하는 곳과 견주기/)[1].replaceAll('&amp;', '&');
      const answer = await ask(s, 'GET', find);
      assert.equal(answer.code, 200);
      assert.ok(answer.body.includes('/firms/DEMO-S001'), find);
    });
  });
}
