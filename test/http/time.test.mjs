// Slow clients are cut, idle ones do not disturb, and a stop under load loses nothing. Each promise has its failing case.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { answers, ask, ended_well, open, request, serve, sleep, FORM } from './client.mjs';

// Writes one byte of `text` every `every` ms until the server ends the connection.
async function drip(server, text, every) {
  const c = open(server);
  await c.ready;
  for (const byte of text) {
    if (c.socket.destroyed || c.socket.readableEnded) break;
    c.send(byte);
    await Promise.race([sleep(every), c.closed]);
  }
  return c.closed;
}

// Long enough for a busy machine to have read what was sent; without a cut the drips below last 12 s and more.
const LIMIT_MS = 3000;
const near = (ms, want) => assert.ok(ms > want * 0.8 && ms < want * 1.6 + 2000, `${ms} ms instead of ${want}`);

test('dripped headers, dripped bodies, idle and slow readers are cut', { concurrency: true }, async (t) => {
  const server = await serve({ headers_ms: LIMIT_MS, body_ms: LIMIT_MS, keep_alive_ms: LIMIT_MS, send_ms: LIMIT_MS, rate: 8000000 });
  const until_end = async (run) => {
    const began = Date.now();
    const { text } = await run();
    return { ms: Date.now() - began, text };
  };
  await Promise.all([
    t.test('a request line that never ends: cut without a word', async () => {
      const got = await until_end(() => drip(server, 'G'.repeat(200), 100));
      near(got.ms, LIMIT_MS);
      assert.equal(got.text, '');
    }),
    t.test('headers that never end: 408', async () => {
      const got = await until_end(() => drip(server, `GET / HTTP/1.1\r\nHost: a\r\n${'X: y\r\n'.repeat(100)}`, 20));
      near(got.ms, LIMIT_MS);
      const [answer] = answers(got.text);
      assert.equal(answer.code, 408);
      assert.match(answer.headers['content-security-policy'], /default-src 'none'/);
      assert.equal(answer.headers.connection, 'close');
    }),
    t.test('a connection that says nothing', async () => {
      const c = open(server);
      near((await c.closed).ms, LIMIT_MS);
    }),
    t.test('a body that never ends: 408', async () => {
      const got = await until_end(() => drip(server, `${request('POST', '/raw', { 'Content-Length': 500 })}${'x'.repeat(400)}`, 30));
      near(got.ms, LIMIT_MS + 400);
      assert.equal(answers(got.text)[0].code, 408);
    }),
    t.test('a body has time for its size', async () => {
      const c = open(server);
      await c.ready;
      await c.send(request('POST', '/raw', { 'Content-Length': 1000 }));
      await sleep(LIMIT_MS * 0.6);
      await c.send('x'.repeat(1000));
      assert.equal(answers(await c.until((x) => answers(x).length === 1))[0].code, 200);
      c.end();
    }),
    t.test('between requests: keep-alive and headers together', async () => {
      const c = open(server);
      await c.ready;
      await c.send(request('GET', '/'));
      await c.until((x) => answers(x).length === 1);
      near((await c.closed).ms, 2 * LIMIT_MS);
      assert.equal(answers(c.text()).length, 1);
    }),
    t.test('a second request that drips on a kept connection', async () => {
      const c = open(server);
      await c.ready;
      await c.send(request('GET', '/'));
      await c.until((x) => answers(x).length === 1);
      const began = Date.now();
      await c.send('GET / HTTP/1.1\r\nHost: a\r\n');
      while (!c.socket.destroyed) {
        c.send('X: y\r\n');
        await Promise.race([sleep(100), c.closed]);
      }
      near(Date.now() - began, LIMIT_MS);
    }),
    t.test('a reader that does not read', async () => {
      const c = open(server);
      await c.ready;
      c.socket.pause();
      await c.send(request('GET', '/big?n=16000000'));
      await sleep(LIMIT_MS + 7000); // and 2 s for its size
      c.socket.resume();
      await c.closed;
      assert.ok(c.bytes().length < 16000000);
    }),
    t.test('slow work is not cut', async () => {
      assert.equal((await ask(server, 'GET', `/slow?ms=${LIMIT_MS + 1500}`)).body, 'slept\n');
    }),
  ]);
  const text = (await ask(server, 'GET', '/metrics')).body;
  assert.ok(Number(/ppuri_http_cut_total (\d+)/.exec(text)[1]) >= 6);
  ended_well(await server.stop());
});

