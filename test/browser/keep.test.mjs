// What is typed is kept in the window until the server has it: over a reload, a way to another page and back, and a refusal.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { axe_found, langs, open_page, start_all, widths } from './browser.mjs';

let all;
before(async () => (all = await start_all()));
after(() => all.stop());

const words = {
  ko: { mail: '금형강 SKD61 코어, 진공 열처리 후 이온질화 24개', kept: /^이 창에 임시 저장 /, back: /^적던 것을 되살렸습니다\. 임시 저장 / },
  en: { mail: 'SKD61 core, vacuum heat treatment then ion nitriding, 24 pcs', kept: /^Kept in this window /, back: /^What you were typing is back\. Kept / },
};

const note = (page, form) => page.locator(`form[data-keep="${form}"] .kept`);
const said = async (page, form) => {
  await note(page, form).waitFor({ state: 'visible' });
  return note(page, form).locator('span').innerText();
};

for (const lang of langs)
  for (const [size, width] of Object.entries(widths))
    test(`what is typed comes back: ${lang}, ${size}`, async () => {
      const w = words[lang];
      const page = await open_page(all, { lang, width });
      await page.goto(`/?lang=${lang}`);
      assert.ok(await note(page, 'text').isHidden());
      await page.fill('#text', w.mail);
      assert.match(await said(page, 'text'), w.kept);
      await page.reload();
      assert.equal(await page.inputValue('#text'), w.mail);
      assert.match(await said(page, 'text'), w.back);
      assert.deepEqual(await axe_found(page), []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));

      // Not yet said to be kept when the page is left: kept all the same.
      await page.locator('#text').press('End');
      await page.locator('#text').pressSequentially(' 50 HRC');
      await page.goto(`/firms?lang=${lang}`);
      await page.goto(`/?lang=${lang}`);
      assert.equal(await page.inputValue('#text'), `${w.mail} 50 HRC`);

      // Once the server has it nothing is kept: the first page is blank again.
      await page.locator('form[data-keep=text] button.primary').press('Enter');
      await page.waitForURL(/\/read/);
      assert.equal(await page.inputValue('#text'), `${w.mail} 50 HRC`);
      assert.ok(await note(page, 'text').isHidden());
      await page.goto(`/?lang=${lang}`);
      assert.equal(await page.inputValue('#text'), '');

      // Cleared by its button.
      await page.fill('#quantity', '12');
      assert.match(await said(page, 'need'), w.kept);
      await note(page, 'need').locator('button').press('Enter');
      assert.equal(await page.inputValue('#quantity'), '');
      await page.reload();
      assert.equal(await page.inputValue('#quantity'), '');
      assert.ok(await note(page, 'need').isHidden());
      await page.close_checked();
    });

test('a step of a saved need: typed, left, found again, saved, and then as the server has it', async () => {
  const page = await open_page(all, {});
  await page.goto('/read');
  await page.fill('#text', words.ko.mail);
  await page.locator('form[data-keep=text] button.primary').press('Enter');
  await page.locator('form[action="/drafts"] button').press('Enter');
  await page.waitForURL(/\/drafts\/[0-9a-f]{32}/);
  const step = `${page.url().split('?')[0]}?step=1`;
  await page.goto(step);
  await page.fill('#quantity', '77');
  await page.goto('/firms');
  await page.goto(step);
  assert.equal(await page.inputValue('#quantity'), '77');
  await page.locator('.need-form button.primary').press('Enter');
  await page.waitForURL(/step=1/);
  await page.goto('/firms');
  await page.goto(step);
  assert.equal(await page.inputValue('#quantity'), '77');
  assert.ok(await page.locator('.kept').isHidden());

  // Changed meanwhile in another window: the newer one stands, nothing old is put over it.
  await page.fill('#quantity', '5');
  await page.waitForFunction(() => Object.keys(sessionStorage).length === 1);
  const other = await page.context().newPage();
  await other.goto(step);
  await other.fill('#quantity', '99');
  await other.locator('.need-form button.primary').press('Enter');
  await other.waitForURL(/step=1/);
  await other.close();
  await page.goto('/firms');
  await page.goto(step);
  assert.equal(await page.inputValue('#quantity'), '99');
  await page.close_checked();
});

test('without JavaScript no word of it is shown', async () => {
  const page = await open_page(all, { js: false });
  await page.goto('/');
  assert.ok(await note(page, 'text').isHidden());
  await page.close_checked();
});
