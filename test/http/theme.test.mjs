// The look of pages is the visitor's own, also where pages are kept.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { demo_store, serve } from '../product.mjs';
import { get } from '../weights.mjs';

let s;
before(async () => (s = await serve(demo_store())));
after(async () => assert.equal((await s.stop()).code, 0));

const look = async (target, headers) => /<html lang="\w+"(?: data-theme="(\w+)")?/.exec((await get(s.base, target, headers)).body.toString())[1];

test('the look is the one of the address or of the cookie', async () => {
  for (let i = 0; i < 2; i++)
    for (const target of ['/', '/firms', '/vocab', '/nowhere'])
      for (const theme of ['dark', 'light', 'contrast', undefined]) {
        assert.equal(await look(target, theme ? { Cookie: `theme=${theme}` } : {}), theme, target);
        assert.equal(await look(`${target}?theme=${theme ?? 'system'}`, { Cookie: 'theme=dark' }), theme, target);
      }
  assert.equal(await look('/', { Cookie: 'theme=pink' }), undefined);
});
