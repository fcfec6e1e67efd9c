// The page in the hands of its operator: a logo, a colour and a sentence of their own, by settings alone. In the
// light and in the dark, on a desk and on a telephone; and nothing of it where nothing is set.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openBrowser, SCRIPTLESS, visitor, watchJumps, wholeReport } from './browser.mjs';
import { BIN, openLab } from './lab.mjs';
import { ownLook } from './operator.mjs';
import { end, said } from './program.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const WORDS = {
  de: {
    locale: 'de-DE', start: 'Zustimmen und jetzt prüfen', article: 'grenzen',
    sentence: 'Fragen? <b>Wir</b> sind werktags von 8 bis 17 Uhr für Sie da & helfen gern.',
  },
  en: {
    locale: 'en-GB', start: 'Agree and check now', article: 'limits',
    sentence: 'Questions? <b>We</b> are here on weekdays from 8 to 17 & happy to help.',
  },
};
const DESK = { width: 1200, height: 900 };
const PHONE = { width: 390, height: 844 };
const LOOKS = [
  ['de', 'en', 'light', DESK], ['en', 'de', 'light', PHONE], ['en', 'de', 'dark', DESK], ['de', 'en', 'dark', PHONE],
];

let lab;
let browser;
let folder;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'klinke-operator-'));
  lab = await openLab({ settings: ownLook(folder, { de: WORDS.de.sentence, en: WORDS.en.sentence }).flatMap((setting) => ['--set', setting]) });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await lab?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** The contrast of two colours as the browser tells them (WCAG 2.2). */
function contrast(one, other) {
  const luminance = (colour) => {
    const [red, green, blue] = colour.match(/^rgb\((\d+), (\d+), (\d+)\)$/).slice(1).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Every text can be read, by axe's measure. */
async function readable(page, where) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ['color-contrast', 'image-alt'] }));
  assert.deepEqual(violations.flatMap(({ nodes }) => nodes.map((node) => node.failureSummary)), [], where);
}

/** The colours as they are in use, and that they can be read. */
async function inColour(page, colorScheme, t) {
  const seen = await page.evaluate(() => {
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    return {
      ground: style('.button--main').backgroundColor, words: style('.button--main').color,
      link: style('.footer__links a').color, paper: style('html').backgroundColor, sheet: style('.start__card').backgroundColor,
    };
  });
  assert.equal(seen.ground, seen.link);
  assert.equal(seen.link === 'rgb(0, 87, 184)', colorScheme === 'light', `${seen.link}: as it is by day, lighter by night`);
  const pairs = [[seen.words, seen.ground], [seen.link, seen.paper], [seen.link, seen.sheet]].map((pair) => contrast(...pair));
  t.diagnostic(`${seen.link}: ${pairs.map((one) => one.toFixed(2)).join(', ')}`);
  assert.ok(pairs.every((one) => one >= 4.5), `${pairs}`);
}

const placeOfLogo = (page) => page.locator('.logo').evaluate((image) => image.getBoundingClientRect().toJSON());

/** The logo is there, in its own shape and under its operator's name, and so is Klinke's own mark. */
async function withLogo(page) {
  const logo = page.getByRole('banner').getByRole('img', { name: 'Muster IT', exact: true });
  await logo.waitFor();
  await page.waitForFunction(() => document.querySelector('.logo').naturalWidth > 0);
  const box = await placeOfLogo(page);
  // Besides the picture, the plate on which it stands.
  assert.ok(box.height > 30 && box.height < 50 && Math.abs((box.width - 13.6) / (box.height - 6.8) - 3) < 0.1, JSON.stringify(box));
  assert.ok(await page.getByRole('banner').getByRole('link', { name: 'Klinke', exact: true }).isVisible());
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing stands out of the page');
}

