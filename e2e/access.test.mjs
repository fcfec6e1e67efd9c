// Who cannot see well, hears the page, or uses no mouse: axe looks at every kind of page and at every state of
// a check, in both languages, light and dark, on a desk and on a telephone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { found } from './axe.mjs';
import { openBrowser, readFor, unfold, visitor, wholePage, wholeReport } from './browser.mjs';
import { openLab } from './lab.mjs';

const PAGES = {
  de: ['', 'beispielbericht', 'grenzen', 'wissen', 'offene-ports', 'dienste', 'dienst/rdp', 'port/8080', 'port/40405', 'glossar', 'tipp/firewall-durchgaengig', 'gibt/es/nicht', `pruefung/${'f'.repeat(32)}`],
  en: ['', 'sample-report', 'limits', 'knowledge', 'open-ports', 'services', 'service/rdp', 'port/8080', 'port/40405', 'glossary', 'tip/consistent-firewall', 'not/here', `check/${'f'.repeat(32)}`],
};
const WORDS = { de: { locale: 'de-DE', start: 'Zustimmen und jetzt prüfen' }, en: { locale: 'en-GB', start: 'Agree and check now' } };
const LOOKS = [
  { colorScheme: 'light', viewport: { width: 1200, height: 900 } },
  { colorScheme: 'dark', viewport: { width: 390, height: 844 } },
];

let lab;
let browser;
before(async () => {
  lab = await openLab({ settings: ['--set', 'probes.per_second=100'] });
  browser = await openBrowser();
});
after(async () => { await browser?.close(); await lab?.stop(); });

for (const [language, words] of Object.entries(WORDS)) {
  for (const look of LOOKS) {
    const where = `${language}, ${look.colorScheme}, ${look.viewport.width} pixels`;

    test(`axe finds nothing on any page (${where})`, async (t) => {
      const { context, page } = await visitor(browser, { locale: words.locale, ...look });
      for (const path of PAGES[language]) {
        await page.goto(`${lab.origin}/${language}/${path}`);
        await wholePage(page, path);
        assert.deepEqual(await found(page), [], path);
      }
      t.diagnostic(`${PAGES[language].length} pages`);
      await context.close();
    });

    test(`axe finds nothing in any state of a check (${where})`, async () => {
      const { context, page } = await visitor(browser, { locale: words.locale, ...look });
      await page.goto(`${lab.origin}/${language}/`);
      await page.locator('.line:not(.line--unknown)').waitFor();
      await unfold(page);
      assert.deepEqual(await found(page), [], 'the start page, all unfolded');
      await page.getByRole('button', { name: words.start }).click();
      await page.locator('#progress:not([value="0"])').waitFor();
      assert.deepEqual(await found(page), [], 'while it runs');
      await wholeReport(page);
      assert.deepEqual(await found(page), [], 'the report');
      await unfold(page);
      for (const reader of ['me', 'boss', 'it']) {
        await readFor(page, reader);
        assert.deepEqual(await found(page), [], `the report for ${reader}, all unfolded`);
      }
      await context.close();
    });
  }
}
