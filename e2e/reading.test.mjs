// What there is to read: every page that the sitemap names, every link on them, numbers, the list of all
// services, and an operator's own knowledge. Against the real server and in a real browser.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openBrowser, SCRIPTLESS, visitor, wholeReport } from './browser.mjs';
import { openLab } from './lab.mjs';

const CALL = 'Rufen Sie uns an, wir schließen diese Tür heute für Sie.';
const CALL_EN = 'Call us, and we will close this door for you today.';

let lab;
let browser;
let own;
before(async () => {
  own = ownKnowledge();
  lab = await openLab({ settings: ['--set', `knowledge.folder=${own}`, '--set', 'operator.phone=030 1234'] });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await lab?.stop();
  if (own) rmSync(own, { recursive: true, force: true });
});

/** An operator's folder: other advice for Redis, a service of its own, another title for the contact. */
function ownKnowledge() {
  const folder = mkdtempSync(join(tmpdir(), 'klinke-own-'));
  mkdirSync(join(folder, 'services'));
  mkdirSync(join(folder, 'phrases'));
  writeFileSync(join(folder, 'services/redis.toml'), `severity = "medium"\n[when]\nno-password = "medium"\n[de]\nemployee = "${CALL}"\n[en]\nemployee = "${CALL_EN}"\n`);
  writeFileSync(join(folder, 'phrases/ours.toml'), '[contact_title]\nde = "Ihr Muster-Team hilft"\nen = "Your Muster team helps"\n');
  const words = (name) => ['purpose', 'risk', 'fine', 'employee', 'boss', 'it'].map((key) => `${key} = "${name}: ${key}."`).join('\n');
  writeFileSync(join(folder, 'services/muster-tool.toml'), [
    'severity = "low"', 'family = "operations"', 'rank = 5', 'quick = false', 'used_by = ["it"]', 'tips = ["updates"]',
    'sources = ["Muster IT: manual"]', '[ports]', 'tcp = [40404]',
    '[de]', 'name = "Muster-Werkzeug"', words('Das ist es'), '[en]', 'name = "Muster tool"', words('This is it'), '',
  ].join('\n'));
  return folder;
}

const get = async (path) => {
  const response = await fetch(lab.origin + path, { redirect: 'manual' });
  return { status: response.status, to: response.headers.get('location'), kind: response.headers.get('content-type'), text: await response.text() };
};

/** The text of HTML between its tags. */
const read = (html) => html.replace(/<[^>]*>/g, '').replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&#x2f;', '/').replaceAll('&amp;', '&');

