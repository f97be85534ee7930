// What a browser has to load for a page, and the slices of the font.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { demo_store, root, serve } from '../product.mjs';
import { FONTS_MAX, faces, get, weights } from '../weights.mjs';

let s;
before(async () => (s = await serve(demo_store())));
after(async () => assert.equal((await s.stop()).code, 0));

const css = fs.readFileSync(path.join(root, 'src/web/assets/style/font.css'), 'utf8');

test('the slices are there under their addresses, may be kept for a year, and share no letter', async () => {
  const all = faces(css);
  assert.ok(all.length > 10, `${all.length}`);
  for (const face of all) {
    const font = await get(s.base, face.source);
    assert.equal(font.code, 200, face.source);
    assert.equal(font.headers['content-type'], 'font/woff2');
    assert.equal(font.headers['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(font.body.subarray(0, 4).toString(), 'wOF2');
  }
  for (let code = 0x20; code < 0xd7a4; code++) assert.ok(all.filter((f) => f.has(code)).length <= 1, code.toString(16));
  assert.equal((css.match(/font-display: swap/g) ?? []).length, all.length);
});

test('every letter of the product and of KS X 1001 is in a slice', () => {
  const all = faces(css);
  const texts = fs.readFileSync(path.join(root, 'locale/en.po'), 'utf8');
  let standard = '';
  for (let a = 0xb0; a <= 0xc8; a++) for (let b = 0xa1; b <= 0xfe; b++) standard += new TextDecoder('euc-kr').decode(Uint8Array.of(a, b));
  const letters = new Set([...texts + standard].filter((c) => c >= '가' && c <= '힣'));
  assert.equal([...standard].length, 2350);
  for (const c of letters) assert.ok(all.some((f) => f.has(c.codePointAt(0))), c);
});

test('few letters of the product are outside of the core', () => {
  const core = faces(css).filter((f) => /ppuri-(core|latin)\./.test(f.source));
  const texts = fs.readFileSync(path.join(root, 'locale/en.po'), 'utf8');
  const outside = [...new Set(texts)].filter((c) => c >= '가' && c <= '힣' && !core.some((f) => f.has(c.codePointAt(0))));
  assert.ok(outside.length <= 20, `run script/fonts: ${outside.join('')}`);
});

test('a Korean home page loads less than 150 KiB of fonts', async () => {
  const w = await weights(s.base);
  assert.ok(w.fonts > 50 * 1024 && w.fonts < FONTS_MAX, `${w.fonts}`);
});
