// The first run at home: Klinke on a laptop checks that laptop, and says that it looks from inside.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, visitor, wholeReport } from './browser.mjs';
import { TRUTH, openLab } from './lab.mjs';
import { sameTree } from './tree.mjs';

let lab;
let browser;
before(async () => { lab = await openLab({ inside: true }); browser = await openBrowser(); });
after(async () => { await browser?.close(); await lab?.stop(); });

const LANGUAGES = {
  de: {
    locale: 'de-DE',
    note: 'Das ist dieser Computer selbst.',
    start: 'Zustimmen und jetzt prüfen',
    verdict: 'Von innen gesehen ist eine Tür offen, die Fremde nicht erreichen sollten.',
    badge: 'Nicht von außen öffnen',
    limit: 'Geprüft wurde von innen, aus dem eigenen Netz.',
  },
  en: {
    locale: 'en-GB',
    note: 'This is this computer itself.',
    start: 'Agree and check now',
    verdict: 'Seen from inside, one door is open that strangers should not reach.',
    badge: 'Do not open to the outside',
    limit: 'This check came from inside, from your own network.',
  },
};

for (const [language, words] of Object.entries(LANGUAGES)) {
  test(`a check from inside finds the doors and calls none of them urgent (${language})`, async () => {
    const { context, page, complaints } = await visitor(browser, { ...words, origin: lab.origin });
    await page.goto(`${lab.origin}/`);
    await page.getByText(words.note).waitFor();
    await page.getByRole('button', { name: words.start }).click();
    await page.getByRole('heading', { name: words.verdict }).waitFor();
    await wholeReport(page);
    assert.equal(await page.getByRole('article').count(), Object.keys(TRUTH).length + 1);
    assert.equal(await page.getByText(words.badge).count(), 1);
    assert.equal(await page.getByText(words.limit).count(), 1);
    await sameTree(page, `${language}-report-from-inside`);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}
