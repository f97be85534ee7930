// Forms, sessions, limits and the route table of the real server: what no handler can forget.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

const ppuri = process.env.PPURI ?? 'build/ppuri'
const folder = mkdtempSync(join(tmpdir(), 'ppuri-house-'))
const store = join(folder, 'ppuri.db')
let server, base

before(async () => {
  execFileSync(ppuri, ['init', '--db', store], { stdio: ['ignore', 'ignore', 'ignore'] })
  server = spawn(ppuri, ['serve', '--db', store, '--listen', '127.0.0.1:0', '--behind-proxy'], { stdio: ['ignore', 'pipe', 'ignore'] })
  base = await new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
    server.stdout.on('data', (d) => {
      const at = /http:\/\/\S+/.exec(d)
      if (at) resolve(at[0])
    })
  })
})

after(async () => {
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  assert.equal(await ended, 0)
  rmSync(folder, { recursive: true })
})

const words = () =>
  execFileSync(ppuri, ['words', '--db', store], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean)
    .map((line) => line.trim().split(/\s+/))
const times = (word) => Number(words().find((row) => row[2] === word)?.[0] ?? 0)

// The page with the form, as a browser gets it: cookie, token and key.
async function form() {
  const page = await fetch(`${base}/?process=${encodeURIComponent('없는공정')}`)
  const html = await page.text()
  const value = (name) => new RegExp(`name="${name}" value="([^"]+)"`).exec(html)[1]
  return { cookie: page.headers.get('set-cookie').split(';')[0], csrf: value('csrf'), key: value('key') }
}

function post(f, fields = {}, headers = {}) {
  return fetch(`${base}/missing-words`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: f.cookie, ...headers },
    body: new URLSearchParams({ csrf: f.csrf, key: f.key, list: 'processes', word: '없는공정', ...fields }),
  })
}

test('the session cookie cannot be read by scripts and is not sent to strangers', async () => {
  const page = await fetch(`${base}/?process=x1x2`)
  assert.match(page.headers.get('set-cookie'), /^ppuri=[0-9a-f]{32}; .*HttpOnly.*SameSite=Lax|^ppuri=[0-9a-f]{32}; .*SameSite=Lax.*HttpOnly/)
  const behindTls = await fetch(`${base}/?process=x1x2`, { headers: { 'x-forwarded-proto': 'https' } })
  assert.match(behindTls.headers.get('set-cookie'), /^__Host-ppuri=[0-9a-f]{32}; .*Secure/)
})

test('a page without a form sets no session', async () => {
  const page = await fetch(`${base}/how-ranking`)
  assert.equal(page.headers.get('set-cookie'), null)
})

test('two hundred racing posts of one form have one effect and one answer', async () => {
  const f = await form()
  const answers = await Promise.all(Array.from({ length: 200 }, () => post(f, { word: '경주공정' })))
  for (const a of answers) {
    assert.equal(a.status, 303)
    assert.equal(a.headers.get('location'), '/missing-words')
  }
  assert.equal(times('경주공정'), 1)
})

test('the same key for another word is refused and changes nothing', async () => {
  const f = await form()
  assert.equal((await post(f, { word: '첫째말' })).status, 303)
  assert.equal((await post(f, { word: '둘째말' })).status, 409)
  assert.equal(times('첫째말'), 1)
  assert.equal(times('둘째말'), 0)
})

const forged = {
  'no cookie': (f) => post({ ...f, cookie: '' }, { word: '위조말' }),
  'no token': (f) => post(f, { word: '위조말', csrf: '' }),
  'a wrong token': (f) => post(f, { word: '위조말', csrf: '0'.repeat(64) }),
  'the token of another session': async (f) => post({ ...f, csrf: (await form()).csrf }, { word: '위조말' }),
  'a foreign origin': (f) => post(f, { word: '위조말' }, { origin: 'http://evil.example' }),
  'a cross-site request': (f) => post(f, { word: '위조말' }, { 'sec-fetch-site': 'cross-site' }),
}

for (const [name, send] of Object.entries(forged)) {
  test(`a form with ${name} is refused`, async () => {
    const answer = await send(await form())
    assert.equal(answer.status, 403)
    assert.equal(times('위조말'), 0)
  })
}

test('a form with a field out of its list or length is refused', async () => {
  assert.equal((await post(await form(), { list: 'passwords' })).status, 400)
  assert.equal((await post(await form(), { word: '' })).status, 400)
  assert.equal((await post(await form(), { word: '긴'.repeat(101) })).status, 400)
})

test('a client that writes too often waits, others do not', async () => {
  const f = await form()
  const codes = []
  for (let i = 0; i < 30; i++) {
    const a = await post(f, { key: `often-${i}`, word: `잦은말${i}` }, { 'x-forwarded-for': '203.0.113.5' })
    codes.push(a.status)
    if (a.status === 429) assert.equal(a.headers.get('retry-after'), '1')
  }
  assert.ok(codes.slice(0, 20).every((c) => c === 303), codes.join(' '))
  assert.ok(codes.includes(429), codes.join(' '))
  assert.equal((await post(f, { key: 'other', word: '다른손님' }, { 'x-forwarded-for': '203.0.113.6' })).status, 303)
})

test('every change left its audit row, and the chain is whole', () => {
  const report = execFileSync(ppuri, ['check', '--db', store], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const rows = Number(/audit\s+ok\s+(\d+) rows/.exec(report)[1])
  assert.equal(rows, words().reduce((sum, row) => sum + Number(row[0]), 0))
})

test('every route of the table answers, and only its own method', async () => {
  const routes = JSON.parse(execFileSync(ppuri, ['routes', '--json'], { encoding: 'utf8' }))
  assert.ok(routes.length > 8)
  for (const r of routes) {
    const path = r.path.replace(/:\w+/g, 'x')
    const known = routes.filter((o) => o.path === r.path).map((o) => o.method)
    const wrong = known.includes('POST') ? 'DELETE' : 'POST'
    const answer = await fetch(base + path, { method: wrong, body: wrong === 'POST' ? '' : undefined })
    assert.equal(answer.status, 405, `${wrong} ${path}`)
    assert.ok(r.access.length > 0)
  }
  assert.equal((await fetch(`${base}/nowhere`)).status, 404)
})

test('an error page speaks the language of the visitor and names the request', async () => {
  const ko = await fetch(`${base}/firms/NOPE?lang=ko`)
  assert.equal(ko.status, 404)
  assert.match(await ko.text(), /찾을 수 없습니다/)
  const en = await fetch(`${base}/firms/NOPE?lang=en`)
  const html = await en.text()
  assert.match(html, /Not found/)
  assert.match(html, new RegExp(en.headers.get('x-request-id')))
})

test('the icon that browsers ask for is there', async () => {
  const icon = await fetch(`${base}/favicon.ico`)
  assert.equal(icon.status, 200)
  assert.match(icon.headers.get('content-type'), /^image\/svg\+xml/)
})
