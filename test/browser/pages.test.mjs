// Every page in every state: valid HTML, no violation that axe-core knows (light, dark, high contrast), nothing wider than the screen,
// its language everywhere.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { HtmlValidate } from 'html-validate';
import { axe_found, langs, open_page, start_all, states } from './browser.mjs';

// What the standard says; not how its authors like it to be written.
const validator = new HtmlValidate({
  root: true,
  extends: ['html-validate:standard'],
  rules: {
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'doctype-style': 'off',
    'void-style': 'off',
    'no-trailing-whitespace': 'off',
    'no-inline-style': 'error',
    'long-title': 'off',
    // The footer and the frame are landmarks by their elements already.
    'no-redundant-role': 'error',
    'require-sri': 'off',
  },
});

let all;
const opened = new Map();
before(async () => (all = await start_all()));
after(async () => {
  for (const page of opened.values()) await page.close_checked();
  await all.stop();
});

// One window a language and look: a new one each time takes longer than all that is checked in it.
async function page_of(lang, look) {
  const name = `${lang} ${look}`;
  if (opened.has(name)) return opened.get(name);
  const page = await open_page(all, { lang, dark: look === 'dark' });
  if (look === 'contrast') await page.context().addCookies([{ name: 'theme', value: 'contrast', url: all.base }]);
  opened.set(name, page);
  return page;
}

for (const lang of langs)
  for (const state of states(lang)) {
    test(`${state.name} (${lang}) is valid HTML`, async () => {
      const answer = await fetch(all.base + state.path);
      assert.equal(answer.status, state.status);
      const report = await validator.validateString(await answer.text());
      const found = report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
      assert.deepEqual(found, []);
    });

    for (const look of lang === 'ko' ? ['light', 'dark', 'contrast'] : ['light', 'dark'])
      test(`${state.name} (${lang}, ${look}) passes axe-core and fits every width`, async () => {
        const page = await page_of(lang, look);
        page.seen.length = 0;
        await page.goto(state.path);
        const fits = async (width, what) => {
          await page.setViewportSize({ width, height: 800 });
          const wide = await page.evaluate(() => {
            const root = document.documentElement;
            if (root.scrollWidth <= root.clientWidth) return null;
            const over = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
            return `${root.scrollWidth} > ${root.clientWidth}: ${over.slice(0, 3).map((e) => e.outerHTML.slice(0, 100)).join(' | ')}`;
          });
          assert.equal(wide, null, `at ${width} px, ${what}`);
        };
        for (const width of [1440, 768, 360, 320]) await fits(width, 'folded');
        await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
        for (const width of [320, 768]) await fits(width, 'all open');
        for (const width of [360, 1440]) {
          await page.setViewportSize({ width, height: 800 });
          // The looks differ in nothing but colours.
          assert.deepEqual(await axe_found(page, look === 'light' ? undefined : ['color-contrast', 'link-in-text-block']), [], `at ${width} px`);
        }
        const expected = (text) => state.status === 404 && text.startsWith('console: ') && text.includes('404');
        assert.deepEqual(page.seen.filter((text) => !expected(text)), []);
        page.seen.length = 0;
      });
  }

test('English pages are in English, Korean pages have Korean labels', async () => {
  const page = await open_page(all, { lang: 'en', allowed: ['404'] });
  const left = [];
  for (const state of states('en').filter((s) => !s.name.startsWith('vocab') && !s.name.includes('hostile'))) {
    await page.goto(state.path);
    // Names and texts of firms are what the firms wrote; everything marked as another language is not meant either.
    left.push(...(await page.evaluate(() => {
      const data = 'h1, .lead, .under, th a, article.panel p, caption, datalist, .brand, footer, .languages, title, [lang=ko]';
      const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
      const found = [];
      for (let node; (node = walker.nextNode()); )
        if (/[가-힣]/.test(node.data) && !node.parentElement.closest(data)) found.push(node.data.trim().slice(0, 60));
      return found;
    })).map((text) => `${state.name}: ${text}`));
  }
  await page.close_checked();
  assert.deepEqual(left, []);
});

test('each page has one h1, a title of its own, and landmarks', async () => {
  const page = await open_page(all, { allowed: ['404'] });
  const titles = new Map();
  for (const state of states('ko')) {
    await page.goto(state.path);
    assert.equal(await page.locator('h1').count(), 1, state.name);
    assert.equal(await page.locator('main').count(), 1, state.name);
    const h1 = await page.locator('h1').innerText();
    const title = await page.title();
    assert.ok(h1.trim() && title.trim(), state.name);
    titles.set(title, (titles.get(title) ?? new Set()).add(state.path.split('?')[0]));
  }
  for (const [title, paths] of titles) assert.ok(paths.size === 1 || title.startsWith('요청을'), `${title}: ${[...paths]}`);
  await page.close_checked();
});
