// The page of a process counts what a plain reading of the demo counts: sites, capabilities, the heat map, limits, needs.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { ask } from './client.mjs';
import { demo_needs, demo_sites, demo_store, folder, good, lines, root, serve, stores, today, write } from '../product.mjs';

const order_rules = () => fs.readFileSync(path.join(root, 'vocab/order_rules.csv'), 'utf8').split('\n').slice(1).filter(Boolean).map((l) => ({ first: l.split(',')[0], then: l.split(',')[1] }));
const parse = (text) => text.trim().split('\n').map((l) => JSON.parse(l));
const below = (code, above) => code === above || code.startsWith(`${above}.`);

for (const [name, make] of stores) {
  describe(`on ${name}`, () => {
    let s;
    const sites = parse(demo_sites());
    before(async () => (s = await serve(demo_store(make))));
    after(async () => {
      const end = await s.stop();
      assert.equal(end.code, 0, end.log);
      assert.doesNotMatch(end.log, /"level":"error"/);
    });
    const page = async (code, lang = 'ko') => {
      const answer = await ask(s, 'GET', `/processes/${code}?lang=${lang}`);
      assert.equal(answer.code, 200);
      return answer.body;
    };

    test('sites, capabilities, and each with its best', async () => {
      for (const code of ['HEAT', 'HEAT.VACUUM', 'MACHINING', 'SURFACE.PLATING']) {
        const able = sites.filter((x) => (x.capabilities ?? []).some((c) => below(c.process, code)));
        const capabilities = sites.flatMap((x) => x.capabilities ?? []).filter((c) => below(c.process, code));
        const html = await page(code);
        assert.ok(html.includes(`사업장 ${able.length}곳이 역량 ${capabilities.length}건을 밝혔습니다.`), `${code}: ${able.length} ${capabilities.length}`);
        const shown = [...html.matchAll(/<h3><a href="\/firms\/([^"]+)"/g)].map((m) => m[1]);
        assert.equal(shown.length, Math.min(12, able.length));
        assert.equal(new Set(shown).size, shown.length, 'a site twice');
        for (const ref of shown) assert.ok(able.some((x) => x.site.ref === ref), ref);
      }
    });

    test('its class in the law and the order rules that it has a part in', async () => {
      const rules = order_rules();
      for (const [code, law] of [['HEAT.VACUUM', '기반 공정기술'], ['SURFACE.ANODIZING', '기반 공정기술'], ['MACHINING', '차세대 공정기술'], ['SOFTWARE', '차세대 공정기술'], ['INSPECTION', null]]) {
        const html = await page(code);
        assert.equal(html.match(/뿌리산업법의 (\S+ 공정기술)/)?.[1] ?? null, law, code);
        const mine = rules.filter((r) => below(code, r.first) || below(code, r.then));
        const shown = [...html.matchAll(/<div><dt><a href="\/processes\/([^"]+)">[^<]+<\/a> → <a href="\/processes\/([^"]+)"/g)].map((m) => `${m[1]} ${m[2]}`);
        assert.deepEqual(shown, mine.slice(0, 8).map((r) => `${r.first} ${r.then}`), code);
      }
      assert.match(await page('SURFACE.ANODIZING', 'en'), /The anodic film prevents sound welds/);
    });

    test('the heat map has every count, and names what nobody works', async () => {
      const html = await page('HEAT');
      const rows = [...html.matchAll(/<tr><th scope="row"><a href="\/processes\/([^"]+)">[^<]*<\/a><\/th><td class="end">(\d+)<\/td>/g)].map((m) => [m[1], Number(m[2])]);
      assert.ok(rows.length > 5);
      for (const [code, n] of rows)
        assert.equal(n, sites.filter((x) => (x.capabilities ?? []).some((c) => below(c.process, code))).length, code);
      const steel = /<th scope="col" class="end">철강재<\/th>/.test(html);
      assert.ok(steel);
      const vacuum = /<a href="\/processes\/HEAT\.VACUUM">[^]*?<\/tr>/.exec(html)[0];
      const first = Number(/heat-\d">(\d+)/.exec(vacuum)[1]);
      assert.equal(first, sites.filter((x) => (x.capabilities ?? []).some((c) => below(c.process, 'HEAT.VACUUM') && (c.materials ?? []).some((m) => below(m, 'STEEL')))).length);
      assert.match(html, /아직 아무도 밝히지 않은 재질: /);
    });

    test('needs that ask for it, in English too', async () => {
      const needs = parse(demo_needs()).filter((n) => n.steps.some((x) => below(x.process, 'HEAT.VACUUM')) && (!n.due || n.due >= today));
      const html = await page('HEAT.VACUUM', 'en');
      assert.match(html, /Vacuum heat treatment/);
      const shown = [...html.matchAll(/<li><a href="\/needs\/([^"?]+)/g)].map((m) => m[1]);
      assert.equal(shown.length, Math.min(10, needs.length));
      for (const ref of shown) assert.ok(needs.some((n) => n.ref === ref), ref);
      assert.match(html, /How big, how fine, how fast/);
    });

    test('a firm stands among those of its field with its own best values', async () => {
      const firm = sites.find((x) => (x.capabilities ?? []).filter((c) => below(c.process, 'HEAT') && c.size_mm).length > 1);
      const heat = firm.capabilities.filter((c) => below(c.process, 'HEAT'));
      const html = (await ask(s, 'GET', `/firms/${firm.site.ref}?lang=ko`)).body;
      const proofs = ['업체가 적음', '문서로 확인', '방문해 확인', '거래로 확인'];
      const order = [...html.matchAll(/<h3><a href="\/processes\/[^>]+>[^<]+<\/a>(?: <span class="small soft">([^<]+)<)?/g)].map((m) => proofs.indexOf(m[1]));
      assert.deepEqual(order, [...order].sort((a, b) => b - a), 'strongest evidence first');
      const size = Math.max(...heat.flatMap((c) => c.size_mm ?? []));
      const able = sites.filter((x) => (x.capabilities ?? []).some((c) => below(c.process, 'HEAT') && c.size_mm));
      assert.match(html, new RegExp(`가장 큰 치수 <b>${size.toLocaleString('en')} mm</b> <span class="soft">사업장 ${able.length}곳`));
      assert.equal((html.match(/class="dot own"/g) ?? []).length, (html.match(/<figcaption>[^<]* <b>/g) ?? []).length);
      const days = Math.min(...heat.map((c) => c.lead_days ?? Infinity));
      if (Number.isFinite(days)) assert.match(html, new RegExp(`가장 짧은 납기 <b>${days}일</b>`));
    });

    test('many sites make a picture of the same size', async () => {
      const many = Array.from({ length: 150 }, (_, i) => ({ org: { name: `많은업체${i}` }, site: { ref: `MANY-${i}`, name: '본사' }, capabilities: [{ ref: `MANY-C${i}`, process: 'FORMING.EXPLOSIVE', size_mm: [100 + i, 50], lead_days: 5 }] }));
      const other = make();
      good(['import', 'sites', write(folder(), 'many.jsonl', lines(many)), '--db', other]);
      const o = await serve(other);
      const html = (await ask(o, 'GET', '/processes/FORMING.EXPLOSIVE?lang=ko')).body;
      assert.match(html, /가장 큰 치수 <span class="soft">사업장 150곳/);
      assert.equal((html.match(/class="others"/g) ?? []).length, 2, 'size and lead time');
      assert.doesNotMatch(html, /<title>많은업체/);
      assert.ok((/class="others" d="([^"]+)"/.exec(html)[1].match(/M/g) ?? []).length <= 301);
      assert.match(html, /나머지 138곳도 보기/);
      assert.equal((await o.stop()).code, 0);
    });

    test('a process that nobody does says so; no process is not found', async () => {
      const html = await page('FORMING.EXPLOSIVE');
      assert.match(html, /아직 이 공정을 할 수 있다고 밝힌 곳이 없습니다/);
      assert.match(html, /지금 이 공정을 찾는 열린 수요는 없습니다/);
      assert.equal((await ask(s, 'GET', '/processes/NO.SUCH')).code, 404);
      const moved = await ask(s, 'GET', '/vocab/processes/HEAT.VACUUM?lang=ko');
      assert.match(moved.body, /href="\/processes\/HEAT\.VACUUM"/);
      const firm = await ask(s, 'GET', '/firms/DEMO-S001?lang=ko');
      assert.match(firm.body, /<h3><a href="\/processes\//);
    });
  });
}
