// The page for a pasted mail, on both stores: what was read, who can do each step, chains; without a process; bad forms.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { ask } from './client.mjs';
import { demo_store, hostile, serve, stores } from '../product.mjs';

const mail = '알루미늄 A6061 하우징 300x200x80 mm를 5축 가공 후 경질 아노다이징(50미크론), 20개, 1월 말까지 대전 납품. 도금은 필요 없음.';

for (const [name, make] of stores) {
  describe(`on ${name}`, () => {
    let s;
    before(async () => {
      s = await serve(demo_store(make));
    });
    after(async () => {
      const end = await s.stop();
      assert.equal(end.code, 0, `${end.signal}\n${end.log}`);
      assert.doesNotMatch(end.log, /"level":"error"/);
      assert.doesNotMatch(end.log, /하우징/, 'no text of a visitor in the log');
    });

    async function send(text, lang = 'ko', more = {}) {
      const box = await ask(s, 'GET', `/read?lang=${lang}`);
      assert.equal(box.code, 200);
      const csrf = /name="csrf" value="(\w+)"/.exec(box.body)[1];
      const cookie = box.headers['set-cookie'].split(/, (?=\w+=)/).map((c) => c.split(';')[0]).join('; ');
      const form = new URLSearchParams({ csrf, text, ...more }).toString();
      return ask(s, 'POST', '/read', { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: cookie, Origin: `http://test` }, form);
    }

    test('each step leads to its form, filled in, with the same firms', async () => {
      const a = await send('Ti-6Al-4V 단조품 Ø300×120 진공열처리 HRC 30~36 후 5축 가공 공차 ±0.02, AS9100 필수, ISO 14001 우대, 50개, 1월 말까지 대전 납품');
      const steps = a.body.split('<li class="read-step">').slice(1);
      assert.equal(steps.length, 3);
      for (const step of steps) {
        const href = /<a class="button small" href="([^"]+)"/.exec(step)[1].replaceAll('&amp;', '&');
        const form = await ask(s, 'GET', href);
        assert.equal(form.code, 200);
        assert.doesNotMatch(form.body, /aria-invalid/);
        const counts = [...step.matchAll(/<span class="chip (?:meets|ask|near)">[^]*?(\d+)<\/span>/g)].slice(0, 3).map((m) => Number(m[1]));
        const tabs = [...form.body.matchAll(/#results"[^>]*>[^<]+<b>(\d+)<\/b>/g)].slice(1).map((m) => Number(m[1]));
        assert.deepEqual(tabs, counts, href);
        assert.match(form.body, /value="300×120"/);
        assert.match(form.body, /권장으로만 본 조건/);
      }
    });

    test('spans, steps with firms, chains', async () => {
      const a = await send(mail);
      assert.equal(a.code, 200);
      assert.match(a.body, /<mark class="read process[^"]*" title="MACHINING\.MILLING\.AXIS_5">5축 가공<span class="tag">공정<\/span><\/mark>/);
      assert.match(a.body, /<mark class="read excluded[^"]*" title="SURFACE\.PLATING">/);
      assert.match(a.body, /<h3>1\. 5축 가공<\/h3>/);
      assert.match(a.body, /<h3>2\. 경질 아노다이징<\/h3>/);
      assert.doesNotMatch(a.body, /<h3>3\./);
      assert.match(a.body, /\(가상\)/);
      assert.match(a.body, /<h2 id="chains-title">이어서 만드는 방법<\/h2>/);
      assert.match(a.body, /<li class="chain">/);
      assert.match(a.body, /만 ?원|원<\/b>/);
      assert.match(a.body, />알루미늄 A6061 하우징 300x200x80|하우징/);
    });

    test('the box and the examples of the first page give answers', async () => {
      for (const [lang, step] of [['ko', '2. 진공 열처리'], ['en', '2. Vacuum heat treatment']]) {
        const home = await ask(s, 'GET', `/?lang=${lang}`);
        assert.match(home.body, /<form class="home-box" action="\/read" method="post" data-keep="text">/);
        assert.match(home.body, lang === 'ko' ? /사업장 \d+곳 · 보유 역량 \d+건 · 열린 수요 \d+건/ : /\d+ sites · \d+ capabilities · \d+ open needs/);
        const links = [...home.body.matchAll(/href="(\/read\?text=[^"]+)"/g)].map((m) => m[1]);
        assert.equal(links.length, 3);
        const answers = [];
        for (const link of links) answers.push((await ask(s, 'GET', link, { Cookie: `lang=${lang}` })).body);
        assert.ok(answers[0].includes(`<h3>${step}</h3>`) && answers[0].includes('<li class="chain">'));
        for (const body of answers) assert.match(body, /<ol class="firms">/);
      }
    });

    test('in English', async () => {
      const a = await send('5-axis machining of A6061 brackets 150x90x40 mm, then hard anodizing, 25 pcs', 'en');
      assert.match(a.body, /<html lang="en"/);
      assert.match(a.body, /Who can do each step/);
      assert.match(a.body, /Firms in a row/);
    });

    test('a text without a process, an empty one, and a hostile one', async () => {
      assert.match((await send('내일 회의에 참석해 주세요')).body, /이 글에서 공정을 찾지 못했습니다\./);
      const empty = await send(' ');
      assert.equal(empty.code, 400);
      assert.match(empty.body, /class="summary" role="alert"/);
      const bad = await send(`단조 ${hostile} 3개`);
      assert.equal(bad.code, 200);
      assert.doesNotMatch(bad.body, /<img/);
      assert.match(bad.body, /&lt;img src=x onerror=alert\(1\)&gt;/);
      assert.match(bad.body, /<h3>1\. 단조<\/h3>/);
    });

    test('without the token of the form it is refused', async () => {
      const a = await ask(s, 'POST', '/read', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'text=단조');
      assert.equal(a.code, 403);
    });
  });
}
