// The journeys of a visitor in every engine that people use, each told once: Chromium as the measure, Firefox, and
// WebKit, the engine of Safari. Real browsers as Debian has them, real daemons.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { ENGINES, openEngine, PRINTING } from './engines.mjs';
import { TRUTH, openLab } from './lab.mjs';

const START = 'Zustimmen und jetzt prüfen';
const VERDICT = 'Eine Tür steht gefährlich offen: bitte noch heute schließen lassen.';
const EN = {
  title: 'Which doors of your connection are open?',
  start: 'Agree and check now',
  verdict: 'One door is dangerously open: please have it closed today.',
};
/** Down to this width nobody should have to scroll sideways (WCAG 2.2, 1.4.10); a window that cannot be so narrow is as narrow as it gets. */
const NARROW = { width: 320, height: 640 };

let lab;
// Slow enough to see a check run.
before(async () => { lab = await openLab({ settings: ['--set', 'probes.per_second=100'] }); });
after(async () => { await lab?.stop(); });

const doors = (page) => page.run(() => document.querySelectorAll('article').length);
/** What has the focus: its words, or those of the label around it, and whether the focus is to be seen. */
const focus = (page) => page.run(() => {
  const thing = document.activeElement;
  return { words: (thing.closest('label') ?? thing).innerText.trim(), outline: getComputedStyle(thing).outlineStyle };
});

/** Notes of each heading that gets the focus whether the page had its end already: before, the Tab key leads out of it. */
function watchHeadings() {
  window.whole = [];
  addEventListener('focusin', ({ target }) => {
    if (/^H[12]$/.test(target.tagName)) window.whole.push(document.querySelector('footer') !== null);
  });
}

/** Waits until a heading with these words has the focus. */
const hasFocus = (page, words) => page.until(`the focus on “${words}”`, (text) => text === words, () => document.activeElement.innerText);

/** Presses Tab until something with these words has the focus. */
async function tabTo(page, words) {
  for (let steps = 0; steps < 80; steps += 1) {
    await page.key('Tab');
    const now = await focus(page);
    assert.notEqual(now.outline, 'none', `the focus on “${now.words}” is to be seen`);
    if (now.words === words) return;
  }
  assert.fail(`“${words}” is not reached by Tab`);
}

/** The report begins on the first sheet, and nothing of it is missing. */
async function isWholeOnPaper(page) {
  const sheets = execFileSync('pdftotext', ['-layout', '-', '-'], { input: await page.paper() }).toString().normalize('NFKC').split('\f');
  assert.ok(sheets[0].includes('One door is dangerously open'), sheets[0]);
  for (const card of await page.all('article h3')) assert.ok(sheets.some((sheet) => sheet.includes(card)), card);
}

