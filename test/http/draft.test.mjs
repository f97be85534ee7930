// Saved needs, on both stores: what was read is kept step by step, changed, reordered, shown by its link, and never another's.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { ask } from './client.mjs';
import { demo_store, hostile, serve, stores } from '../product.mjs';

const need = {
  title: '위성 브라켓',
  due: '2027-03-31',
  deliver_to: { region: 'KR.30' },
  steps: [
    { process: 'FORMING.FORGING', materials: ['TITANIUM.ALPHA_BETA.TI6AL4V'], part_mm: [300, 120], quantity: 50, force_t: 12, tags: ['wing'], certificates: [{ code: 'AS9100', need: 'prefer' }], weights: { place: 40 } },
    { process: 'HEAT.VACUUM', materials: ['TITANIUM.ALPHA_BETA.TI6AL4V'], quantity: 50, tolerance: { it: 8, at_mm: 120 }, standards: ['AMS 2801'], layer_um: { min: 5 }, hardness: { scale: 'HRC', min: 30 } },
    { process: 'MACHINING.MILLING.AXIS_5', quantity: 50, words: '항공', place: { regions: ['KR.30'], max_km: 80 }, need: { due: 'prefer' } },
  ],
};

for (const [name, make] of stores) {
  describe(`on ${name}`, () => {
    let s;
    before(async () => (s = await serve(demo_store(make))));
    after(async () => {
      const end = await s.stop();
      assert.equal(end.code, 0, `${end.signal}\n${end.log}`);
      assert.doesNotMatch(end.log, /"level":"error"/);
      assert.doesNotMatch(end.log, /위성/, 'nothing of a need in the log');
    });

    // A browser: its cookie, and forms with their token.
    function visitor() {
      let cookie = '';
      const note = (a) => {
        for (const c of [a.headers['set-cookie'] ?? []].flat().join(', ').split(/, (?=\w+=)/)) if (c) cookie = c.split(';')[0];
        return a;
      };
      const get = async (path) => note(await ask(s, 'GET', path, cookie ? { Cookie: cookie } : {}));
      const post = async (path, fields, page = '/?process=MOLD') => {
        const shown = (await get(page)).body;
        const csrf = /name="csrf" value="(\w+)"/.exec(shown)[1];
        const key = /name="key" value="(\w+)"/.exec(shown)?.[1] ?? '';
        const form = new URLSearchParams([['csrf', csrf], ...(Array.isArray(fields) ? fields : Object.entries(fields)), ['key', key]]).toString();
        return note(await ask(s, 'POST', path, { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: cookie, Origin: 'http://test' }, form));
      };
      return { get, post, save: async (n = need) => (await post('/drafts', { need: JSON.stringify(n) })).headers.location };
    }
    const body_of = async (v, url) => JSON.parse((await v.get(`${url}?as=json`)).body);
    const version = (html) => /name="version" value="(\d+)"/.exec(html)[1];
    const order = async (v, url, fields) => v.post(url, { version: version((await v.get(url)).body), ...fields }, url);

    test('what is saved comes back the same, whatever the form has no field for', async () => {
      const v = visitor();
      const url = await v.save();
      assert.match(url, /^\/drafts\/[0-9a-f]{32}$/);
      assert.deepEqual(await body_of(v, url), need);
      const shown = (await v.get(url)).body;
      assert.match(shown, /<h1>위성 브라켓<\/h1>/);
      for (const step of ['1. 단조', '2. 진공 열처리', '3. 5축 가공']) assert.ok(shown.includes(`<h3>${step}</h3>`), step);
      assert.match(shown, /이어서 만드는 방법/);
      assert.match((await v.get('/drafts')).body, /위성 브라켓[^]*단조 → 진공 열처리 → 5축 가공/);
    });

    test('saving a step as it is changes nothing; a changed field changes that field alone', async () => {
      const v = visitor();
      const url = await v.save();
      for (const step of [1, 2, 3]) {
        const page = (await v.get(`${url}?step=${step}`)).body;
        assert.doesNotMatch(page, /aria-invalid/);
        const html = /<form class="need-form" id="need"[^]*?<\/form>/.exec(page)[0];
        const fields = [...html.matchAll(/<(?:input|textarea)[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)].map((m) => [m[1], m[2].replaceAll('&amp;', '&')]).filter(([n]) => n !== 'csrf');
        const scale = /<select[^>]*name="hardness_scale"[^]*?<option[^>]*value="([^"]+)"[^>]*selected/.exec(html)?.[1];
        if (scale) fields.push(['hardness_scale', scale]);
        const same = await v.post(url, fields, url);
        assert.equal(same.code, 303, same.body);
        assert.deepEqual(await body_of(v, url), need, `step ${step}`);
        const again = fields.map(([n, x]) => (n === 'quantity' ? [n, '80'] : n === 'version' ? [n, String(Number(x) + 1)] : [n, x]));
        assert.equal((await v.post(url, again, url)).code, 303);
        const wanted = structuredClone(need);
        wanted.steps[step - 1].quantity = 80;
        assert.deepEqual(await body_of(v, url), wanted, `step ${step}`);
        const back = again.map(([n, x]) => (n === 'quantity' ? [n, '50'] : n === 'version' ? [n, String(Number(x) + 1)] : [n, x]));
        await v.post(url, back, url);
      }
    });

    test('steps are moved, added in a place, and taken away; the last one stays', async () => {
      const v = visitor();
      const url = await v.save();
      const steps = async () => (await body_of(v, url)).steps.map((x) => x.process);
      await order(v, url, { do: 'down', step: 1 });
      assert.deepEqual(await steps(), ['HEAT.VACUUM', 'FORMING.FORGING', 'MACHINING.MILLING.AXIS_5']);
      await order(v, url, { do: 'up', step: 3 });
      assert.deepEqual(await steps(), ['HEAT.VACUUM', 'MACHINING.MILLING.AXIS_5', 'FORMING.FORGING']);
      await order(v, url, { do: 'add', step: 0, process: '아노다이징' });
      assert.equal((await steps()).length, 4);
      assert.match((await steps())[0], /^SURFACE\./);
      const wrong = await order(v, url, { do: 'add', step: 4, process: '없는공정' });
      assert.equal(wrong.code, 422);
      assert.match(wrong.body, /목록에 없는 말입니다: 없는공정/);
      assert.match(wrong.body, /value="없는공정"/);
      for (let left = 4; left > 1; left--) assert.equal((await order(v, url, { do: 'remove', step: 1 })).code, 303);
      assert.deepEqual(await steps(), ['FORMING.FORGING']);
      assert.equal((await order(v, url, { do: 'remove', step: 1 })).code, 400);
      assert.doesNotMatch((await v.get(url)).body, /value="remove"/);
      for (let n = 1; n < 8; n++) assert.equal((await order(v, url, { do: 'add', step: n, process: '단조' })).code, 303);
      assert.match((await v.get(url)).body, /단계는 여덟까지입니다/);
      assert.equal((await order(v, url, { do: 'add', step: 8, process: '단조' })).code, 400);
    });

    test('ways are ordered by what is chosen: the first by cost is the cheapest, by time the quickest', async () => {
      const v = visitor();
      const url = await v.save();
      const first = async (by) => {
        const html = (await v.get(`${url}?by=${by}`)).body;
        const chains = [...html.matchAll(/<dt>비용<\/dt><dd>([^<]+)<\/dd><\/div>\s*<div><dt>기간<\/dt><dd>(\d+)일/g)].map((m) => [m[1], Number(m[2])]);
        assert.match(html, new RegExp(`\\?by=${by}#chains-title" aria-current="page">`));
        return chains;
      };
      const won = (text) => [...text.matchAll(/([\d,]+)\s*(억|만|원)/g)].reduce((sum, m) => sum + Number(m[1].replaceAll(',', '')) * { 억: 1e8, 만: 1e4, 원: 1 }[m[2]], 0);
      const cost = await first('cost');
      const time = await first('time');
      const blend = await first('blend');
      assert.ok(cost.length > 1);
      assert.ok(cost.every(([w], i) => i === 0 || won(w) >= won(cost[i - 1][0])), String(cost));
      assert.ok(time.every(([, d], i) => i === 0 || d >= time[i - 1][1]), String(time));
      assert.ok(won(cost[0][0]) <= won(blend[0][0]) && time[0][1] <= blend[0][1]);
      assert.match((await v.get(`${url}?by=nonsense`)).body, /\?by=blend#chains-title" aria-current="page">/);
    });

    test('a refused step keeps what was typed; an older version is not saved and says so', async () => {
      const v = visitor();
      const url = await v.save();
      const bad = await order(v, url, { do: 'save', step: 2, process: '진공 열처리', quantity: '백 개', size: '크다' });
      assert.equal(bad.code, 422);
      assert.match(bad.body, /고칠 곳이 2군데/);
      assert.match(bad.body, /value="백 개"/);
      assert.deepEqual(await body_of(v, url), need);
      await order(v, url, { do: 'title', title: '새 이름' });
      const late = await v.post(url, { version: 1, do: 'save', step: 1, process: '주조', quantity: 7 }, url);
      assert.equal(late.code, 409);
      assert.match(late.body, /다른 창에서 먼저 바뀌어 저장하지 않았습니다/);
      assert.match(late.body, /value="주조"/);
      assert.equal((await body_of(v, url)).steps[0].process, 'FORMING.FORGING');
      const stale = await v.post(url, { version: 1, do: 'remove', step: 1 }, url);
      assert.match(stale.headers.location, /changed=1/);
      assert.equal((await body_of(v, url)).steps.length, 3);
      assert.match((await v.get(url)).body, /<h1>새 이름<\/h1>/);
    });

    test('a wish is made and taken back by buttons', async () => {
      const v = visitor();
      const url = await v.save({ steps: [{ process: 'HEAT.VACUUM', materials: ['STEEL.ALLOY.SCM440'], certificates: [{ code: 'AS9100' }] }] });
      const page = (await v.get(`${url}?step=1`)).body;
      assert.match(page, /<button class="button small" form="need" name="wished" value="certificate:AS9100">/);
      const form = { do: 'save', step: 1, process: '진공 열처리', materials: 'SCM440', certificates: 'AS9100' };
      assert.equal((await order(v, url, { ...form, wished: 'certificate:AS9100' })).code, 303);
      assert.deepEqual((await body_of(v, url)).steps[0].certificates, [{ code: 'AS9100', need: 'prefer' }]);
      assert.match((await v.get(`${url}?step=1`)).body, /name="must" value="certificate:AS9100"/);
      assert.equal((await order(v, url, { ...form, wished: 'certificate:AS9100', must: 'certificate:AS9100' })).code, 303);
      assert.deepEqual((await body_of(v, url)).steps[0].certificates, [{ code: 'AS9100' }]);
    });

    test('who has the link sees, and may copy, and changes nothing', async () => {
      const owner = visitor();
      const other = visitor();
      const url = await owner.save();
      await other.get('/read');
      const seen = (await other.get(url)).body;
      assert.match(seen, /위성 브라켓/);
      assert.match(seen, /링크로 받은 수요입니다/);
      assert.doesNotMatch(seen, /value="(remove|save|title|delete|up|down|add)"/);
      for (const fields of [{ do: 'remove', step: 1 }, { do: 'delete' }, { do: 'title', title: 'x' }, { do: 'save', step: 1, process: '단조' }])
        assert.equal((await other.post(url, { version: 1, ...fields }, url)).code, 403);
      const copied = (await other.post(url, { do: 'copy' }, url)).headers.location;
      assert.notEqual(copied, url);
      assert.deepEqual(await body_of(other, copied), need);
      assert.equal((await order(other, copied, { do: 'remove', step: 1 })).code, 303);
      assert.deepEqual(await body_of(owner, url), need);
      assert.equal((await other.get(`/drafts/${'0'.repeat(32)}`)).code, 404);
      assert.doesNotMatch((await visitor().get('/drafts')).body, /위성/);
    });

    test('deleting ends the link; a double click saves once; a bad need is refused', async () => {
      const v = visitor();
      const url = await v.save();
      assert.equal((await order(v, url, { do: 'delete' })).code, 303);
      assert.equal((await v.get(url)).code, 404);
      const twice = [['key', 'k'.repeat(32)], ['need', JSON.stringify(need)]];
      const one = (await v.post('/drafts', twice, '/read')).headers.location;
      assert.match(one, /^\/drafts\//);
      assert.equal((await v.post('/drafts', twice, '/read')).headers.location, one);
      const another = [['key', 'k'.repeat(32)], ['need', JSON.stringify({ steps: [{ process: 'MOLD' }] })]];
      assert.equal((await v.post('/drafts', another, '/read')).code, 409, 'another need under the same key');
      for (const bad of ['', '{', '{"steps":[]}', '{"steps":[{"process":"NO.SUCH"}]}', `{"title":"${hostile.replaceAll('"', '')}"}`])
        assert.equal((await v.post('/drafts', { need: bad })).code, 400, bad);
    });

    test('the results as files: the same firms in the same order, formulas disarmed, and nonsense refused', async () => {
      const v = visitor();
      const query = `/?${new URLSearchParams({ process: '열처리', materials: 'SCM440', quantity: 100, deliver_to: '대전' })}`;
      const page = (await v.get(query)).body;
      const firms = [...page.matchAll(/<h3><span class="rank">\d+<\/span> <a href="[^"]+">([^<]+)<\/a>/g)].map((m) => m[1]);
      assert.ok(firms.length > 5);
      const csv = await v.get(`${query}&as=csv`);
      assert.match(csv.headers['content-type'], /text\/csv/);
      assert.match(csv.headers['content-disposition'], /attachment; filename="ppuri-\d{4}-\d\d-\d\d\.csv"/);
      const rows = csv.body.replace(/^\ufeff/, '').trim().split('\r\n');
      assert.match(rows[0], /^순위,기업,사업장,공정,판정,점수,지역,거리,/);
      const meets = rows.slice(1).map((r) => r.split(',')).filter((r) => r[4] !== '아깝게 탈락').map((r) => r[1]);
      assert.deepEqual(meets, firms.slice(0, meets.length));
      const json = JSON.parse((await v.get(`${query}&as=json`)).body);
      assert.equal(json.steps[0].results.length > 0, true);
      const xlsx = await ask(s, 'GET', `${query}&as=xlsx`);
      assert.match(xlsx.headers['content-type'], /spreadsheetml/);
      assert.match(xlsx.body, /^PK/);
      assert.equal((await v.get(`${query}&as=exe`)).code, 400);
      const english = (await v.get(`${query}&as=csv&lang=en`)).body;
      assert.match(english, /Rank,Firm,Site,Process/);
    });

    test('tabs show one class each; a site stands once with its other capabilities under it', async () => {
      const v = visitor();
      const query = `/?${new URLSearchParams({ process: '열처리', deliver_to: '대전' })}`;
      const all = (await v.get(query)).body;
      const names = (html) => [...html.slice(html.indexOf('id="list-results"'), html.indexOf('id="list-near"') > 0 ? html.indexOf('id="list-near"') : undefined).matchAll(/<h3><span class="rank">\d+<\/span> <a href="([^"]+)">/g)].map((m) => m[1]);
      assert.equal(new Set(names(all)).size, names(all).length, 'a site twice');
      assert.match(all, /이 사업장의 다른 역량 \d+건/);
      for (const [tab, mark] of [['meets', 'meets'], ['ask', 'ask'], ['near', 'near']]) {
        const one = (await v.get(`${query}&show=${tab}`)).body;
        const grades = [...one.matchAll(/<div class="grade"><span class="chip (\w+)">/g)].map((m) => m[1]);
        assert.ok(grades.every((g) => g === mark), `${tab}: ${grades}`);
        const count = Number(new RegExp(`show=${tab}#results"[^>]*aria-current="page">[^<]+<b>(\\d+)`).exec(one)[1]);
        assert.equal(grades.length > 0, count > 0, tab);
      }
    });
  });
}