test('every page of the sitemap can be read without a script, and every link on it leads somewhere', async (t) => {
  const sitemap = (await get('/sitemap.xml')).text;
  const pages = [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, loc]) => loc);
  assert.ok(pages.length > 450, `${pages.length} pages`);
  assert.equal(new Set(pages).size, pages.length, 'each page once');
  const anchors = new Map();
  const links = new Map();
  for (const page of pages) {
    assert.ok(page.startsWith(`${lab.origin}/`), page);
    const path = page.slice(lab.origin.length);
    const { status, text } = await get(path);
    assert.equal(status, 200, path);
    assert.ok(!/\{\{|\{%/.test(text), `${path}: something is not filled in`);
    assert.equal([...text.matchAll(/<h1/g)].length, 1, `${path}: one heading`);
    assert.match(text, /<title>[^<]{3,} – Klinke<\/title>|<title>Klinke – /, path);
    assert.match(text, /<meta name="description" content="[^"]{10,}">/, path);
    const language = path.slice(1, 3);
    assert.match(text, new RegExp(`<html lang="${language}" data-version="\\?v=[0-9a-f]{16}" data-reach="public">`), path);
    assert.ok(text.includes(`<link rel="canonical" href="${page}">`), path);
    const pair = [...text.matchAll(/hreflang="(de|en)" href="([^"]*)"/g)].map(([, , to]) => to);
    assert.ok(pair.includes(page) && pair.length === 2 && pair.every((to) => pages.includes(to)), `${path}: ${pair}`);
    assert.ok(text.includes('030 1234') && text.includes('hilfe@muster.example'), `${path}: the contact is in sight`);
    const lives = /^\/(de\/(beispielbericht)?|en\/(sample-report)?)$/.test(path);
    const scripts = [...text.matchAll(/<script.*?<\/script>/g)].map(([script]) => script);
    assert.equal(scripts[0], '<script>0</script>', `${path}: the body waits for the styles`);
    assert.ok(lives ? scripts[1].includes('.wasm') : scripts.length === 1, `${path}: only the check needs a program`);
    anchors.set(path, new Set([...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)));
    for (const [, to] of text.matchAll(/<a [^>]*href="(\/[^"]*)"/g)) links.set(to.replaceAll('&#x2f;', '/'), path);
  }
  const others = new Map();
  for (const [link, from] of links) {
    if (link === '/impressum' || link === '/datenschutz') continue;
    const [path, anchor] = link.split('#');
    if (!anchors.has(path)) {
      const status = others.get(path) ?? (await get(path)).status;
      others.set(path, status);
      assert.equal(status, 200, `${link}, on ${from}`);
    }
    if (anchor) assert.ok(anchors.get(path)?.has(anchor), `${link}, on ${from}`);
  }
  t.diagnostic(`${pages.length} pages, ${links.size} different links`);
});

test('search engines may keep the sample report, whose verdict needs no script, and no other', async () => {
  const asked = async (path) => {
    const response = await fetch(lab.origin + path);
    return { kept: response.headers.get('cache-control'), robots: response.headers.get('x-robots-tag'), text: await response.text() };
  };
  for (const [path, title, sentence] of [
    ['/de/beispielbericht', 'Beispiel: der Bericht zu einem erfundenen Anschluss', 'gefährlich offen'],
    ['/en/sample-report', 'Example: the report on an invented connection', 'dangerously open'],
  ]) {
    const { kept, robots, text } = await asked(path);
    assert.equal(robots, null, path);
    assert.doesNotMatch(text, /noindex/, path);
    assert.doesNotMatch(kept, /no-store/, path);
    const words = read(text);
    assert.ok(words.includes(title) && words.includes(sentence), `${path}: ${words}`);
  }
  const own = await asked(`/de/pruefung/${'f'.repeat(32)}`);
  assert.equal(own.robots, 'noindex');
  assert.match(own.text, /<meta name="robots" content="noindex">/);
  assert.match(own.kept, /no-store/);
});

test('the sample is reached from the start page, speaks both languages and offers nothing that makes no sense for it', async () => {
  const { context, page, complaints } = await visitor(browser, { locale: 'de-DE', origin: lab.origin });
  await page.goto(`${lab.origin}/de/`);
  await page.getByRole('link', { name: 'Beispiel: der Bericht' }).click();
  await wholeReport(page);
  assert.equal(new URL(page.url()).pathname, '/de/beispielbericht');
  assert.match(await page.title(), /^Beispiel: /);
  assert.equal(await page.locator('.card').count(), 4);
  await page.locator('.languages a:not([aria-current])').click();
  await page.getByRole('heading', { level: 1, name: 'Example: the report' }).waitFor();
  assert.equal(new URL(page.url()).pathname, '/en/sample-report');
  const shown = await page.locator('.report button, .report a[download], .report input[type=file]').evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.textContent));
  assert.deepEqual(shown, []);
  await page.getByRole('link', { name: 'New check' }).click();
  await page.getByRole('button', { name: 'Agree and check now', disabled: false }).waitFor();
  assert.deepEqual(complaints, []);
  await context.close();
});

test('a page of a service says all that is known of it, in both languages', async () => {
  for (const [path, ...words] of [
    ['/de/dienst/rdp', 'Windows-Fernzugriff', 'Heute schließen', '3389/tcp, 3389/udp', 'Für die IT:', 'Shadowserver: Accessible RDP Report'],
    ['/en/service/rdp', 'Windows remote access', 'Close today', '3389/tcp, 3389/udp', 'For IT:', 'Shadowserver: Accessible RDP Report'],
  ]) {
    const text = read((await get(path)).text);
    for (const word of words) assert.ok(text.includes(word), `${path}: ${word}`);
  }
});

test('a service is found by its number', async () => {
  assert.deepEqual((({ status, to }) => ({ status, to }))(await get('/de/port/3389')), { status: 303, to: '/de/dienst/rdp' });
  assert.equal((await get('/en/port/22')).to, '/en/service/ssh');
  const several = read((await get('/de/port/8080')).text);
  assert.ok(several.includes('Tür 8080') && several.includes('Verwaltungsseite') && several.includes('QNAP'), several);
  const none = await get('/de/port/40405');
  assert.equal(none.status, 200);
  assert.ok(read(none.text).includes('kein üblicher Zweck bekannt'), none.text);
  for (const path of ['/de/port/0', '/de/port/65536', '/de/port/x', '/de/dienst/gibt-es-nicht']) assert.equal((await get(path)).status, 404, path);
});

