// Who makes the page larger, sees it in their own colours, wants nothing to move, or finds their way by keys or with an
// unsteady finger: every kind of page and every state of a check, zoomed to 400 %, and with text of double size.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, readFor, unfold, visitor, wholePage, wholeReport } from './browser.mjs';
import { openLab } from './lab.mjs';

const START = { de: 'Zustimmen und jetzt prüfen', en: 'Agree and check now' };
const FORGET = { de: 'Bericht jetzt löschen', en: 'Delete this report now' };
const TO_READ = {
  de: ['beispielbericht', 'grenzen', 'wissen', 'offene-ports', 'dienste', 'dienste?q=3389', 'dienst/fortinet-ssl-vpn', 'port/8080', 'port/40405', 'glossar', 'tipp/firewall-durchgaengig', 'gibt/es/nicht', `pruefung/${'f'.repeat(32)}`],
  en: ['sample-report', 'limits', 'knowledge', 'open-ports', 'services', 'service/fortinet-ssl-vpn', 'port/8080', 'glossary', 'tip/consistent-firewall', 'not/here', `check/${'f'.repeat(32)}`],
};

const DESK = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 } };
/** A desk of 1280 by 1024 pixels at 400 % (WCAG 2.2, 1.4.10). */
const ZOOMED = { viewport: { width: 320, height: 256 } };
/** Whoever has all text at double size, on a desk and on a telephone (WCAG 2.2, 1.4.4). */
const LARGE = { ...DESK, text: 2 };
const LARGE_PHONE = { ...PHONE, text: 2 };
/** What a browser takes for text unless its owner wants it otherwise, in pixels: of words, and of commands. */
const [USUAL_TEXT, USUAL_COMMAND] = [16, 13];

let lab;
const browsers = new Map();
before(async () => { lab = await openLab({ settings: ['--set', 'probes.per_second=30', '--set', 'operator.phone=030 1234567'] }); });
after(async () => {
  for (const browser of browsers.values()) await browser.close();
  await lab?.stop();
});

/** A browser whose owner has chosen a size of text. */
async function browserWith(text) {
  const settings = `--blink-settings=defaultFontSize=${USUAL_TEXT * text},defaultFixedFontSize=${USUAL_COMMAND * text}`;
  if (!browsers.has(text)) browsers.set(text, await openBrowser(settings));
  return browsers.get(text);
}

/** Leads a new visitor through every page and state; `look` gives what is wrong there. Nothing should be. */
async function everywhere(language, { text = 1, ...view }, look) {
  const { context, page } = await visitor(await browserWith(text), { locale: language, ...view });
  const faults = [];
  const at = async (where) => { for (const fault of await look(page)) faults.push(`${where}: ${fault}`); };
  const open = (path) => page.goto(`${lab.origin}/${language}/${path}`);
  await open('');
  await page.locator('.line:not(.line--unknown)').waitFor();
  await unfold(page);
  await at('the start page');
  await page.getByRole('button', { name: START[language] }).click();
  await page.locator('#progress:not([value="0"])').waitFor();
  await at('a check that runs');
  assert.equal(await page.locator('#verdict').count(), 0, 'it has run all the time');
  await wholeReport(page);
  await unfold(page);
  for (const reader of ['me', 'it']) {
    await readFor(page, reader);
    await at(`the report for ${reader}`);
  }
  await page.getByRole('button', { name: FORGET[language] }).click();
  await page.locator('.message').waitFor();
  await at('a report that is deleted');
  for (const path of TO_READ[language]) {
    await open(path);
    await wholePage(page, path);
    // The program takes away the help for those who cannot run it.
    await page.locator('.unscripted__late').waitFor({ state: 'detached' });
    await unfold(page);
    await at(path);
  }
  await context.close();
  assert.deepEqual(faults, []);
}

/** What makes people scroll in two directions, and words of which a part is cut off. Dots at the end of a line are meant. */
function cutOff() {
  const name = (thing) => `${thing.tagName.toLowerCase()}.${thing.className} “${thing.textContent.trim().slice(0, 40)}”`;
  const seen = (thing) => thing.getClientRects().length > 0 && !thing.closest('.hidden, .skip');
  const faults = [];
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) faults.push(`the page is ${document.documentElement.scrollWidth} pixels wide in ${wide}`);
  for (const thing of document.body.querySelectorAll('*')) {
    if (!seen(thing) || thing.closest('svg')) continue;
    const { overflowX, overflowY, textOverflow } = getComputedStyle(thing);
    const [tooWide, tooHigh] = [thing.scrollWidth > thing.clientWidth + 1, thing.scrollHeight > thing.clientHeight + 1];
    if (['auto', 'scroll'].includes(overflowX) && tooWide) faults.push(`${name(thing)} scrolls sideways`);
    if (['hidden', 'clip'].includes(overflowX) && tooWide && textOverflow !== 'ellipsis') faults.push(`${name(thing)} is cut off sideways`);
    if (['hidden', 'clip'].includes(overflowY) && tooHigh && thing.textContent.trim()) faults.push(`${name(thing)} is cut off below`);
    const box = thing.getBoundingClientRect();
    if (box.right > wide + 1 && thing.textContent.trim()) faults.push(`${name(thing)} ends ${Math.round(box.right - wide)} pixels outside`);
  }
  return [...new Set(faults)];
}

for (const [how, language, view] of [
  ['at 400 %', 'en', ZOOMED],
  ['with text of double size', 'de', LARGE],
  ['with text of double size on a telephone', 'de', LARGE_PHONE],
]) {
  test(`${how}, no page scrolls in two directions and no words are cut off`, () => everywhere(language, view, (page) => page.evaluate(cutOff)));
}

