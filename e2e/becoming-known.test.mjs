// The start page while its visitor's line becomes known: addresses as long as they come, of one family and of both, at
// every width at which words break in other places. Nothing that is in sight moves, least of all the button.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserWithNames, shown, visitor, watchJumps } from './browser.mjs';
import { NAME4, NAME6, openLab, SERVER6 } from './lab.mjs';
import { answerNames, firewall, otherAddress } from './office.mjs';

/** Where words and addresses break in other places. */
const WIDTHS = [320, 360, 412, 480, 680, 768, 1000, 1280];
/** Addresses as long as they come. */
const [LONG4, LONG6] = ['198.151.100.245', '2a02:8108:8a40:1b2c:d9f4:6c3e:a1b2:c3d4'];
/** The office has no way out over IPv6: its firewall says so. */
const ONE_FAMILY = `chain out { type filter hook output priority 0; tcp dport 8080 ip6 daddr ${SERVER6} reject with tcp reset; }`;
/** Of which family the first address is, where the page is opened, and what else is so. */
const LINES = [['IPv4 first', NAME4], ['IPv6 first', NAME6], ['nothing but IPv4', NAME4, ONE_FAMILY]];

/** What jumps on the start page until all is known of a visitor's line. */
async function jumps(browser, url, options) {
  const { context, page } = await visitor(browser, options);
  await page.addInitScript(watchJumps);
  await page.goto(url);
  await page.locator('.line:not(.line--unknown)').waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(shown, 0);
  const seen = await page.evaluate(() => window.jumps);
  const card = (await page.locator('.start__card').textContent()).replace(/\s+/g, ' ');
  await context.close();
  return { card, seen: seen.map((jump) => `${options.viewport.width} pixels: ${jump}`) };
}

for (const [which, name, rules] of LINES) {
  test(`while the line becomes known, nothing jumps: ${which}`, async (t) => {
    const lab = await openLab({ settings: [`hosts.ipv4=${NAME4}:8080`, `hosts.ipv6=${NAME6}:8080`].flatMap((setting) => ['--set', setting]) });
    t.after(() => lab.stop());
    otherAddress(LONG4, LONG6);
    if (rules) t.after(firewall(rules));
    await answerNames(lab, [[NAME4, lab.server], [NAME6, lab.server6]]);
    const browser = await browserWithNames(lab.folder);
    t.after(() => browser.close());
    for (const language of ['de', 'en']) {
      const all = await Promise.all(WIDTHS.map((width) => jumps(browser, `http://${name}:8080/${language}/`, { locale: language, viewport: { width, height: 1600 } })));
      for (const { card } of all) for (const address of rules ? [LONG4, '(IPv6)'] : [LONG4, LONG6]) assert.ok(card.includes(address), card);
      assert.equal(all.flatMap(({ seen }) => seen).join('\n'), '');
    }
  });
}
