// What the server takes and what it refuses, and that every answer carries the safety headers.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { ask, answers, ended_well, open, raw, request, serve, FORM } from './client.mjs';

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ppuri-http-'));
const file = path.join(dir, 'style.css');
const css = 'p { color: black; }\n'.repeat(100);
let server;

before(async () => {
  fs.writeFileSync(file, css);
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(css));
  fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(css));
  server = await serve({ file, tmp: dir });
});

after(async () => {
  const end = await server.stop();
  fs.rmSync(dir, { recursive: true });
  ended_well(end);
});

const safety = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; " +
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
};

function assert_safe(answer) {
  for (const [name, value] of Object.entries(safety)) assert.equal(answer.headers[name], value);
  assert.match(answer.headers['permissions-policy'], /camera=\(\)/);
  assert.equal(answer.headers['strict-transport-security'], undefined);
}

test('safety headers are on pages, errors, redirects, 304 and HEAD', async () => {
  const list = [
    await ask(server, 'GET', '/'),
    await ask(server, 'GET', '/nowhere'),
    await ask(server, 'GET', '/a%2fb'),
    await ask(server, 'GET', '/jump?to=/x'),
    await ask(server, 'HEAD', '/'),
    await ask(server, 'GET', '/asset'),
    await ask(server, 'GET', '/tag', { 'If-None-Match': '"v1"' }),
    await ask(server, 'POST', '/json', { 'Content-Type': 'application/json', 'Content-Length': 5000 }),
  ];
  assert.deepEqual(list.map((a) => a.code), [200, 404, 400, 303, 200, 200, 304, 413]);
  list.forEach(assert_safe);
  assert.match(list[1].body, /찾을 수 없습니다/);
  const ids = new Set(list.map((a) => a.headers['x-request-id']));
  assert.equal(ids.size, list.length);
});

test('raw targets: %2f, %00 and their kin are refused, never matched', async () => {
  const bad = ['/path%2fx', '/path/new%00x', '/path%2Fx', '/path?q=a%00b', '/path/%ff', '/path/%', '/path/%0d%0aX:1',
    '/path/../x', '/path/%2e%2e/x', '//path', '/path//x', '*', 'http://test/path', 'path', '/path#x', '/path?%'];
  for (const target of bad) assert.equal((await ask(server, 'GET', target)).code, 400, target);
  const good = await ask(server, 'GET', '/path/%EA%B0%80/b%20c?q=a%2Fb+c&y');
  assert.equal(good.body, '[path][가][b c]{q=a/b c}{y=} 127.0.0.1 https=0');
  const composed = await ask(server, 'GET', '/path/%E1%84%80%E1%85%A1');
  assert.match(composed.body, /\[가\]/);
});

