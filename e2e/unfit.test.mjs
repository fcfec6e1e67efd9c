// A browser that cannot run the page: too old, or with its technique switched off. The page says at once, in its own
// language, what to do. Each way in a real engine that lacks what an old one lacks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { hurry, openBrowser, visitor } from './browser.mjs';
import { openEngine } from './engines.mjs';
import { openLab } from './lab.mjs';

const TITLE = { de: 'Die Prüfung startet in diesem Browser nicht', en: 'The check does not start in this browser' };
const BUTTON = { de: 'Zustimmen und jetzt prüfen', en: 'Agree and check now' };
/** Whoever cannot be helped otherwise sees the help after twelve seconds, and the page does not know that it is unfit. */
const knowsIt = () => document.documentElement.classList.contains('unfit');

let lab;
before(async () => { lab = await openLab(); });
after(async () => { await lab?.stop(); });

const command = () => `curl -N -d consent=yes ${lab.origin}/check`;

/** The help is there at once, on both kinds of page that need the program, and nothing that cannot be used. */
async function helped(engine) {
  for (const [language, path] of [['de', ''], ['en', `check/${'f'.repeat(32)}`]]) {
    const page = await engine.visit();
    await page.open(`${lab.origin}/${language}/${path}`);
    await page.see('heading', TITLE[language]);
    assert.equal((await page.all('h1')).length, 1, 'the page has a title');
    await page.see('pre', command());
    assert.ok(await page.run(knowsIt), 'at once, and not because it takes long');
    assert.deepEqual(await page.all('button', BUTTON[language]), []);
    assert.deepEqual(await page.all('progress'), []);
    assert.deepEqual(await page.complaints(), []);
    await page.close();
  }
}

/** Runs in a page before its own scripts, as if the browser had never heard of it. */
const withoutEvents = '() => { delete window.EventSource; }';

for (const [how, name, options] of [
  // As an organisation's rules can have it (DefaultJavaScriptJitSetting).
  ['Chromium without WebAssembly', 'chromium', { flags: ['--js-flags=--jitless'] }],
  ['Firefox without WebAssembly', 'firefox', { settings: { 'javascript.options.wasm': false } }],
  ['WebKit without WebAssembly', 'webkit', { environment: { JSC_useWasm: '0' } }],
  ['Chromium without streams of events', 'chromium', { before: withoutEvents }],
]) {
  test(`${how} says at once what to do`, async () => {
    const engine = await openEngine(name, options);
    try {
      await helped(engine);
    } finally {
      await engine.close();
    }
  });
}

/** A Chromium whose answers for some paths are changed on the way. */
async function changed(t, path, change) {
  const browser = await openBrowser();
  t.after(() => browser.close());
  const { context, page, complaints } = await visitor(browser, { locale: 'de-DE', origin: lab.origin });
  await context.route(path, change);
  await page.goto(`${lab.origin}/de/`);
  return { page, complaints };
}

const help = (page) => page.getByRole('heading', { name: TITLE.de });

/** The help is there, and not because the page takes long. */
async function helpedAtOnce(page) {
  await help(page).waitFor();
  assert.ok(await page.evaluate(knowsIt));
}

test('a browser that knows no modules runs the one script that is for it', async (t) => {
  const asked = [];
  const { page, complaints } = await changed(t, '**/de/', async (route) => {
    const response = await route.fetch();
    // What such a browser makes of the page: a script that it cannot read is none, and `nomodule` means nothing to it.
    const body = (await response.text()).replace('<script>{', '<script type="unknown">{').replace(' nomodule ', ' ');
    await route.fulfill({ response, body });
  });
  page.on('request', (request) => asked.push(request.url()));
  await helpedAtOnce(page);
  await page.getByText(command()).filter({ visible: true }).waitFor();
  assert.deepEqual(complaints, []);
});

for (const [what, answer] of [
  ['a program that the browser cannot read', { contentType: 'application/wasm', body: Buffer.from([0, 0x61, 0x73, 0x6d, 2, 0, 0, 0]) }],
  ['a program that does not come', { status: 502, body: '' }],
]) {
  test(`${what} shows the help at once`, async (t) => {
    const { page } = await changed(t, '**/*.wasm', (route) => route.fulfill(answer));
    await helpedAtOnce(page);
    assert.equal(await page.getByRole('button', { name: BUTTON.de }).count(), 0);
  });
}

test('a word of the script that the browser does not know shows the help at once', async (t) => {
  const { page } = await changed(t, '**/klinke-page-*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: 'export default (' }));
  await helpedAtOnce(page);
});

test('a page that only takes long waits before it says so, and comes to life all the same', async (t) => {
  let ask;
  const asked = new Promise((is) => { ask = is; });
  const { page } = await changed(t, '**/*.wasm', (route) => ask(route));
  await page.getByRole('heading', { level: 1 }).waitFor();
  assert.ok(await help(page).isHidden());
  // The twelve seconds pass in the twinkling of an eye.
  await hurry(page);
  await help(page).waitFor();
  assert.ok(await page.getByRole('button', { name: BUTTON.de }).isVisible());
  await (await asked).continue();
  await page.getByRole('button', { name: BUTTON.de, disabled: false }).waitFor();
  assert.equal(await help(page).count(), 0);
});

test('a browser that can run the page loads nothing for those that cannot', async (t) => {
  const browser = await openBrowser();
  t.after(() => browser.close());
  const { page } = await visitor(browser, { locale: 'de-DE', origin: lab.origin });
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${lab.origin}/de/`);
  await page.getByRole('button', { name: BUTTON.de, disabled: false }).waitFor();
  assert.ok(asked.some((path) => path.endsWith('.wasm')));
  assert.ok(!asked.includes('/unfit.js'), `${asked}`);
  assert.equal(await help(page).count(), 0);
});
