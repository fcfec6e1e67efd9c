// What becomes known bit by bit: a visitor's line on the start page, with addresses as long as they come, of one family and
// of both, and then a running check, at widths at which words break in other places. Nothing that is in sight moves, least
// of all the button.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserWithNames, fewAtOnce, shown, visitor, watchJumps, wholeReport } from './browser.mjs';
import { NAME4, NAME6, openLab, SERVER6 } from './lab.mjs';
import { answerNames, firewall, otherAddress } from './office.mjs';

/** Where words and addresses break in other places. */
const WIDTHS = [320, 360, 412, 480, 680, 768, 1000, 1280];
/** Addresses as long as they come. */
const [LONG4, LONG6] = ['198.151.100.245', '2a02:8108:8a40:1b2c:d9f4:6c3e:a1b2:c3d4'];
const START = { de: 'Zustimmen und jetzt prüfen', en: 'Agree and check now' };
/** In which language and at which width a whole check is watched. */
const CHECKS = [['de', 320], ['en', 412], ['de', 600], ['en', 1280]];
/** The office has no way out over IPv6: its firewall says so. */
const ONE_FAMILY = `chain out { type filter hook output priority 0; tcp dport 8080 ip6 daddr ${SERVER6} reject with tcp reset; }`;
/** Of which family the first address is, where the page is opened, and what else is so. */
const LINES = [['IPv4 first', NAME4], ['IPv6 first', NAME6], ['nothing but IPv4', NAME4, ONE_FAMILY]];

/** A line with addresses of both families, as long as they come, and a browser that knows the server's names. */
async function openLine(t, ...settings) {
  const lab = await openLab({ settings: [`hosts.ipv4=${NAME4}:8080`, `hosts.ipv6=${NAME6}:8080`, ...settings].flatMap((setting) => ['--set', setting]) });
  t.after(() => lab.stop());
  otherAddress(LONG4, LONG6);
  await answerNames(lab, [[NAME4, lab.server], [NAME6, lab.server6]]);
  const browser = await browserWithNames(lab.folder);
  t.after(() => browser.close());
  return browser;
}

/** A start page on which all is known of its visitor's line. */
async function startPage(browser, name, language, width) {
  const { context, page } = await visitor(browser, { locale: language, viewport: { width, height: 1600 } });
  await page.addInitScript(watchJumps);
  await page.goto(`http://${name}:8080/${language}/`);
  await page.locator('.line:not(.line--unknown)').waitFor();
  await page.waitForLoadState('networkidle');
  return { context, page };
}

/** What has jumped on a page until now. */
async function jumps(page) {
  await page.evaluate(shown, 0);
  const { width } = page.viewportSize();
  return (await page.evaluate(() => window.jumps)).map((jump) => `${width} pixels: ${jump}`);
}

for (const [which, name, rules] of LINES) {
  test(`while the line becomes known, nothing jumps: ${which}`, async (t) => {
    const browser = await openLine(t);
    if (rules) t.after(firewall(rules));
    const look = async (language, width) => {
      const { context, page } = await startPage(browser, name, language, width);
      const card = await page.locator('.start__card').textContent();
      for (const address of rules ? [LONG4, '(IPv6)'] : [LONG4, LONG6]) assert.ok(card.includes(address), card);
      const seen = await jumps(page);
      await context.close();
      return seen;
    };
    for (const language of ['de', 'en']) {
      const all = await fewAtOnce(WIDTHS, (width) => look(language, width));
      assert.equal(all.flat().join('\n'), '');
    }
  });
}

test('while a check runs and its report comes, nothing jumps', async (t) => {
  const browser = await openLine(t, 'probes.per_second=100');
  for (const [language, width] of CHECKS) {
    const { context, page } = await startPage(browser, NAME4, language, width);
    assert.equal((await jumps(page)).join('\n'), '');
    await page.getByRole('button', { name: START[language], disabled: false }).click();
    await page.locator('.check').waitFor();
    // A new page has come, and however long after the press, that is no jump.
    await page.evaluate(shown, 0);
    await page.evaluate(() => { window.jumps.length = 0; });
    await page.locator('.progress__left:not(:empty)').waitFor();
    await wholeReport(page);
    assert.equal((await jumps(page)).join('\n'), '');
    await context.close();
  }
});
