// After an answer: making a must a wish by its button, and moving weights, by keyboard, with and without JavaScript.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { langs, open_page, start_all, widths } from './browser.mjs';

let all;
before(async () => (all = await start_all()));
after(() => all.stop());

const words = {
  ko: { process: '진공 열처리', place: '대전', wish: '권장으로 바꾸기', made: '권장으로만 본 조건', weights: '무엇이 더 중요한가요' },
  en: { process: 'Vacuum heat treatment', place: 'Daejeon', wish: 'Make it a preference', made: 'Only wished for', weights: 'What matters more' },
};

for (const lang of langs)
  for (const [size, width] of Object.entries(widths))
    for (const js of [true, false])
      test(`wishes and weights: ${lang}, ${size}, ${js ? 'with' : 'without'} JavaScript`, async () => {
        const w = words[lang];
        const page = await open_page(all, { width, lang, js });
        await page.goto(`/?${new URLSearchParams({ lang, process: w.process, materials: 'SCM440', deliver_to: w.place, certificates: 'AS9100' })}`);
        const rows = async () => (await page.locator('#results .tabs b').allInnerTexts()).slice(1, 3).reduce((a, b) => a + Number(b), 0);
        const few = await rows();
        const wish = page.locator('#results a.button', { hasText: w.wish }).first();
        await wish.focus();
        await page.keyboard.press('Enter');
        await page.waitForURL(/wished=/);
        assert.ok((await rows()) > few);
        assert.ok((await page.locator('#results .wishes').innerText()).startsWith(w.made));
        assert.equal(await page.inputValue('#process'), w.process, 'what was typed stays');

        await page.locator('summary', { hasText: w.weights }).click();
        const total = async () => page.locator('#results .score b').first().innerText();
        const before_text = await total();
        await page.focus('#weight_place');
        await page.keyboard.press('End');
        if (!js) await page.locator('.need-form button[type=submit]').first().click();
        await page.waitForURL(/weight_place=100/);
        await page.waitForFunction((t) => document.querySelector('#results .score b').innerText !== t, before_text);
        assert.match(page.url(), /wished=/, 'the wish stays');
        assert.equal(await page.inputValue('#weight_place'), '100');
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
        await page.close_checked();
      });
