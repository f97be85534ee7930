// Search from every page's head: any two letters, initial consonants, grades in any spelling; by suggestions, by keyboard, without
// JavaScript.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { axe_found, langs, open_page, start_all, widths } from './browser.mjs';

let all;
before(async () => (all = await start_all()));
after(() => all.stop());

const heads = { ko: { all: '모두', needs: '수요', none: '들어 있는 것을 찾지 못했습니다' }, en: { all: 'All', needs: 'Needs', none: 'was found' } };
const results = (page) => page.locator('.search-results > li').allInnerTexts();

for (const lang of langs)
  for (const [size, width] of Object.entries(widths))
    for (const js of [true, false])
      test(`search: ${lang}, ${size}, ${js ? 'with' : 'without'} JavaScript`, async () => {
        const page = await open_page(all, { width, lang, js });
        await page.goto(`/firms?lang=${lang}`);
        for (const [words, there] of [['열처', /열처리/], ['ㅇㅊㄹ', /열처리/], ['scm440', /SCM\s?440/], ['처리 도금', /도금/]]) {
          await page.fill('#q', words);
          await page.press('#q', 'Enter');
          await page.waitForURL((url) => url.pathname === '/search' && url.searchParams.get('q') === words);
          await page.waitForSelector('.search-results, .empty');
          assert.match((await results(page)).join('\n'), there, words);
        }
        assert.ok((await page.locator('.search-results mark').count()) > 0);
        assert.equal(await page.locator('.tabs [aria-current]').innerText().then((t) => t.split(/\s/)[0]), heads[lang].all);
        const needs = page.locator('.tabs a', { hasText: heads[lang].needs });
        const count = Number(await needs.locator('b').innerText());
        await needs.press('Enter');
        await page.waitForURL(/kind=need/);
        assert.equal((await results(page)).length, Math.min(count, 20));
        if (js) assert.deepEqual(await axe_found(page), []);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
        await page.fill('#q', 'qqqqqq');
        await page.press('#q', 'Enter');
        await page.waitForSelector('.empty');
        assert.match(await page.locator('main').innerText(), new RegExp(heads[lang].none));
        assert.equal(await page.inputValue('#q'), 'qqqqqq');
        await page.close_checked();
      });

test('the list of firms offers firms alone, and shows the one that was chosen', async () => {
  const page = await open_page(all, { width: widths.phone });
  await page.goto('/firms');
  await page.locator('#words').pressSequentially('진공');
  const options = page.locator('form[action="/firms"] [role=option]');
  await options.first().waitFor();
  const names = await options.evaluateAll((l) => l.map((o) => o.firstChild.textContent));
  assert.ok(names[0].includes('진공'), 'whose name has it comes first');
  assert.equal(await page.locator('form[action="/firms"] [role=option] small', { hasNotText: '기업' }).count(), 0);
  assert.deepEqual(await axe_found(page), []);
  await page.locator('#words').press('ArrowDown');
  await page.locator('#words').press('Enter');
  await page.waitForURL(/words=/);
  assert.match(await page.locator('#found-title').innerText(), /사업장 1곳/);
  assert.equal(await page.locator('.stacked th a').first().innerText(), names[0]);
  await page.close_checked();
});

test('a suggestion is chosen by keyboard and asked for', async () => {
  const page = await open_page(all, { lang: 'ko' });
  await page.goto('/?lang=ko');
  await page.focus('#q');
  await page.keyboard.type('ㅇㅊㄹ');
  const first = page.locator('.search [role=option]').first();
  await first.waitFor();
  const name = await first.getAttribute('title');
  await page.keyboard.press('ArrowDown');
  assert.deepEqual(await axe_found(page), []);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search/);
  assert.equal(await page.inputValue('#q'), name);
  assert.ok((await results(page)).some((t) => t.includes(name)), name);
  await page.close_checked();
});
