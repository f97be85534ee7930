#!/usr/bin/env node
// Lighthouse over pages of a running server, the median of several runs: script/bench lighthouse [--runs 5] [--write]
// Exit 1 when accessibility, best practices or SEO is below 100, or performance below 95.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { demo_store, root, serve } from '../product.mjs';
import { machine, write_section } from './report.mjs';

const runs = Number(process.argv.includes('--runs') ? process.argv[process.argv.indexOf('--runs') + 1] : 5);
const LEAST = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 };
const pages = [['home', '/'], ['result', '/?process=MACHINING'], ['firm', '/firms/DEMO-S001']];

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

// A browser of its own each; a run whose trace broke, which Lighthouse says by itself, is made again.
async function run(url) {
  for (let tries = 0; ; tries++) {
    const chrome = await launch({ chromePath: process.env.CHROMIUM ?? '/usr/bin/chromium', logLevel: 'silent', chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--lang=ko'] });
    const { lhr } = await lighthouse(url, { port: chrome.port, output: 'json', logLevel: 'error', onlyCategories: Object.keys(LEAST) });
    await chrome.kill();
    if (!lhr.runtimeError) return lhr;
    if (tries === 3) throw new Error(`${url}: ${lhr.runtimeError.message}`);
  }
}

const server = await serve(demo_store());
const lines = [];
let failed = false;
for (const [name, target] of pages) {
  const scores = Object.fromEntries(Object.keys(LEAST).map((k) => [k, []]));
  const metrics = { 'first-contentful-paint': [], 'largest-contentful-paint': [], 'total-blocking-time': [], 'cumulative-layout-shift': [] };
  const named = new Set();
  for (let i = 0; i < runs; i++) {
    const lhr = await run(server.base + target);
    for (const k of Object.keys(LEAST)) scores[k].push(Math.round(lhr.categories[k].score * 100));
    for (const k of Object.keys(metrics)) metrics[k].push(lhr.audits[k].numericValue);
    for (const [k, category] of Object.entries(lhr.categories))
      for (const ref of category.auditRefs) {
        const audit = lhr.audits[ref.id];
        if (ref.weight > 0 && audit.score !== null && audit.score < 0.9) named.add(`${k}: ${audit.title}${audit.displayValue ? ` (${audit.displayValue})` : ''}`);
      }
  }
  for (const k of Object.keys(LEAST)) {
    scores[k] = median(scores[k]);
    failed ||= scores[k] < LEAST[k];
  }
  const [fcp, lcp, tbt, cls] = Object.values(metrics).map(median);
  lines.push(`| ${name} | ${Object.values(scores).join(' | ')} | ${(fcp / 1000).toFixed(1)} | ${(lcp / 1000).toFixed(1)} | ${Math.round(tbt)} | ${cls.toFixed(3)} |`);
  for (const what of named) console.error(`${name}: ${what}`);
}
await server.stop();

const text = ['| page | performance | accessibility | best practices | SEO | first paint s | largest paint s | blocked ms | shift |', '|---|---|---|---|---|---|---|---|---|', ...lines].join('\n');
console.log(text);
if (process.argv.includes('--write')) write_section(root, 'lighthouse', `## Lighthouse\n\n${machine()}. Median of ${runs} runs each, as a phone on a slow line; accessibility, best practices and SEO of 100 and performance of 95 are asked.\n\n${text}`);
process.exit(failed ? 1 : 0);
