// From a pasted mail to a saved need: steps corrected, added, reordered and taken away, ways compared, the link shown to another.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { axe_found, langs, open_page, start_all, widths } from './browser.mjs';

let all;
before(async () => (all = await start_all()));
after(() => all.stop());

const words = {
  ko: { mail: '티타늄 Ti-6Al-4V 단조품 Ø300×120 진공열처리 후 5축 가공, AS9100 필수, 50개, 3월 말 납기, 대전', heads: ['1. 단조', '2. 진공 열처리', '3. 5축 가공'], more: '아노다이징', name: '위성 브라켓', seen: '링크로 받은 수요입니다' },
  en: { mail: 'Titanium Ti-6Al-4V forging Ø300×120, vacuum heat treatment, then 5-axis machining, AS9100 required, 50 pcs, Daejeon', heads: ['1. Forging', '2. Vacuum heat treatment', '3. 5-axis milling'], more: 'anodizing', name: 'Satellite bracket', seen: 'You came by a link' },
};

const heads = (page) => page.locator('.read-step h3').allInnerTexts();
const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
const order = (page, step, value) => page.locator('.read-step').nth(step - 1).locator(`button[value=${value}]`).press('Enter');

async function clean(page, js) {
  assert.ok(await fits(page), 'nothing sticks out');
  if (js) assert.deepEqual(await axe_found(page), []);
}

for (const lang of langs)
  for (const [size, width] of Object.entries(widths))
    for (const js of [true, false])
      test(`a saved need: ${lang}, ${size}, ${js ? 'with' : 'without'} JavaScript`, async () => {
        const w = words[lang];
        const page = await open_page(all, { width, lang, js });
        await page.goto(`/read?lang=${lang}`);
        await page.fill('#text', w.mail);
        await page.locator('main form button[type=submit]').first().press('Enter');
        await page.locator('form[action="/drafts"] button').press('Enter');
        await page.waitForURL(/\/drafts\/[0-9a-f]{32}/);
        const address = page.url().split('?')[0];
        assert.deepEqual(await heads(page), w.heads);
        await clean(page, js);

        // One step as a form: what was read stands in it; the change is saved and counts at once.
        await page.locator('.read-step').nth(1).locator('a.button').press('Enter');
        await page.waitForURL(/step=2/);
        assert.match(await page.inputValue('#materials'), /Ti-6Al-4V/);
        assert.equal(await page.inputValue('#size'), '300×120');
        const found = async () => (await page.locator('#results .tabs b').allInnerTexts()).map(Number);
        const few = await found();
        await page.locator('#results button[name=wished]').first().press('Enter');
        await page.waitForFunction(() => document.querySelector('#results .wishes'));
        assert.ok((await found())[1] + (await found())[2] > few[1] + few[2], `${await found()} after ${few}`);
        await page.fill('#quantity', '70');
        await page.locator('.need-form button.primary').press('Enter');
        await page.waitForURL(/step=2/);
        assert.equal(await page.inputValue('#quantity'), '70');
        assert.equal(await page.locator('#results .wishes button').count(), 1, 'the wish stays');
        await clean(page, js);
        await page.goto(address);
        assert.match(await page.locator('.read-step').nth(1).innerText(), /70/);

        // Reordered, added to, taken from.
        await order(page, 1, 'down');
        await page.waitForFunction((t) => document.querySelector('.read-step h3').innerText === t, `1. ${w.heads[1].slice(3)}`);
        await order(page, 2, 'up');
        await page.waitForFunction((t) => document.querySelector('.read-step h3').innerText === t, w.heads[0]);
        await page.fill('#process', w.more);
        await page.locator('.add-step button').press('Enter');
        await page.waitForFunction(() => document.querySelectorAll('.read-step').length === 4);
        await order(page, 4, 'remove');
        await page.waitForFunction(() => document.querySelectorAll('.read-step').length === 3);
        assert.deepEqual(await heads(page), w.heads);

        // Ways side by side: a tick shows and hides its column.
        const third = page.locator('#chain-compare ~ thead .c3');
        assert.equal(await third.isVisible(), true);
        await page.locator('.pick-3').press('Space');
        assert.equal(await third.isVisible(), false);

        await page.fill('#title', w.name);
        await page.locator('button[value=title]').press('Enter');
        await page.waitForFunction((t) => document.querySelector('h1').innerText === t, w.name);
        const link = await page.inputValue('#link');
        assert.equal(link, address);

        const other = await open_page(all, { width, lang, js });
        await other.goto(link);
        assert.equal(await other.locator('h1').innerText(), w.name);
        assert.match(await other.locator('main').innerText(), new RegExp(w.seen));
        assert.equal(await other.locator('button[value=remove]').count(), 0);
        await clean(other, js);
        await other.close_checked();
        await page.goto(`/drafts?lang=${lang}`);
        assert.equal(await page.locator('.draft-list a').innerText(), w.name);
        await page.close_checked();
      });
