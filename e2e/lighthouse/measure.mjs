// How quick and how sound Klinke's pages are, as Lighthouse sees them on its simulated telephone: the median of five
// runs for each page in each language, as a table. Beside them stands a page of two lines, which no other can be quicker
// than on this machine. Run by `cargo xtask lighthouse`.
import { createServer } from 'node:http';
import { Launcher, launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { openBrowser, wholeReport } from '../browser.mjs';
import { ownCore } from '../cores.mjs';
import { openLab } from '../lab.mjs';

const RUNS = Number(process.argv[2] ?? 5);
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const FIGURES = {
  'LCP ms': 'largest-contentful-paint', CLS: 'cumulative-layout-shift', 'TBT ms': 'total-blocking-time', 'FCP ms': 'first-contentful-paint',
};
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
/** No second page is got ready on the core of the one that is measured. */
const OFF = `${Launcher.defaultFlags().find((flag) => flag.startsWith('--disable-features='))},SpareRendererForSitePerProcess`;
const OWN_CORE = ownCore();
const START = { de: 'Zustimmen und jetzt prüfen', en: 'Agree and check now' };
const PAGES = {
  start: { de: 'de/', en: 'en/' },
  'sample report': { de: 'de/beispielbericht', en: 'en/sample-report' },
  // It is kept from search engines, because who knows its address may read it: that is all that the last column is about.
  'own report': {},
  service: { de: 'de/dienst/rdp', en: 'en/service/rdp' },
  list: { de: 'de/dienste', en: 'en/services' },
};

const FLOOR = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Two lines</title><meta name="description" content="A page of two lines"><main><h1>A page</h1><p>of two lines</p></main>`;

const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

// At home, because Lighthouse calls a page without TLS unsound anywhere else.
const lab = await openLab({ inside: true });
const floor = createServer((_, answer) => { answer.setHeader('content-type', 'text/html; charset=utf-8').end(FLOOR); });
try {
  await new Promise((done) => { floor.listen(0, '127.0.0.1', done); });
  PAGES['two lines'] = { en: `http://127.0.0.1:${floor.address().port}/` };
  const browser = await openBrowser();
  for (const [language, button] of Object.entries(START)) {
    const page = await browser.newPage();
    await page.goto(`${lab.origin}/${language}/`);
    await page.getByRole('button', { name: button, disabled: false }).click();
    await wholeReport(page);
    PAGES['own report'][language] = new URL(page.url()).pathname.slice(1);
  }
  await browser.close();
  const table = [];
  const faults = new Set();
  for (const [name, paths] of Object.entries(PAGES)) {
    for (const [language, path] of Object.entries(paths)) {
      const runs = [];
      for (let run = 0; run < RUNS; run += 1) {
        const chrome = await launch({ chromePath: '/usr/bin/chromium', chromeFlags: [...FLAGS, ...OWN_CORE, OFF, `--accept-lang=${language}`] });
        const { lhr } = await lighthouse(new URL(path, `${lab.origin}/`).href, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'error' });
        await chrome.kill();
        runs.push(lhr);
        for (const [id, { score, scoreDisplayMode, title }] of Object.entries(lhr.audits)) {
          const weighs = CATEGORIES.some((category) => lhr.categories[category].auditRefs.some((audit) => audit.id === id && audit.weight > 0));
          if (weighs && score !== null && score < 0.9 && scoreDisplayMode !== 'informative') faults.add(`${name}: ${id} (${title})`);
        }
      }
      table.push({
        page: `${name} ${language}`,
        ...Object.fromEntries(CATEGORIES.map((category) => [category, Math.round(100 * median(runs.map((lhr) => lhr.categories[category].score)))])),
        ...Object.fromEntries(Object.entries(FIGURES).map(([head, audit]) => [head, Math.round(1000 * median(runs.map((lhr) => lhr.audits[audit].numericValue))) / 1000])),
      });
    }
  }
  console.table(table.map((row) => ({ ...row, 'LCP ms': Math.round(row['LCP ms']), 'FCP ms': Math.round(row['FCP ms']) })));
  for (const fault of faults) console.log(fault);
} finally {
  floor.close();
  await lab.stop();
}
