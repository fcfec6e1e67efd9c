// A line so slow that a page comes bit by bit, and is shown after each: every kind of page, on a telephone, a tablet
// and a desk. What has its place keeps it, until the page lives.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { fewAtOnce, openBrowser, shown, visitor, watchJumps, wholePage } from './browser.mjs';
import { openLab } from './lab.mjs';
import { ownLook } from './operator.mjs';

const SENTENCE = { de: 'Fragen? Wir sind werktags von 8 bis 17 Uhr für Sie da.', en: 'Questions? We are here on weekdays from 8 to 17.' };
const PAGES = {
  de: ['', 'beispielbericht', 'grenzen', 'wissen', 'dienste', 'dienst/fortinet-ssl-vpn', 'port/8080', 'glossar', 'gibt/es/nicht'],
  en: ['', 'sample-report', 'limits', 'knowledge', 'services', 'service/fortinet-ssl-vpn', 'port/8080', 'glossary', 'not/here'],
};
/** High enough that whatever jumps is in sight. */
const WINDOWS = [{ width: 360, height: 2000 }, { width: 768, height: 1800 }, { width: 1200, height: 1600 }];
/** In how many bits a page comes at most. */
const BITS = 60;

let lab;
let browser;
let folder;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'klinke-arrival-'));
  lab = await openLab({ settings: ownLook(folder, SENTENCE).flatMap((setting) => ['--set', setting]) });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await lab?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** A line to Klinke that keeps a page until it is let go on: `page` gives the page, and the answer that waits for it. */
async function slowLine() {
  let pageComes;
  const page = new Promise((come) => { pageComes = come; });
  const line = createServer((asked, answer) => {
    const isPage = asked.headers['sec-fetch-dest'] === 'document';
    const headers = { ...asked.headers, host: new URL(lab.origin).host };
    if (isPage) delete headers['accept-encoding'];
    const further = request(new URL(asked.url, lab.origin), { method: asked.method, headers, agent: false }, async (given) => {
      if (!isPage) {
        answer.writeHead(given.statusCode, given.headers);
        return pipeline(given, answer, () => {});
      }
      const { 'content-length': _, ...kept } = given.headers;
      answer.writeHead(given.statusCode, kept);
      pageComes({ answer, html: await text(given) });
    });
    // Whoever leaves asks for no more.
    pipeline(asked, further, (error) => { if (error) answer.destroy(); });
    answer.once('close', () => further.destroy());
  });
  await new Promise((ready) => { line.unref().listen(0, '127.0.0.1', ready); });
  return { page, origin: `http://127.0.0.1:${line.address().port}`, close: () => { line.closeAllConnections(); line.close(); } };
}

/** Where the elements of a page start; what is for browsers without scripts, or for later, holds none. */
const elementsOf = (html) => [...html.replace(/(?<=<(noscript|template)[^>]*>).*?(?=<\/\1>)/gs, (held) => ' '.repeat(held.length)).matchAll(/<[a-z]/g)]
  .map(({ index }) => index);

/** A page in bits, each of which ends before the start of an element: where they end, and how many elements there are until then. */
function inBits(html) {
  const starts = elementsOf(html);
  const body = starts.findIndex((start) => html.startsWith('<body', start));
  const step = Math.ceil((starts.length - body) / BITS);
  const bits = [];
  for (let elements = body + 1, end = 0; elements < starts.length + step; elements += step) {
    const until = starts[elements] ?? html.length;
    bits.push({ bit: html.slice(end, until), elements: Math.min(elements, starts.length) });
    end = until;
  }
  return bits;
}

/** Runs in a page: what still waits to be shown, besides what is not known yet of a visitor's line. */
const hidden = () => [...document.querySelectorAll('#app :not(.line--unknown, .line--unknown *, .address__scope)')]
  .filter((part) => getComputedStyle(part).visibility !== 'visible')
  .map((part) => `${part.tagName} ${part.className} is hidden`);

/** What jumps on the page at this path, while it comes bit by bit and until it lives, and what is hidden then. */
async function faultsOf(path, options) {
  const line = await slowLine();
  const { context, page } = await visitor(browser, options);
  await page.addInitScript(watchJumps);
  const went = page.goto(line.origin + path, { timeout: 0 });
  const { answer, html } = await line.page;
  for (const { bit, elements } of inBits(html)) {
    answer.write(bit);
    await page.waitForURL(line.origin + path, { waitUntil: 'commit' });
    await page.evaluate(shown, elements);
  }
  answer.end();
  await went;
  await page.waitForLoadState('networkidle');
  // The program takes away the help for those who cannot run it.
  await page.locator('.unscripted__late').waitFor({ state: 'detached' });
  await wholePage(page, path);
  const faults = [...await page.evaluate(() => window.jumps), ...await page.evaluate(hidden)];
  await context.close();
  line.close();
  return faults.map((fault) => `${path}: ${fault}`);
}

for (const [language, paths] of Object.entries(PAGES)) {
  for (const viewport of WINDOWS) {
    test(`however slowly a page comes, nothing jumps (${language}, ${viewport.width} pixels)`, async () => {
      const faults = await fewAtOnce(paths, (path) => faultsOf(`/${language}/${path}`, { locale: language, viewport }));
      assert.equal(faults.flat().join('\n'), '');
    });
  }
}