const smuggling = [
  ['two Content-Length', 'Host: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nname='],
  ['two different Content-Length', 'Host: a\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nname='],
  ['Content-Length list', 'Host: a\r\nContent-Length: 5, 5\r\n\r\nname='],
  ['signed Content-Length', 'Host: a\r\nContent-Length: +5\r\n\r\nname='],
  ['both lengths', 'Host: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['both lengths, other order', 'Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n'],
  ['two Transfer-Encoding', 'Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['gzip, chunked', 'Host: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
  ['identity', 'Host: a\r\nTransfer-Encoding: identity\r\n\r\nabc'],
  ['xchunked', 'Host: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
  ['chunked with a blank behind', 'Host: a\r\nTransfer-Encoding: chunked \r\n\r\n0\r\n\r\n'],
  ['chunked with vertical tab', 'Host: a\r\nTransfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n'],
  ['no Host', 'X: a\r\n\r\n'],
  ['two Hosts', 'Host: a\r\nHost: a\r\n\r\n'],
  ['Host with a path', 'Host: a/b\r\n\r\n'],
  ['blank before the colon', 'Host: a\r\nContent-Length : 5\r\n\r\nname='],
  ['name that is no token', 'Host: a\r\nX(Y): 5\r\n\r\n'],
  ['control character in a value', 'Host: a\r\nX: a\x01b\r\n\r\n'],
  ['NUL in a value', 'Host: a\r\nX: a\0b\r\nY: c\r\n\r\n'],
  ['NUL in the last value', 'Host: a\r\nX: a\0b\r\n\r\n'],
  ['NUL at the end of the last value', 'Host: a\r\nX: a\0\r\n\r\n'],
  ['NUL behind chunked', 'Host: a\r\nTransfer-Encoding: chunked\0x\r\n\r\n0\r\n\r\n'],
  ['NUL behind a length', 'Host: a\r\nContent-Length: 5\0x\r\n\r\nname='],
  ['bare line feed', 'Host: a\nX: b\r\n\r\n'],
  ['bare line feed at the end', 'Host: a\r\nX: b\n\r\n'],
  ['bare line feeds only', 'Host: a\n\n'],
  ['folded line', 'Host: a\r\nX: b\r\n c\r\n\r\n'],
  ['folded length', 'Host: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n'],
];

for (const [name, rest] of smuggling)
  test(`guard: ${name}`, async () => {
    const hidden = 'GET /path/smuggled HTTP/1.1\r\nHost: a\r\n\r\n';
    for (const method of ['POST', 'GET']) {
      const got = await raw(server, Buffer.from(`${method} /raw HTTP/1.1\r\n${rest}${hidden}`, 'latin1'));
      assert.equal(got.list[0]?.code, 400, got.text);
      assert.equal(got.list.length, 1);
      assert.ok(!got.text.includes('smuggled'));
      assert.ok(got.closed);
    }
  });

test('request lines that hide something are refused', async () => {
  for (const line of ['GET /path\0x HTTP/1.1', 'GET  /path HTTP/1.1', 'GET /path  HTTP/1.1', 'GET\t/path HTTP/1.1',
    'GE\0T /path HTTP/1.1', 'GET /path HTTP/1.1 ', 'GET /pa th HTTP/1.1']) {
    const got = await raw(server, Buffer.from(`${line}\r\nHost: a\r\n\r\n`, 'latin1'));
    assert.ok(got.closed, line);
    assert.ok(got.list.length === 0 || got.list[0].code === 400, `${line}: ${got.text}`);
  }
});

// The library answers these by itself, before any of our code is asked: bare, but never a page of ours and always closed.
test('what the library refuses by itself is closed', async () => {
  const cases = [
    ['GET / HTTP/1.1\r\nnocolon\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n', 400],
    ['GET / HTTP/2.0\r\nHost: a\r\n\r\n', 505],
    ['GET / HTTP/9\r\nHost: a\r\n\r\n', 400],
    [`GET /${'a'.repeat(70000)} HTTP/1.1\r\nHost: a\r\n\r\n`, 414],
    [`GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(70000)}\r\n\r\n`, 431],
    ['POST /raw HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400],
  ];
  for (const [text, code] of cases) {
    const got = await raw(server, text);
    assert.ok(got.closed);
    assert.equal(got.list[0]?.code ?? code, code, text.slice(0, 60));
  }
});

test('sizes: target 8 KB, headers 16 KB, 100 headers, 200 pairs', async () => {
  assert.equal((await ask(server, 'GET', `/path/${'a'.repeat(8000)}`)).code, 200);
  assert.equal((await ask(server, 'GET', `/path/${'a'.repeat(8200)}`)).code, 414);
  assert.equal((await ask(server, 'GET', '/', { X: 'a'.repeat(16000) })).code, 200);
  assert.equal((await ask(server, 'GET', '/', { X: 'a'.repeat(16400) })).code, 431);
  const many = (n) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`X-${i}`, 'y']));
  assert.equal((await ask(server, 'GET', '/', many(99))).code, 200);
  const refused = await ask(server, 'GET', '/', many(100));
  assert.equal(refused.code, 431);
  assert_safe(refused);
  assert.equal((await ask(server, 'GET', `/path?${'a&'.repeat(200)}`)).code, 200);
  assert.equal((await ask(server, 'GET', `/path?${'a&'.repeat(201)}`)).code, 400);
  // All bounds at once still get a page of ours.
  const full = { ...many(97), Cookie: Array.from({ length: 50 }, (_, i) => `c${i}=${'v'.repeat(250)}`).join('; ') };
  assert.equal((await ask(server, 'GET', `/path/${'a'.repeat(7000)}?${'a&'.repeat(200)}`, full)).code, 200);
});

test('HEAD is GET without the body, and the connection goes on', async () => {
  const c = open(server);
  await c.ready;
  await c.send(request('HEAD', '/'));
  await c.send(request('GET', '/'));
  const text = await c.until((t) => answers(t, [true]).length === 2);
  const [head, get] = answers(text, [true]);
  assert.equal(head.code, 200);
  assert.equal(head.headers['content-length'], get.headers['content-length']);
  assert.equal(get.body.length, Number(get.headers['content-length']));
  c.end();
});

test('pipelined requests are answered in order, through the pool too', async () => {
  const c = open(server);
  await c.ready;
  const n = 30;
  const parts = Array.from({ length: n }, (_, i) => request('GET', `/${i % 3 ? 'pool' : 'path'}/${i}`));
  await c.send(Buffer.concat(parts));
  const text = await c.until((t) => answers(t).length === n);
  answers(text).forEach((a, i) => assert.match(a.body, new RegExp(`\\]\\[${i}\\]`)));
  c.end();
});

test('bodies: form, JSON, wrong type, too large at the first call', async () => {
  assert.equal((await ask(server, 'POST', '/rows', FORM, 'name=%EA%B0%80')).code, 200);
  assert.equal((await ask(server, 'POST', '/rows', FORM, 'name=%zz')).code, 400);
  assert.equal((await ask(server, 'POST', '/rows', FORM)).code, 400);
  assert.equal((await ask(server, 'POST', '/rows', { 'Content-Type': 'text/plain' }, 'name=a')).code, 415);
  const json = { 'Content-Type': 'application/json' };
  assert.equal((await ask(server, 'POST', '/json', json, '{"a":1}')).body, '{"a":1}');
  const problem = await ask(server, 'POST', '/json', { ...json, Accept: 'application/json' }, 'x'.repeat(1001));
  assert.equal(problem.code, 413);
  assert.equal(JSON.parse(problem.body).type, 'too-large');
  assert.equal(problem.headers['content-type'], 'application/problem+json');
  // No byte of the body is needed for the refusal.
  const early = await raw(server, request('POST', '/json', { ...json, 'Content-Length': 10 ** 12 }));
  assert.equal(early.list[0].code, 413);
  assert.ok(early.closed);
  assert.equal((await ask(server, 'GET', '/', { 'Content-Length': 3 }, 'abc')).code, 413);
});

test('Expect: 100-continue is answered, or refused before the body', async () => {
  const c = open(server);
  await c.ready;
  await c.send(request('POST', '/raw', { Expect: '100-continue', 'Content-Length': 3 }));
  await c.until((t) => t.includes('100 Continue'));
  await c.send('abc');
  const text = await c.until((t) => answers(t).length === 2);
  assert.equal(answers(text)[1].body, 'abc');
  c.end();
  const refused = await raw(server, request('POST', '/raw', { Expect: '100-continue', 'Content-Length': 10 ** 9 }));
  assert.equal(refused.list[0].code, 413);
});

const chunk = (text) => `${text.length.toString(16)}\r\n${text}\r\n`;
const chunked_head = (target) => request('POST', target, { 'Transfer-Encoding': 'chunked', ...FORM });

test('chunked: 411 where not needed, taken where allowed', async () => {
  const refused = await raw(server, Buffer.concat([chunked_head('/rows'), Buffer.from('0\r\n\r\n')]));
  assert.equal(refused.list[0].code, 411);
  assert.ok(refused.closed);
  const got = await raw(server, Buffer.concat([chunked_head('/raw'), Buffer.from(`${chunk('ab')}${chunk('c')}0\r\n\r\n`)]), 300);
  assert.equal(got.list[0].body, 'abc');
});

test('chunked over the limit: swallowed up to twice, then cut', async () => {
  const limit = 100000;
  const piece = chunk('x'.repeat(10000));
  const over = await raw(server, Buffer.concat([chunked_head('/raw'), Buffer.from(`${piece.repeat(15)}0\r\n\r\n`)]), 1000);
  assert.equal(over.list[0].code, 413);
  const c = open(server);
  await c.ready;
  c.send(chunked_head('/raw'));
  let sent = 0;
  while (!c.socket.destroyed && sent < 100 * limit) {
    await Promise.race([c.send(piece), c.closed]);
    sent += 10000;
  }
  await c.closed;
  assert.ok(sent < 50 * limit, `${sent} bytes taken`);
  assert.equal(answers(c.text()).length, 0);
});

test('ETag and 304, variants by Accept-Encoding', async () => {
  const tagged = await ask(server, 'GET', '/tag');
  assert.equal(tagged.headers.etag, '"v1"');
  const same = await ask(server, 'GET', '/tag', { 'If-None-Match': 'W/"v1"' });
  assert.equal(same.code, 304);
  assert.equal(same.headers.etag, '"v1"');
  assert.equal((await ask(server, 'GET', '/tag', { 'If-None-Match': '"v0"' })).code, 200);

  const plain = await ask(server, 'GET', '/asset');
  assert.equal(plain.body, css);
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.equal(plain.headers.vary, 'Accept-Encoding');
  const tags = new Set([plain.headers.etag]);
  for (const [name, undo] of [['gzip', zlib.gunzipSync], ['br', zlib.brotliDecompressSync]]) {
    const c = open(server);
    await c.ready;
    await c.send(request('GET', '/asset', { 'Accept-Encoding': name, Connection: 'close' }));
    await c.closed;
    const [answer] = answers(c.text());
    assert.equal(answer.headers['content-encoding'], name);
    assert.equal(answer.headers.vary, 'Accept-Encoding');
    tags.add(answer.headers.etag);
    const bytes = c.bytes();
    assert.equal(undo(bytes.subarray(bytes.indexOf('\r\n\r\n') + 4)).toString(), css);
    const again = await ask(server, 'GET', '/asset', { 'Accept-Encoding': name, 'If-None-Match': answer.headers.etag });
    assert.equal(again.code, 304);
  }
  assert.equal(tags.size, 3);
});

test('files: attachment, range, 416', async () => {
  const all = await ask(server, 'GET', '/file');
  assert.equal(all.body, css);
  assert.match(all.headers['content-disposition'], /^attachment; filename="[^"]*"; filename\*=UTF-8''%EB%8F%84%EB%A9%B4%201\.bin$/);
  const part = await ask(server, 'GET', '/file', { Range: 'bytes=2-8' });
  assert.equal(part.code, 206);
  assert.equal(part.body, css.slice(2, 9));
  assert.equal(part.headers['content-range'], `bytes 2-8/${css.length}`);
  const outside = await ask(server, 'GET', '/file', { Range: 'bytes=999999-' });
  assert.equal(outside.code, 416);
  assert.equal(outside.headers['content-range'], `bytes */${css.length}`);
  assert.equal((await ask(server, 'HEAD', '/file')).headers['content-length'], String(css.length));
});

test('headers cannot be split, redirects stay here', async () => {
  const split = await ask(server, 'GET', '/split?v=a%0d%0aSet-Cookie:%20x=1');
  assert.equal(split.code, 400);
  assert.equal(split.headers['set-cookie'], undefined);
  assert.equal((await ask(server, 'GET', '/split?v=fine')).headers['x-echo'], 'fine');
  assert.equal((await ask(server, 'GET', '/jump?to=//evil')).code, 400);
  assert.equal((await ask(server, 'GET', '/jump?to=https://evil')).code, 400);
  assert.equal((await ask(server, 'GET', '/jump?to=/firms')).headers.location, '/firms');
});

test('multipart: texts and files, bounds, nothing left in the folder', async () => {
  const type = { 'Content-Type': 'multipart/form-data; boundary=B' };
  const part = (rest, data) => `--B\r\nContent-Disposition: form-data; ${rest}\r\n\r\n${data}\r\n`;
  const body = `${part('name="제목"', '금형')}${part('name="f"; filename="도면.pdf"', 'abc')}--B--\r\n`;
  const got = await ask(server, 'POST', '/upload', type, body);
  assert.equal(got.code, 200);
  assert.equal(got.body, '제목=금형\nfile f 도면.pdf 3 96354\n');
  const four = part('name="f"; filename="x"', '1').repeat(4);
  assert.equal((await ask(server, 'POST', '/upload', type, `${four}--B--`)).code, 413);
  assert.equal((await ask(server, 'POST', '/upload', type, 'nothing of that')).code, 400);
  assert.equal((await ask(server, 'POST', '/upload', { 'Content-Type': 'multipart/form-data' }, body)).code, 400);
  const broken = open(server);
  await broken.ready;
  await broken.send(request('POST', '/upload', { ...type, 'Content-Length': 100000 }, body.slice(0, -10)));
  await new Promise((done) => setTimeout(done, 100));
  assert.equal(fs.readdirSync(dir).filter((n) => n.startsWith('upload-')).length, 1);
  broken.end();
  await new Promise((done) => setTimeout(done, 200));
  assert.deepEqual(fs.readdirSync(dir).filter((n) => n.startsWith('upload-')), []);
});

test('the proxy headers are not believed without a proxy', async () => {
  const got = await ask(server, 'GET', '/path', { 'X-Forwarded-For': '9.9.9.9', 'X-Forwarded-Proto': 'https' });
  assert.match(got.body, / 127\.0\.0\.1 https=0$/);
});

test('one log line a request, without user text; metrics count', async () => {
  await ask(server, 'GET', '/path/secretword?q=secretword', { Cookie: 'a=secretword', 'X-Forwarded-For': 'secretword' });
  await ask(server, 'GET', '/path%2fsecretword');
  await ask(server, 'SECRETWORD', '/secretword');
  await new Promise((done) => setTimeout(done, 100));
  const lines = server.log().trim().split('\n').map((line) => JSON.parse(line));
  assert.ok(!/secretword/i.test(server.log()));
  const line = lines.findLast((l) => l.route === 'path');
  assert.deepEqual(Object.keys(line), ['time', 'level', 'event', 'id', 'method', 'route', 'status', 'bytes', 'ms', 'aborted']);
  const text = (await ask(server, 'GET', '/metrics')).body;
  assert.match(text, /ppuri_http_requests_total\{class="page",code="2xx"\} [1-9]/);
  assert.match(text, /ppuri_http_requests_total\{class="write",code="2xx"\} [1-9]/);
  assert.match(text, /ppuri_http_request_seconds_bucket\{class="write",le="\+Inf"\} [1-9]/);
  assert.match(text, /ppuri_http_refused_total [1-9]/);
  assert.match(text, /\nppuri_http_in_flight 1\n/);
});
