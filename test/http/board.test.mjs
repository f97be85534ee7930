// GET /needs and /needs/:ref on both stores: what is open, in which order, what is not told, numbers equal the API's answer.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { ask } from './client.mjs';
import { demo_needs, demo_store, folder, good, hostile, lines, new_sqlite, serve, stores, today, write } from '../product.mjs';

const needs = demo_needs().trim().split('\n').map((l) => JSON.parse(l));
const past = { ref: 'PAST', title: '지난 수요', created: '2026-01-01', due: '2026-02-01', steps: [{ process: 'HEAT' }] };
const odd = { ref: hostile, title: hostile, steps: [{ process: 'HEAT', standards: [hostile], words: hostile }] };

for (const [name, make] of stores) {
  describe(`on ${name}`, () => {
    let s;
    before(async () => {
      const db = demo_store(make);
      good(['import', 'needs', write(folder(), 'more.jsonl', lines([past, odd])), '--db', db]);
      s = await serve(db);
    });
    after(async () => {
      const end = await s.stop();
      assert.equal(end.code, 0, `${end.signal}\n${end.log}`);
    });
    const get = (path) => ask(s, 'GET', path);
    const refs = (body) => [...body.matchAll(/<th scope="row"><a href="\/needs\/([^"?]+)/g)].map((m) => decodeURIComponent(m[1]));

    test('open needs stand there, the soonest due first, past ones do not', async () => {
      const { body } = await get('/needs');
      const open = needs.filter((n) => !n.due || n.due >= today).sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.ref < b.ref ? -1 : 1));
      assert.deepEqual(refs(body), [...open.map((n) => n.ref), hostile]);
      assert.doesNotMatch(body, /지난 수요/);
      assert.equal((await get('/needs/PAST')).code, 404);
      assert.equal((await get('/needs/NOBODY')).code, 404);
    });

    test('filters hold together, and each number is the length of its list', async () => {
      const choices = (body, name) => [...new RegExp(`<select[^>]*name="${name}">([^]*?)</select>`).exec(body)[1].matchAll(/<option value="([^"]*)"[^>]*>[^<]*\((\d+)\)/g)].map((m) => [m[1], Number(m[2])]);
      const list = async (query) => refs((await get(`/needs?${query}`)).body).length;
      const { body } = await get('/needs');
      for (const name of ['process', 'region', 'industry', 'due'])
        for (const [code, n] of choices(body, name)) assert.equal(await list(`${name}=${code}`), n, `${name}=${code}`);
      const heat = await get('/needs?process=HEAT');
      const regions = choices(heat.body, 'region').filter(([code]) => code);
      assert.ok(regions.length > 1);
      for (const [code, n] of regions) assert.equal(await list(`process=HEAT&region=${code}`), n, code);
      const vacuum = needs.filter((n) => n.due >= today && n.steps.some((x) => x.process === 'HEAT.VACUUM' || x.process.startsWith('HEAT.VACUUM.')));
      assert.equal(await list('process=HEAT.VACUUM'), vacuum.length);
      assert.match((await get('/needs?process=FORMING.EXPLOSIVE')).body, /고른 조건에 맞는 열린 수요가 없습니다/);
      assert.equal(await list('process=NO.SUCH&due=5'), await list(''), 'what nobody knows is left out');
    });

    test('each need has the numbers of its scarcest step', async () => {
      const { body } = await get('/needs');
      for (const need of needs.filter((n) => n.due >= today).slice(0, 8)) {
        const answer = JSON.parse((await ask(s, 'POST', '/api/v1/match', { 'Content-Type': 'application/json' }, JSON.stringify(need))).body);
        const scarce = answer.steps.map((x) => [x.counts.meets, x.counts.ask]).sort((a, b) => a[0] - b[0] || a[1] - b[1])[0];
        const row = body.slice(body.indexOf(`/needs/${need.ref}`)).split('</tr>')[0];
        const shown = [...row.matchAll(/<\/svg>(\d+)<span class="hidden">/g)].map((m) => Number(m[1]));
        assert.deepEqual(shown, scarce, need.ref);
      }
    });

    test('a need shows its steps with the numbers of the API, and no exact place', async () => {
      const need = needs[0];
      const { body } = await get(`/needs/${need.ref}`);
      const answer = JSON.parse((await ask(s, 'POST', '/api/v1/match', { 'Content-Type': 'application/json' }, JSON.stringify(need))).body);
      const shown = [...body.matchAll(/충족 ([\d,]+)<\/span>.*?확인 필요 ([\d,]+)<\/span>/g)].map((m) => [Number(m[1]), Number(m[2])]);
      assert.deepEqual(shown, answer.steps.map((x) => [x.counts.meets, x.counts.ask]));
      assert.ok(body.includes(need.title));
      assert.doesNotMatch(body, new RegExp(`${need.deliver_to.lat}|${need.deliver_to.lon}`.replaceAll('.', '\\.')));
      const english = (await get(`/needs/${need.ref}?lang=en`)).body;
      assert.match(english, /Meets \d+/);
      for (const step of answer.steps) for (const row of step.results.slice(0, 3)) assert.ok(english.includes(`/firms/${row.site}`), row.site);
      const link = body.match(/href="(\/\?process=[^"]+)"/)[1].replaceAll('&amp;', '&');
      assert.doesNotMatch(decodeURIComponent(link), /36\.|127\./);
      assert.match((await get(link)).body, /id="results"/);
    });

    // What is shown of two needs that differ in nothing but the point must not differ either: not a score, not a kilometre.
    test('the exact place of delivery shows nowhere', async () => {
      const steps = needs[0].steps;
      const at = (ref, deliver_to) => ({ ...needs[0], ref, title: 'PLACE', deliver_to, steps });
      const pairs = [
        [at('P-1', { region: 'KR.30.200', lat: 36.3001, lon: 127.3001 }), at('P-2', { region: 'KR.30.200', lat: 36.4402, lon: 127.4402 })],
        [at('P-3', { lat: 36.3621, lon: 127.3561 }), at('P-4', { lat: 36.4402, lon: 127.4402 })],
      ];
      const db = demo_store(make);
      good(['import', 'needs', write(folder(), 'places.jsonl', lines(pairs.flat())), '--db', db]);
      const o = await serve(db);
      const shown = async (ref, path) => (await ask(o, 'GET', path)).body.replaceAll(ref, 'REF').replaceAll(/nonce="[^"]*"|name="(csrf|key)" value="[^"]*"/g, '');
      for (const [a, b] of pairs) {
        const body = await shown(a.ref, `/needs/${a.ref}`);
        assert.match(body, /PLACE/);
        assert.equal(body, await shown(b.ref, `/needs/${b.ref}`), a.ref);
        const row = (text) => text.slice(text.indexOf('/needs/REF')).split('</tr>')[0];
        assert.equal(row(await shown(a.ref, '/needs')), row(await shown(b.ref, '/needs')));
        for (const n of [a, b]) for (const path of [`/needs/${n.ref}`, '/needs', '/', '/processes/FORMING.FORGING', '/firms/DEMO-S001'])
          assert.ok(!(await ask(o, 'GET', path)).body.match(/(36\.3001|36\.4402|36\.3621|127\.3001|127\.4402|127\.3561)/), path);
      }
      assert.equal((await o.stop()).code, 0);
    });

    test('hostile texts are texts', async () => {
      for (const path of ['/needs', `/needs/${encodeURIComponent(hostile)}`]) {
        const a = await get(path);
        assert.equal(a.code, 200);
        assert.doesNotMatch(a.body, /<img/);
        assert.match(a.body, /&lt;img/);
      }
    });
  });
}

