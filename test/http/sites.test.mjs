// PUT /api/v1/sites/:ref with a token, on both stores: stored by the rules of the import, once a key, matchable within a second.
import test, { after, before, describe } from 'node:test';
import assert from 'node:assert/strict';
import { ask } from './client.mjs';
import { demo_store, folder, good, run, serve, sleep, stores } from '../product.mjs';

const site = (more = {}) => ({
  org: { name: '가나열처리' },
  site: { ref: 'API-1', name: '본사' },
  capabilities: [{ ref: 'API-1-1', process: 'HEAT.VACUUM', lead_days: 7 }],
  ...more,
});

let keys = 0;
const put = (s, token, body, headers = {}) =>
  ask(s, 'PUT', `/api/v1/sites/${body.site?.ref ?? 'API-1'}`, {
    'Content-Type': 'application/json',
    'Idempotency-Key': `k${++keys}`,
    ...(token && { Authorization: `Bearer ${token}` }),
    ...headers,
  }, JSON.stringify(body));

async function found(s, ref) {
  const need = JSON.stringify({ steps: [{ process: 'HEAT.VACUUM' }] });
  const a = await ask(s, 'POST', '/api/v1/match?top=200', { 'Content-Type': 'application/json' }, need);
  return JSON.parse(a.body).steps[0].results.some((r) => r.capability === ref);
}