test('the list is searched by name, number, urgency and user, with no script at all', async () => {
  const scriptless = await openBrowser(SCRIPTLESS);
  const { context, page } = await visitor(scriptless, { locale: 'de-DE', origin: lab.origin });
  await page.goto(`${lab.origin}/de/dienste`);
  const rows = () => page.locator('.services__row').count();
  const all = await rows();
  assert.ok(all > 200, `${all} services`);
  await page.getByLabel('Name oder Nummer').fill('3389');
  await page.getByLabel('Name oder Nummer').press('Enter');
  await page.waitForURL(/q=3389/);
  assert.equal(await rows(), 1);
  assert.equal(await page.getByLabel('Name oder Nummer').inputValue(), '3389', 'the form shows what was asked');
  await page.getByLabel('Name oder Nummer').fill('');
  await page.getByLabel('Wie dringend, wenn offen?').selectOption({ label: 'Heute schließen' });
  await page.getByLabel('Wer nutzt es?').selectOption({ label: 'Haustechnik und Maschinen' });
  await page.getByRole('button', { name: 'Zeigen' }).click();
  await page.waitForURL(/severity=critical/);
  assert.ok(await rows() > 5 && await rows() < 40);
  assert.equal(await page.locator('.services__group').count(), 1);
  await page.goto(`${lab.origin}/de/dienste?q=${encodeURIComponent('"><script>alert(1)</script>')}`);
  assert.equal(await rows(), 0);
  assert.ok(await page.getByText('Dazu kennt Klinke keinen Dienst.').isVisible());
  await context.close();
  await scriptless.close();
});

test('an operator adds services and changes words, everywhere and at once', async () => {
  const text = read((await get('/de/dienst/muster-tool')).text);
  assert.ok(text.includes('Muster-Werkzeug') && text.includes('40404/tcp') && text.includes('Das ist es: risk.'), text);
  assert.equal((await get('/en/port/40404')).to, '/en/service/muster-tool');
  const redis = read((await get('/de/dienst/redis')).text);
  assert.ok(redis.includes(CALL) && redis.includes('Bald ansehen') && redis.includes('Ihr Muster-Team hilft'), redis);
  const { context, page, complaints } = await visitor(browser, { locale: 'de-DE', origin: lab.origin });
  const loaded = [];
  page.on('request', (request) => { if (request.url().includes('/texts/')) loaded.push(request.url()); });
  await page.goto(`${lab.origin}/de/`);
  await page.getByText(lab.visitor).first().waitFor();
  await page.getByRole('button', { name: 'Zustimmen und jetzt prüfen' }).click();
  await page.getByText(CALL).waitFor();
  await page.getByText('Ihr Muster-Team hilft').waitFor();
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByText(CALL_EN).waitFor();
  assert.deepEqual(complaints, []);
  assert.ok(loaded.length > 3 && loaded.every((url) => /\?v=[0-9a-f]{16}$/.test(url)), `${loaded}`);
  await context.close();
});

test('from a card to the page of its service and back, the report is still there', async () => {
  const { context, page } = await visitor(browser, { locale: 'en-GB', origin: lab.origin });
  await page.goto(`${lab.origin}/en/`);
  await page.getByText(lab.visitor).first().waitFor();
  await page.getByRole('button', { name: 'Agree and check now' }).click();
  await page.getByRole('article').first().waitFor();
  const report = page.url();
  await page.getByRole('article').filter({ hasText: ' 6379/tcp' }).getByRole('link', { name: 'More about this service' }).click();
  await page.waitForURL(/\/en\/service\/redis$/);
  assert.ok(await page.getByRole('heading', { level: 1 }).isVisible());
  await page.goBack();
  await page.waitForURL(report);
  await page.getByRole('article').first().waitFor();
  await context.close();
});

test('a finished report has loaded at most 150 kB of program and words', async (t) => {
  const { context, page } = await visitor(browser, { locale: 'de-DE', origin: lab.origin });
  const loaded = new Set();
  page.on('request', (request) => { const url = new URL(request.url()); loaded.add(url.pathname + url.search); });
  await page.goto(`${lab.origin}/de/`);
  await page.getByText(lab.visitor).first().waitFor();
  await page.getByRole('button', { name: 'Zustimmen und jetzt prüfen' }).click();
  await page.getByRole('article').first().waitFor();
  const files = [...loaded].filter((path) => /\.(wasm|js)$/.test(path) || path.startsWith('/texts/'));
  for (const kind of [/\.wasm$/, /\.js$/, /^\/texts\/de-\w+\.json/, /^\/texts\/de-\w+\/redis\.json/]) assert.ok(files.some((path) => kind.test(path)), `${kind} of ${files}`);
  assert.ok(files.every((path) => !path.startsWith('/texts/en-')), 'the other language costs nothing');
  let sum = 0;
  for (const path of files) {
    const response = await rawGet(lab.origin + path);
    sum += response;
  }
  t.diagnostic(`${sum} bytes in ${files.length} files: ${await page.getByRole('article').count()} open doors`);
  assert.ok(sum <= 150_000, `${sum} bytes`);
  await context.close();
});

/** The bytes of an answer as they travel to a browser that takes brotli. */
async function rawGet(url) {
  const { get: request } = await import('node:http');
  return new Promise((done, failed) => {
    request(url, { headers: { 'accept-encoding': 'br' } }, (response) => {
      let bytes = 0;
      response.on('data', (data) => { bytes += data.length; });
      response.on('end', () => done(bytes));
    }).on('error', failed);
  });
}
