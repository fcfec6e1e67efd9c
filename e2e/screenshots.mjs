// Pictures of every kind of page and every state of a check, in both languages, on telephone, tablet and desk,
// light and dark; and one sheet for each page and state that shows all twelve. They are to be looked at.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser, unfold } from './browser.mjs';
import { openLab } from './lab.mjs';

const FOLDER = process.argv[2];
const ONLY = process.argv[3] ?? '';
const LANGUAGES = { de: 'de-DE', en: 'en-GB' };
const SIZES = { phone: { width: 390, height: 844 }, tablet: { width: 820, height: 1180 }, desk: { width: 1440, height: 900 } };
const SCHEMES = ['light', 'dark'];
const START = { de: 'Zustimmen und jetzt prüfen', en: 'Agree and check now' };
const FORGET = { de: 'Bericht jetzt löschen', en: 'Delete this report now' };
const TO_READ = {
  learn: { de: 'wissen', en: 'learn' }, ports: { de: 'offene-ports', en: 'open-ports' }, limits: { de: 'grenzen', en: 'limits' },
  services: { de: 'dienste', en: 'services' }, service: { de: 'dienst/rdp', en: 'service/rdp' }, port: { de: 'port/8080', en: 'port/8080' },
  glossary: { de: 'glossar', en: 'glossary' }, tip: { de: 'tipp/firewall-durchgaengig', en: 'tip/consistent-firewall' },
  nowhere: { de: 'gibt/es/nicht', en: 'not/here' }, gone: { de: `pruefung/${'0'.repeat(32)}`, en: `check/${'0'.repeat(32)}` },
};

const known = (page) => page.locator('.line:not(.line--unknown)').waitFor();
const press = (page, language) => page.getByRole('button', { name: START[language], disabled: false }).click();
const begun = (page) => page.locator('#progress:not([value="0"])').waitFor();
const over = (page) => page.locator('#verdict').waitFor();
/** What is done before the picture is taken. */
const STATES = {
  async start({ page, open }) { await open(''); await known(page); },
  async line({ page, open }) {
    await open(''); await known(page);
    await page.locator('input[name=office]').first().check();
    await unfold(page);
  },
  async refused({ page, context, open }) {
    await context.setExtraHTTPHeaders({ Via: '1.1 proxy' });
    await open(''); await page.locator('.consent__answer p:not(:empty)').waitFor();
  },
  async running({ page, open, language }) { await open(''); await press(page, language); await begun(page); },
  async report({ page, open, language }) { await open(''); await press(page, language); await over(page); },
  async unfolded({ page, open, language }) {
    await open(''); await press(page, language); await over(page);
    await unfold(page);
  },
  async forgotten({ page, open, language }) {
    await open(''); await press(page, language); await over(page);
    await page.getByRole('button', { name: FORGET[language] }).click();
    await page.locator('.message').waitFor();
  },
  ...Object.fromEntries(Object.entries(TO_READ).map(([name, paths]) => [name, async ({ page, open, language }) => {
    await open(paths[language]); await page.locator('h1').first().waitFor();
  }])),
};

const lab = await openLab({ settings: ['--set', 'probes.per_second=300', '--set', 'operator.phone=030 1234567'] });
const browser = await openBrowser();
try {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  let count = 0;
  for (const [state, reach] of Object.entries(STATES).filter(([state]) => state.includes(ONLY))) {
    const all = [];
    for (const [language, locale] of Object.entries(LANGUAGES)) {
      for (const colorScheme of SCHEMES) {
        for (const [size, viewport] of Object.entries(SIZES)) {
          const context = await browser.newContext({ locale, colorScheme, viewport, deviceScaleFactor: 1 });
          const page = await context.newPage();
          const open = (path) => page.goto(`${lab.origin}/${language}/${path}`);
          await reach({ page, context, open, language });
          const name = `${state}-${language}-${size}-${colorScheme}.png`;
          await page.screenshot({ path: join(FOLDER, name), fullPage: true, animations: 'disabled' });
          all.push([name, viewport.width]);
          count += 1;
          await context.close();
        }
      }
    }
    await sheet(state, all);
  }
  console.log(`${count} pictures and a sheet for each page and state: ${FOLDER}`);
} finally {
  await browser.close();
  await lab.stop();
}

/** One picture of all pictures of a page or state. */
async function sheet(state, pictures) {
  const context = await browser.newContext({ viewport: { width: 2400, height: 1200 } });
  const page = await context.newPage();
  // Of a long page, what comes first is shown.
  const images = pictures.map(([name, width]) => {
    const data = readFileSync(join(FOLDER, name)).toString('base64');
    const size = `width:${Math.round(width * 0.42)}px;max-height:1400px;object-fit:cover;object-position:top`;
    return `<img style="${size};margin:6px;vertical-align:top" src="data:image/png;base64,${data}">`;
  });
  writeFileSync(join(FOLDER, 'sheet.html'), `<body style="background:#777;margin:0">${images.join('')}`);
  await page.goto(`file://${join(FOLDER, 'sheet.html')}`);
  await page.screenshot({ path: join(FOLDER, `sheet-${state}.png`), fullPage: true });
  rmSync(join(FOLDER, 'sheet.html'));
  await context.close();
}