/** The least size of what is pressed, in pixels, unless it stands within a sentence (WCAG 2.2, 2.5.8); and of what the page is for. */
const LEAST = 24;
const LEAST_OF_MAIN = 44;

function small([least, leastOfMain]) {
  const faults = [];
  for (const thing of document.querySelectorAll('a[href], button, summary, select, input:not([type=radio], [type=checkbox]), label:has(input:is([type=radio], [type=checkbox]))')) {
    if (thing.getClientRects().length === 0 || thing.closest('.hidden')) continue;
    const { width, height } = thing.getBoundingClientRect();
    const isMain = thing.matches('.button, summary, select, input, label, nav a');
    const isInSentence = thing.matches('p a, dd a, li a, a') && getComputedStyle(thing).display === 'inline'
      && thing.closest('p, dd, li, dt, h2, h3')?.textContent.trim() !== thing.textContent.trim();
    if (isInSentence) continue;
    const enough = isMain ? leastOfMain : least;
    if (width < least || height < enough - 0.5) faults.push(`${thing.tagName.toLowerCase()}.${thing.className} “${thing.textContent.trim().slice(0, 40)}” is ${Math.round(width)} by ${Math.round(height)}`);
  }
  return [...new Set(faults)];
}

/** What moves at this moment. */
const moving = () => document.getAnimations().map(({ effect, animationName, transitionProperty }) => `${effect.target.className} moves: ${animationName ?? transitionProperty}`);

test('everything that is pressed is large enough for an unsteady finger, and nothing moves for those who do not want it', () => everywhere(
  'de',
  { ...PHONE, reducedMotion: 'reduce' },
  async (page) => [...await page.evaluate(small, [LEAST, LEAST_OF_MAIN]), ...await page.evaluate(moving)],
));

/** What is wrong with the place that has the focus: no outline, out of sight, or covered; `nothing` where none has it. */
function focusFault() {
  const thing = document.activeElement;
  if (!thing || thing === document.body) return 'nothing';
  const name = `${thing.tagName.toLowerCase()}.${thing.className} “${(thing.textContent || thing.name || '').trim().slice(0, 40)}”`;
  const { outlineStyle, outlineWidth } = getComputedStyle(thing);
  if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return `${name} has no outline`;
  const box = thing.getClientRects()[0];
  if (!box) return `${name} is not shown`;
  const [x, y] = [Math.max(1, box.left) + Math.min(box.width / 2, 10), box.top + Math.min(box.height / 2, 10)];
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return `${name} is out of sight at ${Math.round(x)}, ${Math.round(y)}`;
  const hit = document.elementFromPoint(x, y);
  return hit && (thing.contains(hit) || hit.contains(thing)) ? null : `${name} is covered by ${hit?.className}`;
}

/** Goes to the next stop, and gives what is wrong there. Where the page grew just then, as a check's does with each door found, it goes once more. */
async function nextStop(page) {
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  for (;;) {
    const before = await height();
    await page.keyboard.press('Tab');
    const fault = await page.evaluate(focusFault);
    if (!fault || fault === 'nothing' || before === await height()) return fault;
    await page.keyboard.press('Shift+Tab');
  }
}

/** So many stops of a page are looked at: what follows in a long list is like what came before. */
const STOPS = 30;

test('at 400 %, every stop of the Tab key is in sight, and no words are cut off', async (t) => {
  let stops = 0;
  await everywhere('de', ZOOMED, async (page) => {
    const faults = await page.evaluate(cutOff);
    await page.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
    for (let stop = 0; stop < STOPS; stop += 1) {
      const fault = await nextStop(page);
      if (fault === 'nothing') break;
      stops += 1;
      if (fault) faults.push(fault);
    }
    return faults;
  });
  t.diagnostic(`${stops} stops`);
  assert.ok(stops > 350, `${stops} stops`);
});

test('in a visitor’s own few colours, doors are told apart and the verdict keeps its words and its border', async () => {
  const { context, page } = await visitor(await browserWith(1), { locale: 'de-DE', forcedColors: 'active' });
  await page.goto(`${lab.origin}/de/`);
  await page.getByRole('button', { name: START.de, disabled: false }).click();
  await wholeReport(page);
  const { border, words } = await page.evaluate(() => {
    const box = document.querySelector('.verdict');
    return { border: getComputedStyle(box).borderTopStyle + getComputedStyle(box).borderTopWidth, words: box.innerText };
  });
  assert.match(border, /^solid[2-9]/);
  assert.ok(words.includes('Eine Tür steht gefährlich offen'), words);
  // One door of each kind, as the house shows them.
  const kinds = ['waiting', 'open', 'closed', 'filtered', 'uncertain', 'not-tested', 'unreliable'];
  await page.evaluate((all) => {
    const list = all.map((kind) => `<li class="door"><span id="${kind}"><svg class="door__drawing"><use href="#d-${kind}"/></svg></span></li>`);
    document.querySelector('main').insertAdjacentHTML('afterbegin', `<div class="house"><ul class="flat__doors">${list.join('')}</ul></div>`);
  }, kinds);
  const pictures = new Map();
  for (const kind of kinds) {
    const picture = (await page.locator(`#${kind}`).screenshot({ animations: 'disabled' })).toString('base64');
    assert.ok(!pictures.has(picture), `${kind} looks like ${pictures.get(picture)}`);
    pictures.set(picture, kind);
  }
  await context.close();
});
