// A line behind a device that lets only so many new connections through: the page says calmly that
// it goes slower, nothing jumps, and the report says so, too.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, visitor, wholeReport } from './browser.mjs';
import { openLab } from './lab.mjs';
import { firewall, FLOOD_PROTECTION } from './office.mjs';

const LANGUAGES = {
  de: {
    locale: 'de-DE',
    start: 'Zustimmen und jetzt prüfen',
    how: 'Wie gründlich?',
    thorough: 'Gründlich',
    slowed: 'Ein Gerät auf dem Weg bremst uns, wir klopfen langsamer an.',
    limit: 'Ein Gerät auf dem Weg lässt nur wenige Verbindungen je Sekunde durch.',
    verdict: 'Eine Tür steht gefährlich offen',
  },
  en: {
    locale: 'en-GB',
    start: 'Agree and check now',
    how: 'How thorough?',
    thorough: 'Thorough',
    slowed: 'A device on the way slows us down, so we knock more slowly.',
    limit: 'A device on the way lets only a few connections through each second.',
    verdict: 'One door is dangerously open',
  },
};

let lab;
let browser;
let takeDown;
before(async () => {
  // Long enough to notice it for certain, and over before anybody waits.
  lab = await openLab({ settings: ['--set', 'probes.time_limit_seconds=12'] });
  takeDown = firewall(FLOOD_PROTECTION);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await lab?.stop();
  takeDown?.();
});

for (const [language, words] of Object.entries(LANGUAGES)) {
  test(`a check that is slowed down says so while it runs and in its report (${language})`, async () => {
    const { context, page, complaints } = await visitor(browser, { ...words, origin: lab.origin });
    await page.goto(`${lab.origin}/${language}/`);
    await page.getByRole('button', { name: words.start, disabled: false }).waitFor();
    await page.locator('summary', { hasText: words.how }).click();
    await page.getByRole('radio', { name: words.thorough }).check();
    await page.getByRole('button', { name: words.start }).click();
    const place = page.locator('.progress__slowed');
    await place.waitFor({ state: 'attached' });
    const height = () => page.locator('.progress').evaluate((box) => box.getBoundingClientRect().height);
    const before = await height();
    await page.getByRole('status').filter({ hasText: words.slowed }).waitFor();
    assert.equal(await height(), before, 'its place was kept');
    await page.getByRole('heading', { name: words.verdict }).waitFor();
    await wholeReport(page);
    assert.equal(await page.getByText(words.limit).count(), 1);
    assert.deepEqual(complaints, []);
    await context.close();
  });
}