for (const [name, make] of stores)
  test(`pages of the board follow one another, and a cursor holds for its filters only: ${name}`, async () => {
    const db = make();
    const many = Array.from({ length: 130 }, (_, i) => ({ ref: `M-${String(i).padStart(3, '0')}`, title: `수요 ${i}`, due: `2027-0${1 + (i % 5)}-15`, steps: [{ process: i % 2 ? 'HEAT.VACUUM' : 'FORMING.FORGING' }] }));
    good(['import', 'needs', write(folder(), 'many.jsonl', lines(many)), '--db', db]);
    const s = await serve(db);
    const refs = (body) => [...body.matchAll(/<th scope="row"><a href="\/needs\/([^"?]+)/g)].map((m) => m[1]);
    const next = (body) => /href="(\/needs\?[^"]+)" rel="next"/.exec(body)?.[1].replaceAll('&amp;', '&');
    for (const [query, wanted] of [['', many], ['?process=HEAT', many.filter((_, i) => i % 2)]]) {
      const seen = [], sizes = [];
      for (let at = `/needs${query}`; at; ) {
        const a = await ask(s, 'GET', at);
        assert.equal(a.code, 200);
        assert.match(a.body, new RegExp(`${wanted.length}건 중 \\d+건`));
        seen.push(...refs(a.body));
        sizes.push(refs(a.body).length);
        at = next(a.body);
      }
      assert.deepEqual(seen, [...wanted].sort((a, b) => (a.due + a.ref < b.due + b.ref ? -1 : 1)).map((n) => n.ref));
      assert.ok(sizes.length > 1 && sizes.slice(0, -1).every((n) => n === 50), `${sizes}`);
    }
    const after = new URL(next((await ask(s, 'GET', '/needs')).body), s.base).searchParams.get('after');
    const firms = new URL(next((await ask(s, 'GET', '/needs?process=HEAT')).body), s.base).searchParams.get('after');
    for (const bad of [`/needs?after=${after}x`, '/needs?after=M-049', `/needs?process=HEAT&after=${after}`, `/needs?after=${firms}`, `/firms?after=${after}`]) {
      const a = await ask(s, 'GET', bad);
      assert.equal(a.code, 400, bad);
      assert.match(a.body, /목록 처음부터 보기/);
      assert.equal(refs(a.body).length, 0);
    }
    good(['import', 'needs', write(folder(), 'less.jsonl', lines(many.filter((n) => n.ref !== Buffer.from(after, 'base64url').subarray(16).toString()))), '--complete', '--db', db]);
    assert.equal((await ask(s, 'GET', `/needs?after=${after}`)).code, 400, 'the need it continues from has gone');
    assert.equal((await s.stop()).code, 0);
  });

test('an empty board says so', async () => {
  const s = await serve(new_sqlite());
  assert.match((await ask(s, 'GET', '/needs')).body, /지금은 열린 수요가 없습니다/);
  assert.equal((await s.stop()).code, 0);
});
