// Every route of the product once, over a store with the demo region: it answers, and with what.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../build/ppuri');
const folder = mkdtempSync(path.join(tmpdir(), 'routes-'));
const store = path.join(folder, 'ppuri.db');
const run = (...args) => execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
const need = { ref: 'N-1', title: 'shaft', created: '2026-11-22', steps: [{ process: 'HEAT' }] };
let server, origin, site;

before(async () => {
    const sites = run('demo', 'sites').split('\n').slice(0, 40).join('\n');
    site = JSON.parse(sites.split('\n')[0]).site.ref ?? 'S-1';
    writeFileSync(path.join(folder, 'sites.jsonl'), `${sites}\n`);
    run('init', '--db', store);
    run('import', 'sites', path.join(folder, 'sites.jsonl'), '--db', store);
    server = spawn(program, ['serve', '--db', store, '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = await once(server.stdout, 'data');
    origin = /http:\/\/\S+/.exec(String(line))[0];
});

after(async () => {
    server.kill('SIGTERM');
    await once(server, 'exit');
    rmSync(folder, { recursive: true });
});

const ask = (target, options) => fetch(origin + target, { redirect: 'manual', ...options });

test('the first page finds firms and names the stylesheet', async () => {
    const page = await ask('/');
    assert.equal(page.status, 200);
    assert.match(page.headers.get('content-type'), /^text\/html/);
    const style = /\/assets\/[\w.-]+\.css/.exec(await page.text())[0];
    const asset = await ask(style);
    assert.equal(asset.status, 200);
    assert.match(asset.headers.get('content-type'), /^text\/css/);
    assert.equal((await ask('/assets/none.css')).status, 404);
});

test('a firm has a page and an object', async () => {
    const page = await ask(`/firms/${site}`);
    assert.equal(page.status, 200);
    assert.equal((await ask('/firms/S-none')).status, 404);
    const object = await ask(`/api/v1/firms/${site}`);
    assert.equal(object.status, 200);
    assert.equal((await object.json()).site.ref, site);
    assert.equal((await ask('/api/v1/firms/S-none')).status, 404);
});

test('a need is matched', async () => {
    const post = body => ask('/api/v1/match', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const answer = await post(JSON.stringify(need));
    assert.equal(answer.status, 200);
    const { steps } = await answer.json();
    assert.ok(steps[0].results.length > 0);
    assert.equal((await post('{"steps":')).status, 400);
});

test('the vocabulary suggests', async () => {
    const answer = await ask('/api/v1/vocab?q=anodizing&list=processes');
    assert.equal(answer.status, 200);
    assert.match(await answer.text(), /"SURFACE\.ANODIZING"/);
    assert.equal((await ask('/api/v1/vocab?q=')).status, 400);
});

test('the vocabulary has pages', async () => {
    assert.equal((await ask('/vocab/processes')).status, 200);
    const entry = await ask('/vocab/processes/SURFACE.ANODIZING');
    assert.equal(entry.status, 200);
    assert.match(await entry.text(), /SURFACE\.ANODIZING/);
    assert.equal((await ask('/vocab/processes/NONE')).status, 404);
    assert.equal((await ask('/vocab/none')).status, 404);
});

test('the probes answer', async () => {
    assert.equal((await ask('/healthz')).status, 200);
    const metrics = await ask('/metrics');
    assert.equal(metrics.status, 200);
    assert.match(await metrics.text(), /^ppuri_http_/m);
});

test('a word that is missing can be reported', async () => {
    assert.equal((await ask('/missing-words')).status, 200);
    const post = await ask('/missing-words', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'word=x' });
    assert.equal(post.status, 403, 'a form without its token is refused');
});

test('what is no route is not found, another method not allowed', async () => {
    assert.equal((await ask('/none')).status, 404);
    assert.equal((await ask('/healthz', { method: 'DELETE' })).status, 405);
});

test('the page about the ranking shows the weights and words of the engine, in both languages', async () => {
    const table = readFileSync(new URL('../../src/match/criterion.h', import.meta.url), 'utf8');
    const rows = [...table.matchAll(/R\(ROW_\w+, "(\w+)", (\d+)\)/g)];
    const sum = rows.reduce((n, r) => n + Number(r[2]), 0);
    for (const [lang, own] of [['ko', ['정밀도', '아깝게 탈락', '표면 거칠기']], ['en', ['Precision', 'Near miss', 'Roughness']]]) {
        const page = await ask(`/how-ranking?lang=${lang}`);
        assert.equal(page.status, 200);
        const html = await page.text();
        const cells = [...html.matchAll(/<tr>\s*<th scope="row">[^<]+<\/th>\s*<td class="end number">(\d+)<\/td>\s*<td class="end number">(\d+) %/g)];
        assert.deepEqual(cells.map(c => Number(c[1])), rows.map(r => Number(r[2])));
        assert.deepEqual(cells.map(c => Number(c[2])), rows.map(r => Math.round(100 * Number(r[2]) / sum)));
        for (const word of own)
            assert.ok(html.includes(word), word);
    }
    assert.match(await (await ask('/?lang=en')).text(), /href="\/how-ranking"/);
});
