// The main story: type a process, send, read why the first firm is first, go to its page. In both languages, at three widths, with
// and without JavaScript, and by keyboard alone.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { langs, open_page, start_all, widths } from './browser.mjs';

let all;
before(async () => (all = await start_all()));
after(() => all.stop());

const story = {
  ko: { process: '진공 열처리', material: 'SCM440', place: '대전', must: '필수', results: '찾은 결과' },
  en: { process: 'Vacuum heat treatment', material: 'SCM440', place: 'Daejeon', must: 'Must', results: 'results' },
};

async function first_result(page) {
  const row = page.locator('#list-results + ol > li').first();
  return { row, firm: row.locator('h3 a') };
}

for (const lang of langs)
  for (const [size, width] of Object.entries(widths))
    for (const js of [true, false])
      test(`from a process to a firm: ${lang}, ${size}, ${js ? 'with' : 'without'} JavaScript`, async () => {
        const page = await open_page(all, { width, lang, js });
        await page.goto(`/?lang=${lang}`);
        assert.equal(await page.locator('html').getAttribute('lang'), lang);
        const s = story[lang];
        await page.fill('#process', s.process);
        await page.fill('#materials', s.material);
        await page.fill('#deliver_to', s.place);
        await page.locator('.need-form button[type=submit]').first().click();
        await page.waitForSelector('#results');
        assert.equal(await page.inputValue('#process'), s.process, 'what was typed stays');
        assert.equal(await page.inputValue('#materials'), s.material);
        const { row, firm } = await first_result(page);
        const name = await firm.innerText();
        assert.ok(name.length > 1);
        const why = page.locator('details.why').first();
        assert.equal(await why.getAttribute('open'), null);
        await why.locator('summary').click();
        const reasons = await why.locator('tbody tr').allInnerTexts();
        assert.ok(reasons.length >= 5, `${reasons.length} reasons`);
        assert.ok(await why.locator('tbody tr').first().isVisible());
        // The reasons add up to the score that is shown.
        const points = reasons.map((r) => Number(/([\d.]+) \/ ([\d.]+)\s*$/.exec(r)[1]));
        const total = Number(await row.locator('.score b').innerText());
        assert.ok(Math.abs(points.reduce((a, b) => a + b, 0) - total) < 0.05 * points.length + 0.06, `${points} = ${total}`);
        await firm.click();
        await page.waitForURL(/\/firms\//);
        assert.equal(await page.locator('h1').innerText(), name);
        assert.ok((await page.locator('article.panel').count()) >= 1);
        await page.goBack();
        assert.equal(await page.inputValue('#process'), s.process, 'the way back keeps the question');
        await page.close_checked();
      });

// Presses Tab until `selector` has the focus; fails after `most`.
async function tab_to(page, selector, most = 60) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    const there = await page.evaluate((s) => document.activeElement?.matches(s), selector);
    const shown = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return 'none';
      // Its calendar button inside shows a ring of the browser's own, which a page cannot read.
      if (e.type === 'date') return 'ring';
      const box = e.getBoundingClientRect();
      const style = getComputedStyle(e);
      return box.width > 0 && (style.outlineStyle !== 'none' || style.boxShadow !== 'none') ? 'ring' : e.outerHTML.slice(0, 80);
    });
    if (shown !== 'none') assert.equal(shown, 'ring', 'every stop of the keyboard can be seen');
    if (there) return i + 1;
  }
  throw new Error(`Tab does not reach ${selector}`);
}

for (const lang of langs)
  for (const width of [widths.phone, widths.desk])
    test(`by keyboard alone: ${lang}, ${width}`, async () => {
      const page = await open_page(all, { width, lang });
      await page.goto(`/?lang=${lang}`);
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(() => document.activeElement.matches('a.skip')), 'the first stop skips to the text');
      const seen = await page.locator('a.skip').boundingBox();
      assert.ok(seen.y >= 0 && seen.height > 10, 'and is then visible');
      await page.keyboard.press('Enter');
      assert.ok(await page.evaluate(() => document.activeElement.id === 'main' || location.hash === '#main'));
      await tab_to(page, '#process');
      await page.keyboard.type(story[lang].process);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#results');
      await tab_to(page, '#results a[href^="/firms/"]');
      const name = await page.evaluate(() => document.activeElement.innerText);
      await tab_to(page, 'details.why summary');
      await page.keyboard.press('Enter');
      assert.ok(await page.locator('details.why').first().locator('tbody tr').first().isVisible());
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/firms\//);
      assert.equal(await page.locator('h1').innerText(), name);
      await page.close_checked();
    });