for (const [language, other, colorScheme, viewport] of LOOKS) {
  test(`logo, colour and sentence, from the start to the report (${language}, ${colorScheme}, ${viewport.width} pixels)`, async (t) => {
    const words = WORDS[language];
    const { context, page, complaints } = await visitor(browser, { locale: words.locale, origin: lab.origin, colorScheme, viewport });
    page.on('dialog', (dialog) => { complaints.push(`a script of the logo ran: ${dialog.message()}`); dialog.dismiss(); });
    await page.addInitScript(watchJumps);
    // The logo comes late, when all else has its place.
    let kept;
    await page.route('**/operator/logo?*', async (route) => {
      await page.locator('.line:not(.line--unknown)').waitFor();
      kept = await placeOfLogo(page);
      await route.continue();
    }, { times: 1 });
    await page.goto(`${lab.origin}/${language}/`);
    await page.locator('.line:not(.line--unknown)').waitFor();
    await withLogo(page);
    assert.deepEqual(kept, await placeOfLogo(page), 'its place was kept');
    assert.ok(await page.getByText(words.sentence, { exact: true }).isVisible());
    await page.getByRole('button', { name: words.start, disabled: false }).waitFor();
    await inColour(page, colorScheme, t);
    await readable(page, 'the start page');
    assert.deepEqual(await page.evaluate(() => window.jumps), [], 'nothing jumps');

    await page.getByRole('button', { name: words.start }).click();
    await wholeReport(page);
    await withLogo(page);
    await readable(page, 'the report');
    await page.goBack();
    await page.locator('.languages a:not([aria-current])').click();
    await page.getByText(WORDS[other].sentence, { exact: true }).waitFor();
    assert.equal(await page.getByText(words.sentence, { exact: true }).count(), 0);

    await page.goto(`${lab.origin}/${language}/${words.article}`);
    await withLogo(page);
    await readable(page, 'a page to read');
    assert.deepEqual(complaints, []);
    await context.close();
  });
}

test('the page has them before any script, just as the living page has', async () => {
  const drawn = () => ['.header', '.start__head', '.footer'].map((part) => document.querySelector(part).outerHTML);
  const scriptless = await openBrowser(SCRIPTLESS);
  for (const [language, { locale, sentence }] of Object.entries(WORDS)) {
    const still = await visitor(scriptless, { locale, origin: lab.origin });
    await still.page.goto(`${lab.origin}/${language}/`);
    await withLogo(still.page);
    assert.ok(await still.page.getByText(sentence, { exact: true }).isVisible());
    const { context, page } = await visitor(browser, { locale, origin: lab.origin });
    await page.goto(`${lab.origin}/${language}/`);
    await page.locator('.line:not(.line--unknown)').waitFor();
    assert.deepEqual(await still.page.evaluate(drawn), await page.evaluate(drawn));
    await still.context.close();
    await context.close();
  }
  await scriptless.close();
});

test('a logo that is opened by itself runs no script either', async () => {
  const { context, page, complaints } = await visitor(browser, {});
  page.on('dialog', (dialog) => { complaints.push('it ran'); dialog.dismiss(); });
  await page.goto(`${lab.origin}/operator/logo`);
  assert.equal(await page.evaluate(() => document.documentElement.localName), 'svg');
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.ok(complaints.length > 0 && complaints.every((one) => /script/i.test(one) && one !== 'it ran'), `${complaints}`);
  await context.close();
});

test('where nothing is set, nothing is asked for and no place is kept', async () => {
  const plain = lab.start(BIN, ['serve', '--listen', '127.0.0.1:8090']);
  await said(plain, /ready/);
  const { context, page, complaints } = await visitor(browser, { locale: 'en-GB', origin: 'http://127.0.0.1:8090' });
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  for (const path of ['', 'limits']) {
    await page.goto(`http://127.0.0.1:8090/en/${path}`, { waitUntil: 'networkidle' });
    if (path === '') await page.locator('.consent .button:not([aria-disabled])').waitFor();
    assert.deepEqual(await page.locator('.logo:visible, .start__own:visible').count(), 0);
  }
  assert.ok(asked.includes('/api/visitor'), `the page lives: ${asked}`);
  assert.deepEqual(asked.filter((path) => path.startsWith('/operator')), []);
  assert.deepEqual(complaints, []);
  await context.close();
  await end(plain);
});