test('idle connections by the thousand do not disturb a request', async () => {
  const limit = Number(execFileSync('sh', ['-c', 'ulimit -n']).toString()) || 1024;
  const want = limit >= 12000 ? 10000 : 2000;
  const server = await serve({ headers_ms: 30000 });
  const idle = [];
  for (let i = 0; i < want; i += 250) {
    const group = Array.from({ length: 250 }, () => open(server));
    await Promise.all(group.map((c) => c.ready));
    idle.push(...group);
  }
  const times = [];
  for (let i = 0; i < 20; i++) {
    const began = performance.now();
    assert.equal((await ask(server, 'GET', '/path/x')).code, 200);
    times.push(performance.now() - began);
  }
  const text = (await ask(server, 'GET', '/metrics')).body;
  const open_now = Number(/ppuri_http_connections (\d+)/.exec(text)[1]);
  const memory = (await ask(server, 'GET', '/memory')).body.trim();
  console.log(`${open_now} connections, ${memory}, slowest of 20 requests ${Math.max(...times).toFixed(1)} ms`);
  assert.ok(open_now > want);
  assert.ok(times.sort((a, b) => a - b)[10] < 250);
  idle.forEach((c) => c.end());
  ended_well(await server.stop());
});

// Posts on one kept connection until the server is gone; counts the answers that came whole.
async function poster(server, count) {
  for (;;) {
    const c = open(server);
    try {
      await c.ready;
    } catch {
      return;
    }
    let seen = 0;
    for (;;) {
      c.send(request('POST', '/rows?ms=10', FORM, 'name=x'));
      const list = answers(await c.until((t) => answers(t).length > seen));
      if (list.length === seen) break;
      seen = list.length;
      assert.equal(list[seen - 1].code, 200);
      count.answers++;
      if (list[seen - 1].headers.connection === 'close') break;
    }
    c.end();
  }
}

for (const round of [1, 2, 3])
  test(`stop under load ${round}: every row has its answer, every answer its row`, async () => {
    const server = await serve({});
    const count = { answers: 0 };
    const posters = Array.from({ length: 32 }, () => poster(server, count));
    await sleep(700);
    const began = Date.now();
    const end = await server.stop();
    const took = Date.now() - began;
    await Promise.all(posters);
    ended_well(end);
    const rows = Number(/rows (\d+) drained 1/.exec(end.out)[1]);
    console.log(`${count.answers} answers, ${rows} rows, stop took ${took} ms`);
    assert.ok(count.answers > 100);
    assert.equal(count.answers, rows);
    assert.ok(took < 3000);
  });

test('stop waits for slow work, and ends streams', async () => {
  const server = await serve({});
  const slow = ask(server, 'GET', '/slow?ms=1500');
  const stream = open(server);
  await stream.ready;
  await stream.send(request('GET', '/events'));
  await stream.until((t) => t.includes('text/event-stream'));
  await sleep(200);
  const end = await server.stop();
  const answer = await slow;
  assert.equal(answer.code, 200);
  assert.equal(answer.headers.connection, 'close');
  assert.match((await stream.closed).text, /0\r\n\r\n$/);
  ended_well(end);
  assert.match(end.out, /drained 1/);
});

test('a stop with work that does not end in time gives up, without an abort', async () => {
  const server = await serve({ drain_ms: 500, workers: 2 });
  const list = Array.from({ length: 6 }, () => ask(server, 'GET', '/slow?ms=1500'));
  const stuck = open(server);
  await stuck.ready;
  await stuck.send(request('POST', '/raw', { 'Content-Length': 100 }, 'half'));
  await sleep(200);
  const end = await server.stop();
  const codes = (await Promise.all(list)).map((a) => a?.code).sort();
  ended_well(end);
  assert.match(end.out, /drained 0/);
  assert.deepEqual(codes, [200, 200, 503, 503, 503, 503]);
});

test('a full queue says 503 with Retry-After', async () => {
  const server = await serve({ workers: 1, queue_max: 2 });
  const first = ask(server, 'GET', '/slow?ms=800');
  await sleep(200);
  const list = await Promise.all(Array.from({ length: 8 }, () => ask(server, 'GET', '/slow?ms=1')));
  const busy = list.filter((a) => a.code === 503);
  assert.equal(busy.length, 6);
  assert.equal(busy[0].headers['retry-after'], '2');
  assert.equal((await first).code, 200);
  assert.equal((await ask(server, 'GET', '/slow?ms=1')).code, 200);
  ended_well(await server.stop());
});
