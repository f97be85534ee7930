// The look of pages: chosen without a script, remembered, and never another visitor's.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { demo_store, serve } from '../product.mjs';
import { get } from '../weights.mjs';

let s;
before(async () => (s = await serve(demo_store())));
after(async () => assert.equal((await s.stop()).code, 0));

const look = async (target, headers) => /<html lang="\w+"(?: data-theme="(\w+)")?/.exec((await get(s.base, target, headers)).body.toString())[1];
const chosen = async (target) => {
  const a = await get(s.base, target);
  return { code: a.code, to: a.headers.location, cookie: a.headers['set-cookie']?.find((c) => c.startsWith('theme=')) };
};

test('a choice is remembered and the address stays', async () => {
  const a = await chosen('/firms?process=HEAT&theme=dark&words=%EA%B8%88%ED%98%95');
  assert.deepEqual([a.code, a.to], [303, '/firms?process=HEAT&words=%EA%B8%88%ED%98%95']);
  assert.match(a.cookie, /^theme=dark; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/);
  assert.equal((await chosen('/?theme=light')).to, '/');
  assert.match((await chosen('/?theme=')).cookie, /^theme=; Path=\/; Max-Age=0/);
  assert.match((await chosen('/?theme=%3Cimg')).cookie, /^theme=; Path=\/; Max-Age=0/);
});

test('the look is the one of the cookie, also where pages are kept', async () => {
  for (let i = 0; i < 2; i++)
    for (const target of ['/', '/firms', '/vocab', '/nowhere'])
      for (const theme of ['dark', 'light', 'contrast', undefined])
        assert.equal(await look(target, theme ? { Cookie: `theme=${theme}` } : {}), theme, target);
  assert.equal(await look('/', { Cookie: 'theme=pink' }), undefined);
});

test('the form keeps what the page was asked, and is not where an answer would be lost', async () => {
  const page = (await get(s.base, '/firms?process=HEAT&lang=en', { Cookie: 'theme=dark' })).body.toString();
  const form = /<form class="theme">[^]*?<\/form>/.exec(page)[0];
  assert.match(form, /<input type="hidden" name="process" value="HEAT">/);
  assert.match(form, /<option value="dark" selected>Dark<\/option>/);
  assert.match(form, /<label for="theme">Appearance<\/label>/);
  const home = await get(s.base, '/');
  const csrf = /name="csrf" value="(\w+)"/.exec(home.body)[1];
  const read = await fetch(`${s.base}/read`, { method: 'POST', headers: { Cookie: home.headers['set-cookie'][0].split(';')[0] }, body: new URLSearchParams({ csrf, text: 'SCM440 단조' }) });
  assert.equal(read.status, 200);
  assert.doesNotMatch(await read.text(), /class="theme"/);
});
