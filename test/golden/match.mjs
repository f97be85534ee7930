// Golden cases of the matcher: hand-computed answers in match/*.json, compared with what the binary prints.
// A case states a subset of the answer: absent keys are not compared, `results`, `near` and `relax` are compared in
// order and in full length, `criteria` are looked up by name. `absent` lists rows that must not be there, `row_count`
// is the number of rows. Every printed result is also checked for the row order and for sum(weight * s) = score.
// Usage: node test/golden/match.mjs --ppuri PATH [--only PART-OF-NAME] [--index]     needs node 20 and nothing else
// --index runs without --scan: the answer must be the same.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const ROW_ORDER = ['process', 'material', 'envelope', 'mass', 'thickness', 'layer', 'force', 'tolerance', 'roughness',
  'hardness', 'quantity', 'due', 'certificate', 'standard', 'tag', 'place', 'industry', 'words', 'track', 'evidence']
const NUMBER_TOLERANCE = 1e-9
const SUM_TOLERANCE = 1e-4
const TIMEOUT_MS = 20000

const show = value => value === undefined ? 'nothing' : JSON.stringify(value)

function compareCriteria(want, got, path, diff) {
  for (const row of want) {
    const found = (got ?? []).filter(other => other.criterion === row.criterion)
    const where = `${path}.${row.criterion}`
    if (found.length === 1) compare(row, found[0], where, diff)
    else diff.push(`${where}: want one row, got ${found.length}`)
  }
}

function compareList(want, got, path, diff) {
  if (!Array.isArray(got)) return void diff.push(`${path}: want a list, got ${show(got)}`)
  if (want.length !== got.length) {
    const names = list => list.map(item => item?.capability ?? item?.criterion ?? show(item)).join(' ')
    diff.push(`${path}: want ${want.length} (${names(want)}), got ${got.length} (${names(got)})`)
  }
  want.slice(0, got.length).forEach((item, index) => compare(item, got[index], `${path}[${index}]`, diff))
}

function compareObject(want, got, path, diff) {
  for (const [key, value] of Object.entries(want)) {
    const where = path ? `${path}.${key}` : key
    const rows = got.criteria ?? []
    if (key === 'criteria') compareCriteria(value, rows, path, diff)
    else if (key === 'absent') {
      for (const name of value.filter(name => rows.some(row => row.criterion === name)))
        diff.push(`${path}.${name}: want no row`)
    } else if (key === 'row_count') compare(value, rows.length, where, diff)
    else if (key === 'out_by' && !sameKeys(value, got[key]))
      diff.push(`${where}: want ${show(value)}, got ${show(got[key])}`)
    else compare(value, got[key], where, diff)
  }
}

const keysOf = value => Object.keys(value ?? {}).sort().join()
const sameKeys = (a, b) => keysOf(a) === keysOf(b)

function compare(want, got, path, diff) {
  if (Array.isArray(want)) compareList(want, got, path, diff)
  else if (want !== null && typeof want === 'object') {
    if (got !== null && typeof got === 'object') compareObject(want, got, path, diff)
    else diff.push(`${path}: want ${show(want)}, got ${show(got)}`)
  } else if (typeof want === 'number' && typeof got === 'number') {
    if (!(Math.abs(want - got) <= NUMBER_TOLERANCE)) diff.push(`${path}: want ${want}, got ${got}`)
  } else if (want !== got) diff.push(`${path}: want ${show(want)}, got ${show(got)}`)
}

function checkResult(result, path, diff) {
  const rows = result.criteria ?? []
  const ranks = rows.map(row => ROW_ORDER.indexOf(String(row.criterion).split(':')[0]))
  if (ranks.some((rank, index) => rank < 0 || rank < (ranks[index - 1] ?? 0)))
    diff.push(`${path}: rows out of order: ${rows.map(row => row.criterion).join(' ')}`)
  const sum = rows.reduce((total, row) => total + row.weight * row.s, 0)
  if (!(Math.abs(sum - result.score) <= SUM_TOLERANCE))
    diff.push(`${path}: sum(weight * s) is ${sum}, score ${result.score}`)
}

function checkAnswer(answer, diff) {
  for (const [index, step] of (answer.steps ?? []).entries())
    for (const key of ['results', 'near'])
      for (const [rank, result] of (step[key] ?? []).entries())
        checkResult(result, `steps[${index}].${key}[${rank}]`, diff)
}

function checkRefusal(run) {
  const diff = []
  if (run.status !== 1) diff.push(`want exit 1, got ${run.status ?? run.signal}`)
  if (run.stderr.trim() === '') diff.push('want a reason on stderr, got nothing')
  return diff
}

function checkRun(test, run) {
  if (run.error) return [String(run.error)]
  if (test.refuse) return checkRefusal(run)
  const lastLine = run.stderr.trim().split('\n').pop()
  if (run.status !== 0) return [`want exit 0, got ${run.status ?? run.signal}: ${lastLine}`]
  let answer
  try {
    answer = JSON.parse(run.stdout)
  } catch (error) {
    return [`stdout is not JSON: ${error.message}`]
  }
  const diff = []
  compare(test.expect, answer, '', diff)
  checkAnswer(answer, diff)
  return diff
}

function runCase(test, ppuri, folder, scan) {
  const need = join(folder, 'need.json')
  const sites = join(folder, 'sites.jsonl')
  const supply = test.sites ?? [{ org: { name: 'A' }, site: { ref: 'S-1', name: 'A' }, capabilities: [] }]
  writeFileSync(need, JSON.stringify(test.need))
  writeFileSync(sites, supply.map(site => JSON.stringify(site) + '\n').join(''))
  const args = ['match', need, '--sites', sites, '--json',
    ...scan, '--top', String(test.top ?? 20), '--today', test.today]
  return checkRun(test, spawnSync(ppuri, args, { cwd: folder, encoding: 'utf8', timeout: TIMEOUT_MS }))
}

function readCases(folder) {
  const tests = []
  for (const file of readdirSync(folder).filter(name => name.endsWith('.json')).sort())
    for (const test of [JSON.parse(readFileSync(join(folder, file), 'utf8'))].flat())
      tests.push({ ...test, file: file.slice(0, -'.json'.length) })
  return tests
}

function main() {
  const { values } = parseArgs({
    options: { ppuri: { type: 'string' }, only: { type: 'string' }, index: { type: 'boolean' } }
  })
  if (!values.ppuri) {
    console.error('usage: node match.mjs --ppuri PATH [--only PART-OF-NAME] [--index]')
    return 2
  }
  const only = values.only ?? ''
  const tests = readCases(fileURLToPath(new URL('match', import.meta.url)))
    .filter(test => test.name.includes(only) || test.file.includes(only))
  const folder = mkdtempSync(join(tmpdir(), 'ppuri-golden-'))
  let failed = 0
  for (const test of tests) {
    const diff = runCase(test, resolve(values.ppuri), folder, values.index ? [] : ['--scan'])
    if (diff.length === 0) continue
    failed++
    console.log(`FAIL ${test.file} ${test.name}\n  ${test.why}\n${diff.map(line => `  - ${line}`).join('\n')}`)
  }
  rmSync(folder, { recursive: true, force: true })
  console.log(`${tests.length - failed} passed, ${failed} failed`)
  return failed > 0 || tests.length === 0 ? 1 : 0
}

process.exitCode = main()
