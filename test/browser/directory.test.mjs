// The firms, a firm, a process and the needs board by keyboard alone: filters and their counts, pages, the map, empty lists; what is
// shown is what the demo's files say.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { demo_needs, demo_sites, today } from '../product.mjs';
import { axe_found, langs, open_page, start_all, widths } from './browser.mjs';

let all;
before(async () => (all = await start_all()));
after(() => all.stop());

const parse = (text) => text.trim().split('\n').map((l) => JSON.parse(l));
const sites = parse(demo_sites());
const needs = parse(demo_needs()).filter((n) => !n.due || n.due >= today);
const below = (code, above) => code === above || (code ?? '').startsWith(`${above}.`);
const does = (site, process) => site.capabilities.some((c) => below(c.process, process));
const heat = sites.filter((s) => does(s, 'HEAT'));
const vacuum = sites.filter((s) => does(s, 'HEAT.VACUUM'));
const here = heat.filter((s) => below(s.site.region, 'KR.30'));
const others = 3; // what start_all adds to the demo

const words = {
  ko: { process: '공정', heat: '열처리', vacuum: '진공 열처리', all_heat: '열처리 전체', region: '지역', place: '대전', map: '지도로 보기', none: '이 조건을 모두 갖춘 기업이 없습니다.', drop: '이름 “zzz” 조건을 빼면', list: '기업 목록에서 보기', needs_none: '고른 조건에 맞는 열린 수요가 없습니다.', filter: '거르기' },
  en: { process: 'Process', heat: 'Heat treatment', vacuum: 'Vacuum heat treatment', all_heat: 'All of Heat treatment', region: 'Region', place: 'Daejeon', map: 'Show on a map', none: 'No firm matches all of these filters.', drop: 'Without the name “zzz”', list: 'In the directory', needs_none: 'No open need fits what you chose.', filter: 'Filter' },
};

const number = (text) => Number(/[\d,]+/.exec(text)[0].replaceAll(',', ''));
const total = async (page) => number(await page.locator('#found-title').innerText());
const rows = (page) => page.locator('main tbody th a[href^="/firms/"]');

async function clean(page, js) {
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `nothing sticks out: ${page.url()}`);
  if (js) assert.deepEqual(await axe_found(page), [], page.url());
}

// Presses Tab until the element has the focus, which must then be seen.
async function tab_to(page, locator, most = 300) {
  const wanted = await locator.first().elementHandle();
  assert.ok(wanted);
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    if (!(await wanted.evaluate((e) => document.activeElement === e))) continue;
    const seen = await wanted.evaluate((e) => {
      const style = getComputedStyle(e), area = e.querySelector('.area');
      return e.checkVisibility() && (style.outlineStyle !== 'none' || style.boxShadow !== 'none' || (area && getComputedStyle(area).strokeWidth !== '0.6px'));
    });
    assert.ok(seen, `the focus is seen on ${await wanted.evaluate((e) => e.outerHTML.slice(0, 120))}`);
    return;
  }
  throw new Error(`Tab does not reach ${locator}`);
}

async function enter(page, locator, to) {
  await tab_to(page, locator);
  const from = page.url();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href !== from && (!to || to.test(url.href)));
  await page.waitForLoadState();
}

const facet = (page, title) => page.locator('.facet').filter({ has: page.locator('> summary', { hasText: new RegExp(`^${title}(?:$|:)`) }) });

async function open(page, details) {
  if ((await details.getAttribute('open')) !== null) return;
  await tab_to(page, details.locator('> summary'));
  await page.keyboard.press('Enter');
}

// Opens a filter, and in the tree of processes what the choice lies in, and takes the choice, whose number is given back.
async function choose(page, title, name, inside) {
  const box = facet(page, title);
  await open(page, box);
  if (inside) await open(page, box.locator('details').filter({ has: page.locator('> summary', { hasText: new RegExp(`^${inside} `) }) }).first());
  const link = box.locator('li > a').filter({ hasText: new RegExp(`^${name}$`) });
  const count = number(await link.locator('+ span').innerText());
  await enter(page, link);
  assert.equal(await total(page), count, `${name}: the number beside the choice is that of the list`);
  return count;
}

