// What can be changed after an answer: a must becomes a wish, weights move; both stay in the address.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { demo_store, serve } from '../product.mjs';

let s;
before(async () => (s = await serve(demo_store())));
after(() => s.stop());

const asked = { process: '진공 열처리', materials: 'SCM440', quantity: 50, deliver_to: '대전', certificates: 'AS9100' };
const page = async (more = []) => {
  const answer = await fetch(`${s.base}/?${new URLSearchParams([...Object.entries(asked), ...more])}`);
  assert.equal(answer.status, 200);
  return answer.text();
};
const counts = (html) => [...html.matchAll(/#results"[^>]*>[^<]+<b>(\d+)<\/b>/g)].slice(1).map((m) => Number(m[1]));

test('a must that keeps firms out is offered as a wish, and its link brings exactly so many', async () => {
  const before = await page();
  const offers = [...before.matchAll(/<p>([^<]+) 조건 하나 때문에 (\d+)건이 빠졌습니다\. <a class="button small" href="([^"]+)"/g)];
  assert.ok(offers.length >= 2, before);
  for (const [, label, n, href] of offers) {
    const after_text = await (await fetch(s.base + href.replaceAll('&amp;', '&'))).text();
    const [meets, ask] = counts(before), [more_meets, more_ask] = counts(after_text);
    assert.equal(more_meets + more_ask - meets - ask, Number(n), label);
    assert.match(after_text, /권장으로만 본 조건/);
    const back = /<a class="chip" href="([^"]+)">/.exec(after_text)[1].replaceAll('&amp;', '&');
    assert.deepEqual(counts(await (await fetch(s.base + back)).text()), counts(before));
    assert.match(after_text, /<input type="hidden" name="wished" value="[a-z:A-Z0-9]+">/);
  }
});

test('weights change the order and stand in the sliders; all zero is refused in words; nonsense says nothing', async () => {
  const score = (html) => Number(/<span class="score"><b>([\d.]+)/.exec(html)[1]);
  const usual = await page(), near = await page([['weight_place', 100]]);
  assert.match(near, /id="weight_place" name="weight_place"[^>]*value="100"/);
  assert.match(usual, /id="weight_place" name="weight_place"[^>]*value="10"/);
  assert.notEqual(score(near), score(usual));
  const rows = ['process', 'material', 'size', 'precision', 'quantity', 'due', 'certificates', 'place', 'context', 'track', 'evidence'];
  const none = await page(rows.map((r) => [`weight_${r}`, 0]));
  assert.match(none, /비중이 모두 0이어서/);
  assert.equal(score(none), score(usual));
  const odd = await page([['weight_place', '-3'], ['weight_due', 'x'], ['wished', '<img src=x onerror=alert(1)>'], ['wished', 'certificate:NONE']]);
  assert.equal(score(odd), score(usual));
  assert.doesNotMatch(odd, /<img src=x/);
});
