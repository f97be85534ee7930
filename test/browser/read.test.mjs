// From a pasted mail to firms and chains: both languages, three widths, with and without JavaScript; axe-core on the answer.
import test, { after, before } from 'node:test';
import assert from 'node:assert/strict';
import { axe_found, langs, open_page, start_all, widths } from './browser.mjs';

let all;
before(async () => (all = await start_all()));
after(() => all.stop());

const story = {
  ko: { mail: '알루미늄 A6061 하우징 300x200x80 mm를 5축 가공 후 경질 아노다이징(50미크론), 20개, 1월 말까지 대전 납품. 도금은 필요 없음.', first: '1. 5축 가공', chains: '이어서 만드는 방법', none: '이 글에서 공정을 찾지 못했습니다.' },
  en: { mail: '25 brackets of A6061, 150x90x40 mm, 5-axis machining then hard anodizing 50 um, to Daejeon by 2027-01-20, no painting.', first: '1. 5-axis milling', chains: 'Firms in a row', none: 'No process was found in this text.' },
};

for (const lang of langs)
  for (const [size, width] of Object.entries(widths))
    for (const js of [true, false])
      test(`a mail to firms and chains: ${lang}, ${size}, ${js ? 'with' : 'without'} JavaScript`, async () => {
        const s = story[lang];
        const page = await open_page(all, { width, lang, js });
        await page.goto(`/?lang=${lang}`);
        await page.fill('#text', s.mail);
        await page.click('form[action="/read"] button[type=submit]');
        assert.equal(await page.inputValue('#text'), s.mail, 'what was typed stays');
        assert.equal(await page.locator('.read-step h3').first().innerText(), s.first);
        assert.equal(await page.locator('.read-step').count(), 2);
        assert.ok((await page.locator('mark.read.process').count()) >= 2);
        assert.equal(await page.locator('mark.read.excluded').count(), 1);
        assert.equal(await page.locator('#chains-title').innerText(), s.chains);
        assert.ok((await page.locator('.chain').count()) >= 1);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
        if (js) {
          assert.deepEqual(await axe_found(page), []);
        }
        await page.locator('.chain a').first().click();
        await page.waitForURL(/\/firms\//);
        await page.close_checked();
      });

test('a mail without a process says what to do, by keyboard', async () => {
  const page = await open_page(all, { lang: 'ko' });
  await page.goto('/read?lang=ko');
  await page.focus('#text');
  await page.keyboard.type('내일 뵙겠습니다');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.empty');
  assert.match(await page.locator('.empty').innerText(), /이 글에서 공정을 찾지 못했습니다\./);
  await page.close_checked();
});
