// A text that wants to be markup stands in every field that can be stored; every page of the route table shows it as text, in both
// languages. A page that is new in the table fails here until it has an address below.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { demo_store, folder, good, hostile, hostile_site, lines, root, serve, sleep, write } from '../product.mjs';

const shown = '&lt;img src=x onerror=alert(1)&gt;';
const need = {
  ref: hostile,
  title: `N${hostile}`,
  due: '2099-12-31',
  industry: ['AEROSPACE'],
  deliver_to: { region: 'KR.30.200' },
  steps: [
    { process: 'WELDING', standards: [`T${hostile}`], tags: [`G${hostile}`], words: `X${hostile}`, certificates: [{ code: 'XC' }] },
    { process: 'WELDING.XP', materials: ['STEEL.XM'] },
  ],
};
const words = { processes: 'WELDING.XP', materials: 'STEEL.XM', certificates: 'XC', industries: 'XI', regions: 'KR.30.XR' };
const more = { certificates: ['--kind', 'system'], regions: ['--lat', '36.35', '--lon', '127.38'], materials: ['--density', '7850'] };
let s;
let cookie;
let draft;

before(async () => {
  const db = demo_store();
  for (const [list, code] of Object.entries(words))
    good(['vocab', 'add', list, code, '--ko', `V${hostile}`, '--en', `E${hostile}`, '--synonyms', `W${hostile}`, ...(more[list] ?? []), '--db', db]);
  const site = structuredClone(hostile_site);
  site.certificates = [{ code: 'XC' }];
  site.capabilities.push({ process: 'WELDING.XP', materials: ['STEEL.XM'], industries: ['XI'], text: hostile });
  good(['import', 'sites', write(folder(), 's.jsonl', lines([site])), '--db', db]);
  good(['import', 'needs', write(folder(), 'n.jsonl', lines([need])), '--db', db]);
  s = await serve(db);
  await sleep(500);
  const page = await fetch(`${s.base}/?process=WELDING`);
  cookie = page.headers.get('set-cookie').split(';')[0];
  const csrf = /name="csrf" value="(\w+)"/.exec(await page.text())[1];
  const made = await fetch(`${s.base}/drafts`, { method: 'POST', redirect: 'manual', headers: { Cookie: cookie }, body: new URLSearchParams({ csrf, key: 'k', need: JSON.stringify(need) }) });
  assert.equal(made.status, 303, await made.text());
  draft = made.headers.get('location');
});
after(async () => assert.equal((await s.stop()).code, 0));

const q = encodeURIComponent(hostile);
// Addresses of each page; those marked with ! must show the text, the others have no place for it.
const addresses = {
  '/': [`!/?process=WELDING&words=${q}&materials=${q}`, `!/?process=WELDING.XP`, `/?process=WELDING&wished=${q}&show=${q}&theme=${q}`, '!/'],
  '/read': [`!/read?text=${q}%20%EC%9A%A9%EC%A0%91`],
  '/components': ['/components'],
  '/how-ranking': ['/how-ranking'],
  '/firms': [`!/firms?words=${q}`, '!/firms?process=WELDING', '!/firms?view=map&region=KR.30'],
  '/search': [`!/search?q=${q}`, '/search?q=onerror', '/search?q=A'],
  '/firms/:ref': [`!/firms/${q}`],
  '/processes/:code': ['!/processes/WELDING', '!/processes/WELDING.XP'],
  '/needs': ['!/needs', `/needs?process=${q}&due=${q}`],
  '/needs/:ref': [`!/needs/${q}`],
  '/drafts': ['!/drafts'],
  '/drafts/:ref': ['!DRAFT', '!DRAFT?step=1', '!DRAFT?step=2'],
  '/missing-words': ['/missing-words'],
  '/vocab': [`!/vocab?q=${q}`],
  '/vocab/:list': Object.keys(words).map((l) => `!/vocab/${l}?q=onerror`),
  '/vocab/:list/:code': Object.entries(words).map(([l, c]) => `!/vocab/${l}/${c}`),
};

test('every page of the table has an address here', () => {
  const table = fs.readFileSync(path.join(root, 'src/web/routes.def'), 'utf8');
  const pages = [...table.matchAll(/^ROUTE\(GET, "([^"]+)", \w+, \w+, PAGE,/gm)].map((m) => m[1]);
  assert.ok(pages.length > 10);
  assert.deepEqual(pages.sort(), Object.keys(addresses).sort());
});

for (const [route, list] of Object.entries(addresses))
  test(`${route} shows hostile texts as texts`, async () => {
    for (const lang of ['ko', 'en'])
      for (const marked of list) {
        const target = marked.replace(/^!/, '').replace('DRAFT', draft);
        const answer = await fetch(`${s.base}${target}${target.includes('?') ? '&' : '?'}lang=${lang}`, { headers: { Cookie: cookie } });
        const html = await answer.text();
        assert.equal(answer.status, 200, target);
        assert.doesNotMatch(html, /<img/i, target);
        assert.doesNotMatch(html, /href="javascript:/i, target);
        assert.doesNotMatch(html, /\s(?:value|title|href|lang|placeholder|aria-label)="[^"]*<img/i, target);
        if (marked.startsWith('!')) assert.ok(html.includes(shown), `${target} (${lang}) does not show it`);
      }
  });
