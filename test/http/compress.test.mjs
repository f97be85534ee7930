// Pages are sent compressed to who takes it; the token of forms looks different each time; pages with a secret are never compressed.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import http from 'node:http';
import { demo_store, serve } from '../product.mjs';

let s;
before(async () => (s = await serve(demo_store())));
after(() => s.stop());

const get = (path, headers = {}) =>
  new Promise((done, fail) =>
    http.get(s.base + path, { headers }, (r) => {
      const parts = [];
      r.on('data', (d) => parts.push(d)).on('end', () => done({ headers: r.headers, code: r.statusCode, body: Buffer.concat(parts) }));
    }).on('error', fail),
  );
const token = (html) => /name="csrf" value="(\w+)"/.exec(html)[1];
const without = (html) => html.replace(/name="(csrf|key)" value="\w+"|<code>\w{16}<\/code>/g, '');

test('the same page, compressed and not', async () => {
  const cookie = (await get('/')).headers['set-cookie'][0].split(';')[0];
  for (const path of ['/', '/firms', '/?process=MOLD', '/vocab/processes', '/nowhere']) {
    const plain = await get(path, { Cookie: cookie });
    const packed = await get(path, { Cookie: cookie, 'Accept-Encoding': 'gzip, br' });
    assert.equal(plain.headers['content-encoding'], undefined);
    assert.equal(packed.headers['content-encoding'], 'gzip', path);
    assert.equal(plain.headers.vary, 'Accept-Encoding');
    assert.equal(packed.headers.vary, 'Accept-Encoding');
    assert.ok(packed.body.length * 2 < plain.body.length, path);
    assert.equal(without(gunzipSync(packed.body).toString()), without(plain.body.toString()), path);
  }
  for (const refused of ['gzip;q=0', 'identity', 'br'])
    assert.equal((await get('/', { 'Accept-Encoding': refused })).headers['content-encoding'], undefined, refused);
});

test('a token is another one each time and always good', async () => {
  const first = await get('/read');
  const cookie = first.headers['set-cookie'][0].split(';')[0];
  const tokens = [token(first.body.toString())];
  for (let i = 0; i < 3; i++) tokens.push(token((await get('/read', { Cookie: cookie })).body.toString()));
  assert.equal(new Set(tokens).size, 4);
  const post = (csrf) => fetch(`${s.base}/read`, { method: 'POST', headers: { Cookie: cookie }, body: new URLSearchParams({ csrf, text: '단조' }) });
  for (const csrf of tokens) assert.equal((await post(csrf)).status, 200);
  const good = tokens[0];
  const turned = (good[0] === '0' ? '1' : '0') + good.slice(1);
  for (const csrf of ['', '0'.repeat(128), good.slice(0, 64), turned, `${good}00`, good.replace(/.$/, 'g')]) assert.equal((await post(csrf)).status, 403, csrf);
});

test('what only its address opens is not compressed', async () => {
  const page = await get('/?process=MOLD');
  const cookie = page.headers['set-cookie'][0].split(';')[0];
  const html = page.body.toString();
  const made = await fetch(`${s.base}/drafts`, { method: 'POST', redirect: 'manual', headers: { Cookie: cookie }, body: new URLSearchParams({ csrf: token(html), key: 'k1', need: '{"steps":[{"process":"MOLD"}]}' }) });
  assert.equal(made.status, 303);
  for (const path of ['/drafts', made.headers.get('location'), `${made.headers.get('location')}?step=1`]) {
    const answer = await get(path, { Cookie: cookie, 'Accept-Encoding': 'gzip' });
    assert.equal(answer.code, 200);
    assert.equal(answer.headers['content-encoding'], undefined, path);
  }
});