for (const [name, make] of stores) {
  describe(`on ${name}`, () => {
    let db;
    let s;
    let token;
    before(async () => {
      db = demo_store(make);
      token = good(['token', 'create', '시험', '--db', db]).trim();
      s = await serve(db);
    });
    after(async () => {
      const end = await s.stop();
      assert.equal(end.code, 0, `${end.signal}\n${end.log}`);
      assert.doesNotMatch(end.log, /"level":"error"/);
      assert.ok(!end.log.includes(token), 'no secret in the log');
    });

    test('added, the same, changed; matchable within a second; traced', async () => {
      assert.equal(await found(s, 'API-1-1'), false);
      const added = await put(s, token, site());
      assert.equal(added.code, 201);
      assert.deepEqual(JSON.parse(added.body), { ref: 'API-1', outcome: 'added', capabilities: 1, ended: 0 });
      const began = Date.now();
      while (!(await found(s, 'API-1-1'))) {
        assert.ok(Date.now() - began < 1000, 'not matchable after a second');
        await sleep(20);
      }
      assert.equal(JSON.parse((await put(s, token, site())).body).outcome, 'same');
      const two = site({ capabilities: [{ ref: 'API-1-2', process: 'HEAT.ISOTHERMAL' }] });
      const changed = await put(s, token, two);
      assert.equal(changed.code, 200);
      assert.deepEqual(JSON.parse(changed.body), { ref: 'API-1', outcome: 'changed', capabilities: 1, ended: 1 });
      assert.match(good(['check', '--db', db, '--files-dir', folder()]), /audit/);
    });

    test('one effect a key; another body under the same key is refused', async () => {
      const body = site({ site: { ref: 'API-2', name: '본사' }, capabilities: [{ process: 'HEAT.VACUUM' }] });
      const first = await put(s, token, body, { 'Idempotency-Key': 'once' });
      const again = await put(s, token, body, { 'Idempotency-Key': 'once' });
      assert.equal(first.code, 201);
      assert.deepEqual([again.code, again.body], [first.code, first.body]);
      const other = await put(s, token, { ...body, org: { name: '다라열처리' } }, { 'Idempotency-Key': 'once' });
      assert.equal(other.code, 409);
      const none = await put(s, token, body, { 'Idempotency-Key': '' });
      assert.equal(none.code, 400);
      assert.equal(JSON.parse(none.body).errors[0].field, 'Idempotency-Key');
    });

    test('the second editor is told', async () => {
      const body = site({ site: { ref: 'API-3', name: '본사' }, capabilities: [{ ref: 'API-3-1', process: 'HEAT.VACUUM' }] });
      assert.equal((await put(s, token, body)).code, 201);
      const seen = (await ask(s, 'GET', '/api/v1/firms/API-3')).headers.etag;
      assert.match(seen, /^"[0-9a-f]{16}"$/);
      body.capabilities[0].lead_days = 3;
      assert.equal((await put(s, token, body, { 'If-Match': seen })).code, 200);
      body.capabilities[0].lead_days = 4;
      assert.equal((await put(s, token, body, { 'If-Match': seen })).code, 409);
      const now = await ask(s, 'GET', '/api/v1/firms/API-3');
      assert.equal(JSON.parse(now.body).capabilities[0].lead_days, 3);
      assert.equal((await ask(s, 'GET', '/api/v1/firms/API-3', { 'If-None-Match': now.headers.etag })).code, 304);
    });

    test('bad input is refused by field and stores nothing', async () => {
      const bad = [
        [site({ site: { ref: 'API-9', name: '본사' }, capabilities: [{ process: 'NONE' }] }), 'capabilities[0].process'],
        [site({ site: { ref: 'API-9', name: '본사' }, colour: 'red' }), 'colour'],
      ];
      for (const [body, field] of bad) {
        const a = await put(s, token, body);
        assert.equal(a.code, 400);
        assert.equal(JSON.parse(a.body).errors[0].field, field);
      }
      const taken = site({ site: { ref: 'API-9', name: '본사' }, capabilities: [{ ref: 'DEMO-C0001', process: 'HEAT.VACUUM' }] });
      assert.equal((await put(s, token, taken)).code, 400);
      const elsewhere = await ask(s, 'PUT', '/api/v1/sites/API-9', {
        'Content-Type': 'application/json', 'Idempotency-Key': 'e', Authorization: `Bearer ${token}`,
      }, JSON.stringify(site()));
      assert.equal(JSON.parse(elsewhere.body).errors[0].field, 'site.ref');
      assert.equal((await ask(s, 'GET', '/api/v1/firms/API-9')).code, 404);
    });

    test('without a token, with a wrong, an expired or a revoked one: 401 and nothing is stored', async () => {
      const body = site({ site: { ref: 'API-8', name: '본사' }, capabilities: [] });
      const none = await put(s, null, body);
      assert.equal(none.code, 401);
      assert.equal(none.headers['www-authenticate'], 'Bearer');
      for (const wrong of ['x', `${token}x`, token.slice(0, -1), `ppuri_${'A'.repeat(43)}`]) assert.equal((await put(s, wrong, body)).code, 401);
      assert.equal((await put(s, null, body, { Authorization: `Basic ${token}` })).code, 401);
      const other = good(['token', 'create', '버릴 것', '--days', '1', '--db', db]).trim();
      const listed = good(['token', 'list', '--db', db]).trim().split('\n');
      assert.equal(listed.length, 2);
      assert.match(listed[1], /^\d+  valid    sites  until \d{4}-\d\d-\d\dT.*  버릴 것$/);
      const id = listed[1].split(' ')[0];
      assert.ok(!listed.join().includes(other));
      good(['token', 'revoke', id, '--db', db]);
      assert.equal((await put(s, other, body)).code, 401);
      assert.equal(run(['token', 'revoke', id, '--db', db]).status, 1);
      assert.equal((await ask(s, 'GET', '/api/v1/firms/API-8')).code, 404);
      assert.equal((await ask(s, 'GET', '/', { Authorization: `Bearer ${token}` })).code, 200);
    });
  });
}

test('a token needs a name and a known scope', () => {
  const db = stores[0][1]();
  assert.equal(run(['token', 'create', '', '--db', db]).status, 1);
  assert.equal(run(['token', 'create', 'x', '--scope', 'all', '--db', db]).status, 2);
  assert.equal(run(['token', 'create', 'x', '--days', '0', '--db', db]).status, 2);
  assert.equal(run(['token', 'forget', 'x', '--db', db]).status, 2);
  assert.equal(good(['token', 'list', '--db', db]), '');
});
