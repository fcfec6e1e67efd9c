// What goes wrong in real life while a check runs: a reload, a lost connection, a second tab, the
// back button, a server that stops, a report that is gone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, shown, visitor, wholeReport } from './browser.mjs';
import { openLab, openRelay } from './lab.mjs';
import { end } from './program.mjs';

const VERDICT = 'Seen from inside, one door is open that strangers should not reach.';
const START = 'Agree and check now';
const LOST = 'The connection to the server';
const RUNNING = 'A check of this connection is already running.';
/** All doors of the catalogue take some nine seconds at this pace. */
const SLOW = ['--set', 'probes.per_second=40'];

let lab;
let browser;
before(async () => { lab = await openLab({ inside: true, settings: SLOW }); browser = await openBrowser(); });
after(async () => { await browser?.close(); await lab?.stop(); });

/** Opens the page and starts a check; gives back when some doors have been seen. */
async function midCheck(origin = lab.origin) {
  const someone = await visitor(browser, { locale: 'en-GB' });
  await someone.page.goto(`${origin}/en/`);
  await someone.page.getByRole('button', { name: START }).click();
  await someone.page.waitForURL(/\/en\/check\//);
  await someone.page.getByText(/of \d+ doors checked/).first().waitFor();
  return someone;
}

async function verdictOn(page) {
  await page.getByRole('heading', { name: VERDICT }).waitFor();
  await wholeReport(page);
  assert.match(await page.locator('main').textContent(), /\d+ doors in/);
  assert.doesNotMatch(await page.locator('main').textContent(), /not tested/);
}

test('a reload in mid-check loses nothing', async () => {
  const { context, page } = await midCheck();
  const address = page.url();
  await page.reload();
  await page.getByText(/of \d+ doors checked/).first().waitFor();
  await verdictOn(page);
  assert.equal(page.url(), address);
  await context.close();
});

test('a lost connection is said, and the check goes on where it was', async () => {
  const relay = await openRelay();
  const { context, page } = await midCheck(relay.origin);
  relay.cut();
  await page.getByText(LOST).waitFor();
  relay.mend();
  await verdictOn(page);
  assert.equal(await page.getByText(LOST).count(), 0);
  await context.close();
  await relay.close();
});

test('a check that is given up ends at once, in every tab, and leaves nothing', async () => {
  const { context, page } = await midCheck();
  const other = await context.newPage();
  await other.goto(page.url());
  await other.getByText(/of \d+ doors checked/).first().waitFor();
  await page.getByRole('button', { name: 'Stop this check' }).click();
  for (const tab of [page, other]) {
    await tab.getByRole('heading', { name: 'The check was stopped' }).waitFor();
    assert.match(await tab.title(), /The check was stopped/);
  }
  const id = new URL(page.url()).pathname.split('/').pop();
  const report = await page.request.get(`${lab.origin}/api/checks/${id}`);
  assert.deepEqual([report.status(), (await report.json()).code], [404, 'unknown-check']);
  await page.reload();
  await page.getByRole('heading', { name: 'This report is no longer here' }).waitFor();
  await context.close();
});

test('a second tab at the same address follows the same check', async () => {
  const { context, page } = await midCheck();
  const second = await context.newPage();
  await second.goto(page.url());
  await second.getByText(/of \d+ doors checked/).first().waitFor();
  await Promise.all([verdictOn(page), verdictOn(second)]);
  await context.close();
});

test('a second check of the same line waits and then starts by itself', async () => {
  const { context, page } = await midCheck();
  const second = await context.newPage();
  await second.goto(`${lab.origin}/en/`);
  await second.getByRole('button', { name: START }).click();
  await second.getByText(RUNNING).waitFor();
  await second.getByText(/try again by itself in \d/).waitFor();
  await verdictOn(page);
  await second.waitForURL(/\/en\/check\//);
  await verdictOn(second);
  assert.notEqual(second.url(), page.url());
  await context.close();
});

test('back leads to the start page and forward to the check, which went on', async () => {
  const { context, page } = await midCheck();
  const address = page.url();
  await page.goBack();
  await page.getByRole('button', { name: START }).waitFor();
  assert.equal(page.url(), `${lab.origin}/en/`);
  await page.goForward();
  assert.equal(page.url(), address);
  await verdictOn(page);
  await context.close();
});

test('back and forward take nothing from the history, in whatever moment of the drawing', { timeout: 120_000 }, async () => {
  const { context, page } = await midCheck();
  const address = page.url();
  await page.evaluate(() => new Promise((done, failed) => {
    history.pushState = (_, __, to) => failed(new Error(`${to} is new in the history, at ${location.pathname}`));
    const moved = () => new Promise((is) => { window.addEventListener('popstate', is, { once: true }); });
    /** Once the page that comes has been drawn that often, or is whole. */
    const drawn = (times) => new Promise((is) => {
      let [left, started] = [times, false];
      new MutationObserver((_, watching) => {
        const whole = document.querySelector('.frame > footer') !== null;
        started ||= !whole;
        left -= started;
        if (left > 0 && !(started && whole)) return;
        watching.disconnect();
        is();
      }).observe(document.body, { childList: true, subtree: true });
    });
    const moments = async () => {
      for (let times = 1; times <= 6; times += 1) {
        for (const there of ['back', 'forward']) {
          const both = Promise.all([moved(), drawn(times)]);
          history[there]();
          await both;
        }
      }
    };
    moments().then(done, failed);
  }));
  assert.equal(page.url(), address);
  await verdictOn(page);
  await context.close();
});

test('whoever leads the focus elsewhere while the report is being drawn keeps it there', async () => {
  const { context, page } = await midCheck();
  await page.evaluate(() => new MutationObserver((_, watching) => {
    const language = document.querySelector('.languages a:not([aria-current])');
    if (!language || !document.getElementById('verdict')) return;
    watching.disconnect();
    window.whole = document.querySelector('.frame > footer') !== null;
    language.focus();
  }).observe(document.body, { childList: true, subtree: true }));
  await wholeReport(page);
  await page.evaluate(shown, 0);
  assert.deepEqual(await page.evaluate(() => [window.whole, document.activeElement.textContent]), [false, 'Deutsch']);
  await context.close();
});

test('a report that nobody has is kindly said to be gone', async () => {
  const { context, page } = await visitor(browser, { locale: 'en-GB' });
  await page.goto(`${lab.origin}/en/check/${'f'.repeat(32)}`);
  await page.getByRole('heading', { name: 'This report is no longer here' }).waitFor();
  const response = await page.goto(`${lab.origin}/en/nothing/here`);
  assert.equal(response.status(), 404);
  await page.getByRole('heading', { name: 'This page does not exist' }).waitFor();
  await context.close();
});

test('a server that stops in mid-check says so on the page', async () => {
  const { context, page } = await midCheck();
  await end(lab.klinke);
  await page.getByRole('heading', { name: 'The server is being restarted' }).waitFor();
  await context.close();
});
