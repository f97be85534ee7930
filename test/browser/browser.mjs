// Debian's Chromium on a served demo store. Every page that is opened is watched: console errors, failed scripts, dialogs and
// requests to other hosts fail the test that caused them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { demo_store, folder, good, hostile_site, lines, serve, write } from '../product.mjs';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

export const widths = { phone: 360, tablet: 768, desk: 1440 };

// The store of all browser tests: the demo region, a firm that offers nothing, one that says it holds no certificate, and one
// with hostile texts.
export async function start_all() {
  const db = demo_store();
  const more = [
    { org: { name: '빈 업체', homepage: 'https://empty.example/' }, site: { ref: 'EMPTY', name: '본사' } },
    { org: { name: '인증 없는 업체' }, site: { ref: 'NONE', name: '본사' }, certificates: [], capabilities: [{ ref: 'N1', process: 'MOLD', text: '금형' }] },
    hostile_site,
  ];
  good(['import', 'sites', write(folder(), 'more.jsonl', lines(more)), '--db', db]);
  const server = await serve(db);
  assert.ok(server.port, server.refused);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
  return {
    server,
    base: server.base,
    browser,
    async stop() {
      await browser.close();
      assert.equal((await server.stop()).code, 0);
    },
  };
}

// A page of its own context; `close` ends it and fails if anything bad was seen. `allowed` are texts of console errors to expect.
export async function open_page(all, { width = widths.desk, lang = 'ko', js = true, dark = false, allowed = [] } = {}) {
  const context = await all.browser.newContext({
    viewport: { width, height: width < 500 ? 740 : 900 },
    javaScriptEnabled: js,
    locale: lang === 'ko' ? 'ko-KR' : 'en-GB',
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    baseURL: all.base,
  });
  const seen = [];
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  page.on('console', (m) => {
    if (m.type() === 'error' && !allowed.some((a) => m.text().includes(a))) seen.push(`console: ${m.text()}`);
  });
  page.on('pageerror', (e) => seen.push(`script: ${e.message}`));
  page.on('dialog', (d) => {
    seen.push(`dialog: ${d.message()}`);
    d.dismiss();
  });
  context.on('request', (r) => {
    if (!r.url().startsWith(`${all.base}/`) && !r.url().startsWith('data:')) seen.push(`foreign: ${r.url()}`);
  });
  page.close_checked = async () => {
    await context.close();
    assert.deepEqual(seen, []);
  };
  page.seen = seen;
  return page;
}

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// What axe-core has against the page as it stands, a line each; `only`: names of rules, else all.
export async function axe_found(page, only) {
  await page.evaluate(axe);
  const result = await page.evaluate((rules) => axe.run(document, { resultTypes: ['violations'], ...(rules && { runOnly: rules }) }), only);
  return result.violations.map((v) => `${v.id} (${v.impact}): ${v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} ${n.any[0]?.message ?? ''}`).join(' | ')}`);
}

const query = (fields) => `/?${new URLSearchParams(fields)}`;
const words = {
  ko: { mail: '안테나 브라켓 24개, A7075-T6 200 x 150 x 45 mm, 5축 가공 후 경질 아노다이징 25 µm, 공차 ±0.02, AS9100 필수, 2027년 2월 15일까지 대전 유성구', nothing: '안녕하세요, 견적 부탁드립니다.', heat: '진공 열처리', forging: '단조', place: '대전' },
  en: { mail: '24 antenna brackets, A7075-T6 200 x 150 x 45 mm, 5-axis milling, then hard anodizing 25 µm, tolerance ±0.02, AS9100 required, by 2027-02-15 to Yuseong-gu, Daejeon', nothing: 'Hello, please send a quotation.', heat: 'vacuum heat treatment', forging: 'forging', place: 'Daejeon' },
};

// Every page and state: [name, address, status].
export function states(lang) {
  const w = words[lang];
  return [
    ['home', '/', 200],
    ['read', '/read', 200],
    ['read-answered', `/read?text=${encodeURIComponent(w.mail)}`, 200],
    ['read-nothing', `/read?text=${encodeURIComponent(w.nothing)}`, 200],
    ['results', query({ process: w.heat, materials: 'SCM440', quantity: 50, deliver_to: w.place, certificates: 'ISO 9001' }), 200],
    ['results-many', query({ process: w.forging }), 200],
    ['results-more-fields', query({ process: w.heat, size: '300×120', mass_kg: '38', tolerance: 'IT7', hardness_min: '30', hardness_max: '36', ra_um: '0.8', deliver_to: w.place, max_km: '80', due: '2027-03-31' }), 200],
    ['results-meets', query({ process: w.forging, quantity: 100, show: 'meets' }), 200],
    ['results-ask-none', query({ process: w.forging, quantity: 100, show: 'ask' }), 200],
    ['results-near', query({ process: w.heat, certificates: 'AS9100', show: 'near' }), 200],
    ['drafts-none', '/drafts', 200],
    ['near-only', query({ process: w.heat, size: '9000×9000×9000' }), 200],
    ['near-few', query({ process: w.heat, size: '9000×9000×9000', certificates: 'AS9100', mass_kg: '900000' }), 200],
    ['nothing', query({ process: 'FORMING.EXPLOSIVE' }), 200],
    ['errors-numbers', query({ process: w.heat, mass_kg: 'heavy', quantity: '1.5', due: '31.3.2027', hardness_min: 'x' }), 200],
    ['errors-words', query({ process: 'qqqq', materials: 'unobtainium', size: '5', certificates: 'ISO 0', deliver_to: 'Atlantis', tolerance: 'tight' }), 200],
    ['errors-empty', query({ process: '' }), 200],
    ['process', '/processes/HEAT', 200],
    ['process-leaf', '/processes/HEAT.VACUUM', 200],
    ['process-nobody', '/processes/FORMING.EXPLOSIVE', 200],
    ['process-not-found', '/processes/NO.SUCH', 404],
    ['needs', '/needs', 200],
    ['need', '/needs/DEMO-N01', 200],
    ['needs-none', '/needs?process=FORMING.EXPLOSIVE', 200],
    ['firms', '/firms', 200],
    ['firms-filtered', '/firms?process=HEAT&region=KR.30', 200],
    ['firms-map', '/firms?view=map', 200],
    ['firms-map-region', '/firms?view=map&region=KR.30', 200],
    ['firms-none', '/firms?process=HEAT&words=zzz', 200],
    ['firms-hostile', '/firms?words=%3Cimg', 200],
    ['firm', '/firms/DEMO-S001', 200],
    ['firm-empty', '/firms/EMPTY', 200],
    ['firm-no-certificates', '/firms/NONE', 200],
    ['firm-hostile', `/firms/${encodeURIComponent(hostile_site.site.ref)}`, 200],
    ['results-hostile', query({ process: lang === 'ko' ? '용접' : 'welding', words: 'onerror=alert' }), 200],
    ['not-found', '/nowhere', 404],
    ['firm-not-found', '/firms/none', 404],
    ['search', `/search?q=${encodeURIComponent('열처리')}`, 200],
    ['search-none', '/search?q=qqqq', 200],
    ['vocab', '/vocab', 200],
    ['vocab-list', '/vocab/processes', 200],
    ['vocab-entry', '/vocab/processes/HEAT.VACUUM', 200],
    ['vocab-search', `/vocab?q=${encodeURIComponent('열처리')}`, 200],
    ['vocab-search-none', '/vocab/materials?q=qqqq', 200],
    ['components', '/components', 200],
    ['how-ranking', '/how-ranking', 200],
    ['thanks', '/missing-words', 200],
  ].map(([name, path, status]) => ({ name, path: `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`, status }));
}

export const langs = ['ko', 'en'];
