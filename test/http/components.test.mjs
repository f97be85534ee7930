// The page of components: each is there in every state, in both languages.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { demo_store, serve } from '../product.mjs';
import { get } from '../weights.mjs';

let s;
before(async () => (s = await serve(demo_store())));
after(async () => assert.equal((await s.stop()).code, 0));

for (const [lang, title] of [['ko', '화면 부품'], ['en', 'Components']])
  test(`every component (${lang})`, async () => {
    const page = await get(s.base, `/components?lang=${lang}`);
    assert.equal(page.code, 200);
    const html = page.body.toString();
    assert.ok(html.includes(`<h1>${title}</h1>`));
    const wanted = ['button primary', 'button danger', 'button small', 'chip meets', 'chip ask', 'chip near', 'chip out', 'chip sealed', 'chip tag', 'count', 'field', 'field bad',
      'unit-box', 'check', 'summary', 'table-frame', 'own', 'tabs', 'rail', 'crumbs', 'pager', 'more', 'toast', 'note', 'empty', 'score', 'legend', 'ruler', 'ruler no', 'panel', 'facts'];
    for (const name of wanted) assert.match(html, new RegExp(`class="(?:[^"]* )?${name}[ "]`), name);
    for (const state of ['disabled', 'aria-invalid="true"', 'aria-current="page"', 'aria-current="step"', '<details class="more" open', 'role="alert"', 'role="status"']) assert.ok(html.includes(state), state);
    assert.equal((html.match(/class="error"/g) ?? []).length, 5);
    if (lang === 'en') assert.doesNotMatch(html.slice(html.indexOf('<main'), html.indexOf('</main>')), /[가-힣]/);
  });