/** Nothing has to be scrolled sideways. */
async function fits(page, where) {
  await page.resize(NARROW);
  const [room, content] = await page.run(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
  assert.ok(content <= room, `${where}: ${content} in ${room} pixels`);
}

for (const name of Object.keys(ENGINES)) {
  describe(name, () => {
    let engine;
    before(async () => { engine = await openEngine(name); });
    after(async () => { await engine?.close(); });

    test('from the start page to the report, its readers, the other language, and away with it', async (t) => {
      t.diagnostic(engine.version);
      const page = await engine.visit();
      await page.open(`${lab.origin}/de/`);
      await page.see('.address__value', lab.visitor);
      await fits(page, 'the start page');
      await page.click('button', START);
      await page.see('progress');
      await page.see('heading', VERDICT);
      assert.match(await page.address(), /\/de\/pruefung\/[0-9a-f]{32}$/);
      await page.see('.passing-on');
      assert.equal(await doors(page), Object.keys(TRUTH).length);
      for (const port of Object.keys(TRUTH)) await page.see('article', ` ${port}/tcp`);
      await fits(page, 'the report');

      await page.see('.advice__reader--me');
      await page.click('choice', 'Für die Geschäftsleitung');
      await page.see('.advice__reader--boss');
      await page.gone('.advice__reader--me');
      await page.click('choice', 'Für die IT');
      await page.see('.advice__reader--it');
      await page.gone('.advice__reader--boss');

      await page.run(() => { window.same = true; });
      await page.click('link', 'English');
      await page.see('heading', EN.verdict);
      assert.equal(await page.run(() => window.same), true, 'the language changes without a new page');
      await page.back();
      await page.see('heading', VERDICT);

      await page.click('button', 'Bericht jetzt löschen');
      await page.see('heading', 'Der Bericht ist gelöscht');
      assert.deepEqual(await page.complaints(), []);
      await page.reload();
      await page.see('heading', 'Dieser Bericht ist nicht mehr da');
      await page.close();
    });

    test('the whole journey by keyboard alone, from the consent to the report’s end', async () => {
      const page = await engine.visit();
      // Where only the way to the other language is shown. Without a window manager, WebKit's window loses the keyboard by it.
      if (name !== 'webkit') await page.resize(NARROW);
      await page.open(`${lab.origin}/en/`);
      await page.see('.button:not([aria-disabled="true"])', EN.start);
      for (const [language, start] of [['Deutsch', START], ['English', EN.start]]) {
        await tabTo(page, language);
        await page.key('Enter');
        await page.see('button', start);
        const { words, outline } = await focus(page);
        assert.ok(words === language && outline !== 'none', `the focus stays where it was, not at “${words}”`);
      }
      await tabTo(page, EN.start);
      await page.run(watchHeadings);
      await page.key('Enter');
      await page.see('heading', EN.verdict);
      await hasFocus(page, EN.verdict);
      await tabTo(page, 'New check');
      await page.key('Enter');
      await hasFocus(page, EN.title);
      await page.back();
      await hasFocus(page, EN.verdict);
      assert.deepEqual(new Set(await page.run(() => window.whole)), new Set([true]), 'behind the focus, the rest of the page follows');
      await tabTo(page, 'For me');
      await page.key('ArrowRight');
      await page.see('.advice__reader--boss');
      await page.key('ArrowRight');
      await page.see('.advice__reader--it');
      await tabTo(page, 'Delete this report now');
      await page.key('Space');
      await page.see('heading', 'The report is deleted');
      assert.deepEqual(await page.complaints(), []);
      await page.close();
    });

    test('a reload in mid-check loses nothing, and a second window shows and prints the report by its address alone', async () => {
      const page = await engine.visit();
      await page.open(`${lab.origin}/en/`);
      await page.click('button', EN.start);
      await page.until('a check that runs', (text) => /of \d+ doors checked/.test(text), () => document.querySelector('main').innerText);
      await page.reload();
      await page.see('heading', EN.verdict);
      const second = await engine.visit();
      await second.open(await page.address());
      await second.see('heading', EN.verdict);
      // The server writes the verdict, and the program adds the cards.
      await second.see('.passing-on');
      assert.equal(await doors(second), Object.keys(TRUTH).length);
      if (PRINTING.includes(name)) await isWholeOnPaper(second);
      for (const each of [page, second]) {
        assert.deepEqual(await each.complaints(), []);
        await each.close();
      }
    });

    test('the list of services is searched, and pages to read need no script', async () => {
      const page = await engine.visit();
      await page.open(`${lab.origin}/de/dienste`);
      const rows = () => document.querySelectorAll('.services__row').length;
      assert.ok(await page.run(rows) > 200);
      await fits(page, 'the list');
      await page.click('field');
      await page.type('3389');
      await page.key('Enter');
      await page.until('the one that fits', (count) => count === 1, rows);
      assert.equal(await page.run(() => document.querySelector('input[name=q]').value), '3389', 'the form shows what was asked');
      await page.click('link', 'Windows-Fernzugriff');
      await page.see('h1', 'Windows-Fernzugriff');
      await fits(page, 'a page to read');
      assert.deepEqual(await page.run(() => Array.from(document.scripts, (script) => script.text)), ['0']);
      assert.deepEqual(await page.complaints(), []);
      await page.close();
    });
  });
}