for (const lang of langs)
  test(`errors: the summary links to the fields, what was typed stays: ${lang}`, async () => {
    for (const js of [true, false]) {
      const page = await open_page(all, { lang, js, width: widths.phone });
      await page.goto(`/?lang=${lang}&process=${encodeURIComponent(story[lang].process)}&mass_kg=heavy&quantity=1.5&hardness_min=x`);
      const links = page.locator('#errors a');
      assert.equal(await links.count(), 3);
      assert.deepEqual(await links.evaluateAll((a) => a.map((x) => x.getAttribute('href'))), ['#mass_kg', '#quantity', '#hardness_min']);
      for (const [id, value] of [['mass_kg', 'heavy'], ['quantity', '1.5'], ['hardness_min', 'x']]) {
        const field = page.locator(`#${id}`);
        assert.equal(await field.inputValue(), value);
        assert.equal(await field.getAttribute('aria-invalid'), 'true');
        assert.ok((await field.getAttribute('aria-describedby')).includes(`${id}-error`));
        assert.ok((await page.locator(`#${id}-error`).innerText()).length > 5);
        await page.locator(`#errors a[href="#${id}"]`).click();
        assert.equal(await page.evaluate(() => document.activeElement.id), id, 'the link brings the focus to the field');
        assert.ok(await field.isVisible(), 'also inside the closed part of the form');
      }
      assert.equal(await page.locator('#results').count(), 0);
      // Mending the fields and sending again works.
      await page.fill('#mass_kg', '12.5');
      await page.fill('#quantity', '１，２００');
      await page.fill('#hardness_min', '');
      await page.locator('.need-form button[type=submit]').first().click();
      await page.waitForSelector('#results');
      await page.close_checked();
    }
  });

test('an empty process is stopped before it is sent, and by the server too', async () => {
  const page = await open_page(all, {});
  await page.goto('/');
  await page.locator('.need-form button[type=submit]').first().click();
  assert.ok(await page.evaluate(() => document.querySelector('#process:invalid') !== null && !location.search));
  await page.goto('/?process=');
  assert.equal(await page.locator('#errors a[href="#process"]').count(), 1);
  await page.close_checked();
});

test('the language is one click away, keeps the question, and is remembered', async () => {
  const page = await open_page(all, { lang: 'ko' });
  await page.goto(`/?process=${encodeURIComponent('단조')}&quantity=5`);
  assert.equal(await page.locator('html').getAttribute('lang'), 'ko');
  await page.click('.languages a[lang=en]');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  assert.equal(await page.inputValue('#process'), '단조');
  assert.ok((await page.locator('#results').count()) === 1);
  await page.goto('/firms/DEMO-S001');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await page.close_checked();
});

test('the colours of the page are one click away, keep the question, and are remembered', async () => {
  const page = await open_page(all, { lang: 'ko', js: false });
  const ground = () => page.locator('body').evaluate((e) => getComputedStyle(e).backgroundColor);
  await page.goto(`/?process=${encodeURIComponent('단조')}`);
  const light = await ground();
  await page.locator('.themes a', { hasText: '고대비' }).press('Enter');
  await page.waitForURL(/theme=contrast/);
  assert.equal(await ground(), 'rgb(0, 0, 0)');
  assert.equal(await page.inputValue('#process'), '단조');
  await page.goto('/firms');
  assert.equal(await ground(), 'rgb(0, 0, 0)');
  await page.locator('.themes a', { hasText: '기기 설정' }).press('Enter');
  await page.waitForURL(/theme=system/);
  await page.goto('/firms');
  assert.equal(await ground(), light);
  await page.close_checked();
});

test('near misses come with what to change, and the change gives results', async () => {
  const page = await open_page(all, { lang: 'en' });
  await page.goto('/?lang=en&process=vacuum+heat+treatment&size=9000%C3%979000%C3%979000');
  assert.equal(await page.locator('#list-results').count(), 0);
  assert.ok((await page.locator('#list-near + ol > li').count()) > 0);
  const line = await page.locator('.note li').first().innerText();
  const [, x, y, z] = /([\d.,]+) × ([\d.,]+) × ([\d.,]+) mm/.exec(line) ?? [, ...(/Ø ([\d.,]+) × ([\d.,]+) mm/.exec(line) ?? []).slice(1)];
  assert.ok(x && y, line);
  await page.goto(`/?lang=en&process=vacuum+heat+treatment&size=${encodeURIComponent(z ? `${x}×${y}×${z}` : `${x}×${y}`)}`);
  assert.ok((await page.locator('#list-results + ol > li').count()) > 0, line);
  await page.close_checked();
});

test('the council can be told of a word that is not in the lists', async () => {
  const page = await open_page(all, { lang: 'ko' });
  await page.goto(`/?lang=ko&process=${encodeURIComponent('없는공정말')}`);
  await page.locator('form[action="/missing-words"] button').first().click();
  await page.waitForURL(/missing-words/);
  assert.match(await page.locator('h1').innerText(), /고맙습니다/);
  await page.close_checked();
});

test('hostile texts are only texts in a browser', async () => {
  const { states } = await import('./browser.mjs');
  for (const lang of langs) {
    const page = await open_page(all, { lang });
    for (const state of states(lang).filter((s) => s.name.includes('hostile'))) {
      await page.goto(state.path);
      assert.equal(await page.locator('img').count(), 0);
      assert.equal(await page.locator('[onerror]').count(), 0);
      assert.equal(await page.locator('a[href^="javascript:"]').count(), 0);
      assert.ok((await page.locator('main').innerText()).includes('<img src=x onerror=alert(1)>'), 'the control: the text is there');
    }
    await page.close_checked();
  }
});
