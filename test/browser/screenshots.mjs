// Pictures of every page and state, for people to look at: node screenshots.mjs FOLDER
import fs from 'node:fs';
import path from 'node:path';
import { langs, open_page, start_all, states } from './browser.mjs';

const folder = path.resolve(process.argv[2] ?? 'build/screens');
fs.rmSync(folder, { recursive: true, force: true });
fs.mkdirSync(folder, { recursive: true });
const all = await start_all();
let n = 0;
for (const lang of langs)
  for (const width of [360, 1440])
    for (const dark of [false, true]) {
      const page = await open_page(all, { lang, width, dark, allowed: ['404'] });
      for (const state of states(lang)) {
        await page.goto(state.path);
        await page.evaluate(() => document.querySelectorAll('details.why').forEach((d, i) => (d.open = i === 0)));
        await page.screenshot({ path: path.join(folder, `${state.name}-${lang}-${width}-${dark ? 'dark' : 'light'}.png`), fullPage: true });
        n++;
      }
      await page.close_checked();
    }
await all.stop();
console.log(`${n} pictures in ${path.relative(process.cwd(), folder)}`);