async function walk(page) {
  const seen = [];
  for (;;) {
    seen.push(...(await rows(page).evaluateAll((found) => found.map((a) => decodeURIComponent(a.pathname.split('/')[2])))));
    const next = page.locator('.pager a[rel=next]');
    if (!(await next.count())) return seen;
    await enter(page, next, /after=/);
  }
}

for (const lang of langs)
  for (const [size, width] of Object.entries(widths))
    for (const js of [true, false]) {
      const name = `${lang}, ${size}, ${js ? 'with' : 'without'} JavaScript`;
      const w = words[lang];

      test(`the firms: ${name}`, async () => {
        const page = await open_page(all, { width, lang, js });
        await page.goto(`/firms?lang=${lang}`);
        assert.equal(await total(page), sites.length + others);
        await clean(page, js);

        // The tree of processes: narrower and wider again, and it stays open where the choice lies.
        const box = facet(page, w.process);
        assert.equal(await choose(page, w.process, w.vacuum, w.heat), vacuum.length);
        assert.equal(await box.locator('> summary b').innerText(), w.vacuum);
        assert.ok((await box.locator('[aria-current]').innerText()).includes(w.vacuum));
        assert.ok(await box.locator('[aria-current]').isVisible());
        const jump = page.locator('a[href="#found-title"]');
        assert.equal(await jump.isVisible(), width < 1100, 'a small screen has a way past the filters');
        await clean(page, js);
        assert.equal(await choose(page, w.process, w.all_heat), heat.length);
        assert.equal(await box.locator('> summary b').innerText(), w.heat);
        assert.equal(await box.locator('[aria-current]').innerText(), w.all_heat);
        const refs = await walk(page);
        assert.deepEqual([...refs].sort(), heat.map((s) => s.site.ref).sort(), 'the pages hold every site once');
        assert.equal(await choose(page, w.region, `${w.place}.*`), here.length);
        assert.deepEqual((await walk(page)).sort(), here.map((s) => s.site.ref).sort());
        await clean(page, js);

        // To a firm and back, the filters as they were.
        const found = page.url();
        const ref = decodeURIComponent(/firms\/([^?]+)/.exec(await rows(page).first().getAttribute('href'))[1]);
        const site = sites.find((s) => s.site.ref === ref);
        await enter(page, rows(page), /firms\/[^?]/);
        assert.ok([site.org.name, site.org.name_en].includes(await page.locator('h1').innerText()));
        assert.equal(await page.locator('article.panel').count(), site.capabilities.length);
        await clean(page, js);
        await page.goBack();
        assert.equal(page.url(), found);
        assert.equal(await facet(page, w.process).locator('> summary b').innerText(), w.heat);
        assert.ok((await facet(page, w.region).locator('> summary b').innerText()).startsWith(w.place));

        // A name that nobody has: why the list is empty, and what to take away.
        await tab_to(page, page.locator('#words'));
        await page.keyboard.type('zzz');
        await page.keyboard.press('Enter');
        await page.waitForURL(/words=zzz/);
        assert.equal(await total(page), 0);
        assert.equal(await page.locator('.empty .why').innerText(), w.none);
        await clean(page, js);
        const offer = page.locator('.empty li a').filter({ hasText: w.drop });
        assert.equal(number((await offer.innerText()).slice(w.drop.length)), here.length);
        await enter(page, offer);
        assert.equal(await total(page), here.length);
        await page.close_checked();
      });

      test(`the firms on the map: ${name}`, async () => {
        const page = await open_page(all, { width, lang, js });
        await page.goto(`/firms?process=HEAT&lang=${lang}`);
        await enter(page, page.locator('main a', { hasText: w.map }), /view=map/);
        await clean(page, js);
        const area = page.locator(`svg.map a[aria-label^="${w.place}"]`);
        assert.equal(number((await area.getAttribute('aria-label')).slice(w.place.length)), here.length);
        await enter(page, area, /region=KR\.30/);
        assert.equal(await total(page), here.length, 'the region of the map is the filter');
        assert.ok((await facet(page, w.region).locator('> summary b').innerText()).startsWith(w.place));
        const districts = await page.locator('svg.map a').evaluateAll((found) => found.map((a) => a.getAttribute('aria-label')));
        const counts = districts.map((label) => number(/(\d[\d,]*)(?!.*\d)/.exec(label)[0]));
        const placed = here.filter((s) => s.site.region !== 'KR.30').length;
        assert.equal(counts.reduce((a, b) => a + b, 0), placed, districts.join());
        await clean(page, js);
        await page.close_checked();
      });

      test(`a process: ${name}`, async () => {
        const page = await open_page(all, { width, lang, js });
        await page.goto(`/processes/HEAT.VACUUM?lang=${lang}`);
        assert.ok((await page.locator('h1').innerText()).startsWith(w.vacuum));
        assert.equal(number(await page.locator('.lead').innerText()), vacuum.length);
        await clean(page, js);
        const asked = needs.filter((n) => n.steps.some((s) => below(s.process, 'HEAT.VACUUM')));
        assert.equal(await page.locator('main a[href^="/needs/"]').count(), Math.min(10, asked.length));
        const crumb = page.locator('.crumbs a').last();
        assert.equal(await crumb.innerText(), w.heat);
        await page.goto(`/processes/HEAT.VACUUM?lang=${lang}`);
        await enter(page, page.locator('main a.button', { hasText: w.list }), /process=HEAT\.VACUUM/);
        assert.equal(await total(page), vacuum.length);
        assert.deepEqual((await walk(page)).sort(), vacuum.map((s) => s.site.ref).sort());
        await page.close_checked();
      });

      test(`the needs board: ${name}`, async () => {
        const page = await open_page(all, { width, lang, js });
        const listed = () => page.locator('main tbody th a').evaluateAll((found) => found.map((a) => decodeURIComponent(a.pathname.split('/')[2])));
        await page.goto(`/needs?lang=${lang}`);
        assert.equal(number(await page.locator('.lead').innerText()), needs.length);
        await clean(page, js);
        const select = page.locator('#process');
        await tab_to(page, select);
        for (let i = 0; (await select.inputValue()) !== 'HEAT'; i++) {
          assert.ok(i < 40);
          await page.keyboard.press('ArrowDown');
        }
        const count = number(/\((\d+)\)/.exec(await select.locator('option:checked').innerText())[1]);
        await enter(page, page.locator('main button', { hasText: w.filter }), /process=HEAT/);
        const asked = needs.filter((n) => n.steps.some((s) => below(s.process, 'HEAT')));
        assert.equal(count, asked.length);
        assert.deepEqual((await listed()).sort(), asked.map((n) => n.ref).sort());
        await clean(page, js);

        const need = asked.find((n) => n.title);
        await enter(page, page.locator(`main a[href^="/needs/${need.ref}"]`), /needs\/[^?]/);
        assert.equal(await page.locator('h1').innerText(), need.title);
        assert.equal(await page.locator('.read-step').count(), need.steps.length);
        await clean(page, js);
        await page.goBack();
        assert.equal(await select.inputValue(), 'HEAT', 'the way back keeps the filter');

        await page.goto(`/needs?process=FORMING.EXPLOSIVE&lang=${lang}`);
        assert.equal(await page.locator('.empty .why').innerText(), w.needs_none);
        await clean(page, js);
        // Why it is empty, with what taking a filter away brings.
        const offer = page.locator('.empty li a');
        assert.equal(await offer.count(), 1);
        assert.equal(number(/\d+(?!.*\d)/.exec(await offer.innerText())[0]), needs.length);
        await enter(page, offer);
        assert.equal((await listed()).length, needs.length);
        await page.close_checked();
      });
    }
