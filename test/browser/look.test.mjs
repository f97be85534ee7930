// On paper, and where the system sets the colours.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { open_page, start_all } from './browser.mjs';

let all;
before(async () => (all = await start_all()));
after(() => all.stop());

const result = `/?${new URLSearchParams({ process: '단조', materials: 'SCM440', quantity: 50 })}`;
const seen = (page, selector) => page.locator(selector).evaluateAll((found) => found.filter((e) => e.checkVisibility()).length);

test('a result on paper: what was found, in black on white, and none of the means of asking', async () => {
  const page = await open_page(all, { dark: true });
  await page.goto(result);
  await page.emulateMedia({ media: 'print' });
  for (const gone of ['.top .menu', '.search', '.conditions', '.keep', '.tabs', '.themes', 'main .button']) assert.equal(await seen(page, gone), 0, gone);
  assert.ok((await seen(page, '.result')) >= 3);
  assert.ok((await seen(page, '.legend li')) >= 5);
  assert.equal(await seen(page, '.why'), 0);
  await page.locator('.why summary').first().evaluate((e) => (e.parentElement.open = true));
  assert.ok((await seen(page, '.why tbody tr')) >= 3);
  assert.equal(await page.locator('body').evaluate((e) => getComputedStyle(e).backgroundColor), 'rgb(255, 255, 255)');
  assert.equal(await page.locator('h1').evaluate((e) => getComputedStyle(e).color), 'rgb(30, 33, 36)');
  const cut = await page.locator('.offer').evaluateAll((found) => found.filter((e) => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1).length);
  assert.equal(cut, 0);
  await page.close_checked();
});

test('a firm on paper is one or two sheets of A4', async () => {
  const page = await open_page(all);
  await page.goto('/firms/DEMO-S001');
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const sheets = (pdf.match(/\/Type\s*\/Page\b/g) ?? []).length;
  assert.ok(sheets >= 1 && sheets <= 2, `${sheets}`);
  const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf).map(Number);
  assert.ok(Math.abs(width - 595) < 2 && Math.abs(height - 842) < 2, `${width} x ${height}`);
  await page.close_checked();
});

test('where the system sets the colours, what is chosen is still told apart', async () => {
  const page = await open_page(all);
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('/components');
  const border = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).borderBlockEndColor);
  assert.notEqual(await border('.tabs a[aria-current]'), await border('.tabs a:not([aria-current])'));
  assert.notEqual(await border('.button.primary'), await border('.button.small'));
  const bar = await page.locator('.bar .part-0').first().evaluate((e) => getComputedStyle(e).fill);
  assert.notEqual(bar, await page.locator('.bar .track').first().evaluate((e) => getComputedStyle(e).fill));
  await page.close_checked();
});

test('a Korean page loads two slices of the font, and nothing moves when they come', async () => {
  const page = await open_page(all);
  await page.goto('/');
  await page.evaluate(() => document.fonts.ready);
  const fonts = await page.evaluate(() => performance.getEntriesByType('resource').filter((r) => r.name.endsWith('.woff2')).map((r) => [/ppuri-(\S+?)\./.exec(r.name)[1], r.decodedBodySize]));
  assert.ok(fonts.some(([name]) => name === 'core') && fonts.some(([name]) => name === 'latin'), `${fonts}`);
  assert.ok(fonts.reduce((sum, [, n]) => sum + n, 0) < 150 * 1024, `${fonts}`);
  const moved = await page.evaluate(() => new Promise((done) => {
    new PerformanceObserver((list) => done(list.getEntries().reduce((sum, e) => sum + e.value, 0))).observe({ type: 'layout-shift', buffered: true });
    setTimeout(done, 500, 0);
  }));
  assert.ok(moved < 0.02, `${moved}`);
  assert.equal(await page.evaluate(() => document.fonts.check('700 17px "Ppuri Sans"', '무엇을')), true);
  await page.close_checked();
});
