// Event streams, large uploads, TLS, the proxy in front, and what the server refuses to start with.
import test from 'node:test';
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { answers, ask, ended_well, open, request, serve, sleep, FORM } from './client.mjs';

async function listen(server) {
  const c = open(server);
  await c.ready;
  await c.send(request('GET', '/events'));
  await c.until((t) => t.includes('\r\n\r\n'));
  return c;
}

const streams = async (server) => Number(/ppuri_http_event_streams (\d+)/.exec((await ask(server, 'GET', '/metrics')).body)[1]);

test('events reach every stream, in order and soon', async () => {
  const server = await serve({ stream_beat_ms: 300 });
  const list = await Promise.all([1, 2, 3].map(() => listen(server)));
  assert.match(list[0].text(), /content-type: text\/event-stream/i);
  assert.match(list[0].text(), /content-security-policy/i);
  const began = Date.now();
  for (let i = 0; i < 50; i++) await ask(server, 'POST', '/push', FORM, `id=${i}&data=line+${i}%0Asecond`);
  const texts = await Promise.all(list.map((c) => c.until((t) => t.includes('id: 49\n') && t.includes('data: line 49\ndata: second\n\n'))));
  assert.ok(Date.now() - began < 3000);
  for (const text of texts)
    assert.deepEqual([...text.matchAll(/id: (\d+)\n/g)].map((m) => Number(m[1])), [...Array(50).keys()]);
  // Heartbeats show a gone client.
  await list[0].until((t) => t.includes('\r\n:\n\n'));
  assert.equal(await streams(server), 3);
  list[0].end();
  list[1].end();
  for (let i = 0; i < 30 && (await streams(server)) !== 1; i++) await sleep(100);
  assert.equal(await streams(server), 1);
  const end = await server.stop();
  ended_well(end);
});

test('a stream that is not read is ended, others go on', async () => {
  const server = await serve({ stream_beat_ms: 400 });
  const deaf = await listen(server);
  deaf.socket.pause();
  const live = await listen(server);
  const data = 'x'.repeat(60000);
  // The live one is given time to read each: a test that pushes faster than it reads would end it too.
  for (let i = 0; i < 200 && (await streams(server)) === 2; i++) {
    await ask(server, 'POST', '/push', FORM, `id=${i}&data=${data}`);
    await live.until((t) => t.lastIndexOf(`id: ${i}\n`) >= 0);
  }
  for (let i = 0; i < 40 && (await streams(server)) === 2; i++) await sleep(100);
  assert.equal(await streams(server), 1);
  await ask(server, 'POST', '/push', FORM, 'id=last&data=end');
  await live.until((t) => t.includes('id: last\n'));
  live.end();
  deaf.end();
  ended_well(await server.stop());
});

test('more streams than allowed get 503', async () => {
  const server = await serve({ streams_max: 1 });
  const one = await listen(server);
  assert.equal((await ask(server, 'GET', '/events')).code, 503);
  one.end();
  ended_well(await server.stop());
});

test('50 MB go to disk while memory stays', async () => {
  const tmp = fs.mkdtempSync(path.join(os.tmpdir(), 'ppuri-http-'));
  const server = await serve({ tmp });
  const rss = async () => Number(/(\d+) kB/.exec((await ask(server, 'GET', '/memory')).body)[1]);
  const before = await rss();
  const head = '--B\r\nContent-Disposition: form-data; name="f"; filename="big.bin"\r\n\r\n';
  const tail = '\r\n--B--\r\n';
  const megabyte = Buffer.alloc(1 << 20, 'a\r\n--');
  const length = head.length + 50 * megabyte.length + tail.length;
  const c = open(server);
  await c.ready;
  await c.send(request('POST', '/upload', { 'Content-Type': 'multipart/form-data; boundary=B', 'Content-Length': length }));
  await c.send(head);
  let peak = 0;
  for (let i = 0; i < 50; i++) {
    await c.send(megabyte);
    if (i % 10 === 9) peak = Math.max(peak, await rss());
  }
  await c.send(tail);
  const [answer] = answers(await c.until((t) => answers(t).length === 1));
  assert.match(answer.body, /^file f big\.bin 52428800 \d+\n$/);
  console.log(`memory ${before} kB before, ${peak} kB at most`);
  assert.ok(peak - before < 8000, `${before} -> ${peak} kB`);
  c.end();
  ended_well(await server.stop());
  assert.deepEqual(fs.readdirSync(tmp), []);
  fs.rmSync(tmp, { recursive: true });
});

test('TLS: pages, HSTS, pool, slow handshake cut, key file must be private', async () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ppuri-http-'));
  const [key, cert] = [path.join(dir, 'key.pem'), path.join(dir, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=localhost', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  fs.chmodSync(key, 0o644);
  assert.match((await serve({ key, cert })).refused, /mode must be 0600/);
  fs.chmodSync(key, 0o600);
  const server = await serve({ key, cert, address: '0.0.0.0', headers_ms: 1500 });
  const secure = { secure: true };
  const page = await ask(server, 'GET', '/path', {}, '', secure);
  assert.match(page.body, /https=1$/);
  assert.match(page.headers['strict-transport-security'], /max-age=31536000/);
  assert.equal((await ask(server, 'POST', '/rows', FORM, 'name=x', secure)).code, 200);
  assert.equal((await ask(server, 'GET', '/big?n=3000000', {}, '', secure)).body.length, 3000000);
  const two = open(server, { secure: true, tls: { maxVersion: 'TLSv1.2' } });
  await two.ready;
  assert.equal(two.socket.getProtocol(), 'TLSv1.2');
  two.end();
  const older = open(server, { secure: true, tls: { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } });
  await assert.rejects(older.ready);
  const silent = open(server);
  assert.ok((await silent.closed).ms < 3500);
  ended_well(await server.stop());
  fs.writeFileSync(cert, 'no certificate');
  assert.match((await serve({ key, cert })).refused, /valid PEM/);
  fs.rmSync(dir, { recursive: true });
});

test('behind a proxy: its word on address and scheme is taken', async () => {
  const server = await serve({ behind_proxy: 1, address: '0.0.0.0' });
  const got = await ask(server, 'GET', '/path', { 'X-Forwarded-For': '6.6.6.6, 203.0.113.9', 'X-Forwarded-Proto': 'https' });
  assert.match(got.body, / 203\.0\.113\.9 https=1$/);
  assert.match(got.headers['strict-transport-security'], /max-age/);
  const plain = await ask(server, 'GET', '/path');
  assert.match(plain.body, / 127\.0\.0\.1 https=0$/);
  assert.equal(plain.headers['strict-transport-security'], undefined);
  ended_well(await server.stop());
});

test('listening beyond loopback in the clear is refused, with the reason', async () => {
  for (const address of ['0.0.0.0', '::', '192.0.2.1']) {
    const got = await serve({ address });
    assert.equal(got.code, 2);
    assert.match(got.refused, /beyond loopback .*TLS.*--behind-proxy/);
  }
  const taken = await serve({});
  ended_well(await taken.stop());
});
