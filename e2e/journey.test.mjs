// The whole journey in both languages, in a real Chromium against real daemons: the address, the
// consent, one button, progress, verdict, a card for every open door.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { openBrowser, readFor, SCRIPTLESS, visitor, watchJumps, wholeReport } from './browser.mjs';
import { NAME, TRUTH, openLab } from './lab.mjs';
import { sameTree } from './tree.mjs';

const LANGUAGES = {
  de: {
    locale: 'de-DE',
    start: 'Zustimmen und jetzt prüfen',
    verdict: 'Eine Tür steht gefährlich offen: bitte noch heute schließen lassen.',
    path: /\/de\/pruefung\/[0-9a-f]{32}$/,
    other: 'English',
    otherVerdict: 'One door is dangerously open: please have it closed today.',
    text: 'Text für ein Ticket',
    forget: 'Bericht jetzt löschen',
    forgotten: 'Der Bericht ist gelöscht',
    gone: 'Dieser Bericht ist nicht mehr da',
    recognised: 'erkannt:',
    answers: 'Dahinter meldet sich:',
    keyOnly: 'Man braucht einen digitalen Schlüssel.',
    noPassword: 'Das Programm dahinter antwortet jedem, ohne nach einem Passwort zu fragen.',
    certificate: 'Das Zertifikat ist ausgestellt auf office.test, gültig bis ',
  },
  en: {
    locale: 'en-GB',
    start: 'Agree and check now',
    verdict: 'One door is dangerously open: please have it closed today.',
    path: /\/en\/check\/[0-9a-f]{32}$/,
    other: 'Deutsch',
    otherVerdict: 'Eine Tür steht gefährlich offen: bitte noch heute schließen lassen.',
    text: 'Text for a ticket',
    forget: 'Delete this report now',
    forgotten: 'The report is deleted',
    gone: 'This report is no longer here',
    recognised: 'recognised:',
    answers: 'What answers there:',
    keyOnly: 'people need a digital key.',
    noPassword: 'The program behind it answers everyone without asking for a password.',
    certificate: 'The certificate is issued to office.test, valid until ',
  },
};

let lab;
let browser;
before(async () => { lab = await openLab(); browser = await openBrowser(); });
after(async () => { await browser?.close(); await lab?.stop(); });

/** Takes the time from the press to the first door, or else the verdict, on the page. */
const watchFirst = () => {
  addEventListener('click', () => { window.pressed ??= performance.now(); }, { capture: true });
  const seen = () => document.querySelector('#verdict') || /[1-9]\d* (von|of) \d+ /.test(document.querySelector('progress')?.closest('div')?.textContent ?? '');
  new MutationObserver(() => { if (window.pressed && seen()) window.first ??= performance.now() - window.pressed; })
    .observe(document, { childList: true, subtree: true, characterData: true });
};

/** The cards name the real programs of the lab, and what of them matters. */
function saysWhatIsBehind(cards, words) {
  const says = (port, ...sentences) => {
    const card = cards.find((text) => text.includes(` ${port}/tcp`));
    for (const sentence of sentences) assert.ok(card.includes(sentence), `“${sentence}” is missing on ${card}`);
  };
  says(22, words.recognised, `${words.answers} OpenSSH `, words.keyOnly);
  says(80, words.recognised, `${words.answers} nginx`);
  says(443, words.recognised, words.certificate);
  says(6379, words.recognised, `${words.answers} Redis`, words.noPassword);
}

/** Each reader sees what is theirs, and a report can be passed on by paper, calendar and what the system has. */
async function readersOfTheReport(page, language) {
  const shown = (part) => page.locator(`.advice__reader--${part}`).first().isVisible();
  const all = async () => Promise.all(['me', 'boss', 'it'].map(shown));
  assert.deepEqual(await all(), [true, false, false]);
  await readFor(page, 'boss');
  assert.deepEqual(await all(), [false, true, false]);
  await readFor(page, 'it');
  assert.deepEqual(await all(), [false, false, true]);
  assert.ok(await page.locator('.proof p').first().isVisible(), 'the IT sees the evidence at once');
  await sameTree(page, `${language}-report-for-it`);
  await readFor(page, 'me');
  await page.evaluate(() => { window.print = () => { window.printed = true; }; });
  await page.locator('.passing-on button').filter({ hasText: /Drucken|Print/ }).click();
  await page.waitForFunction(() => window.printed);
  const entry = await page.evaluate(async (path) => {
    const answer = await fetch(path);
    return [answer.headers.get('content-type'), await answer.text()];
  }, await page.locator('a[href*="format=ics"]').getAttribute('href'));
  assert.equal(entry[0], 'text/calendar; charset=utf-8');
  assert.match(entry[1], /^BEGIN:VCALENDAR\r\n[^]*DTSTART;VALUE=DATE:\d{8}\r\n[^]*END:VCALENDAR\r\n$/);
  assert.ok(!entry[1].includes(page.url().split('/').at(-1)), 'the key to the report is not for calendars');
}

for (const [language, words] of Object.entries(LANGUAGES)) {
  test(`from the link to the advice (${language})`, async (t) => {
    const { context, page, complaints } = await visitor(browser, { ...words, origin: lab.origin });
    await page.addInitScript(watchJumps);
    await page.addInitScript(watchFirst);
    await page.goto(`${lab.origin}/`);
    assert.equal(page.url(), `${lab.origin}/${language}/`);
    assert.equal(await page.locator('html').getAttribute('lang'), language);
    const button = page.getByRole('button', { name: words.start });
    await button.and(page.locator(':not([aria-disabled])')).waitFor();
    await page.getByText(lab.visitor).first().waitFor();
    await page.locator('.line:not(.line--unknown)').waitFor();
    await sameTree(page, `${language}-start`);

    const pressed = Date.now();
    await button.click();
    await page.waitForURL(words.path);
    await page.getByRole('heading', { name: words.verdict }).waitFor();
    t.diagnostic(`first door on the page ${Math.round(await page.evaluate(() => window.first))} ms after the press`);
    t.diagnostic(`verdict ${Date.now() - pressed} ms after the press`);
    await wholeReport(page);
    const cards = await page.getByRole('article').evaluateAll((all) => all.map((card) => card.textContent));
    assert.equal(cards.length, Object.keys(TRUTH).length);
    for (const port of Object.keys(TRUTH)) {
      assert.equal(cards.filter((card) => card.includes(` ${port}/tcp`)).length, 1, `a card for ${port}`);
    }
    saysWhatIsBehind(cards, words);
    assert.ok((await page.getByRole('status').allTextContents()).includes(words.verdict), 'the verdict is announced');
    await sameTree(page, `${language}-report`);
    assert.deepEqual(await page.evaluate(() => window.jumps), [], 'nothing jumps');

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: words.text }).click()]);
    const ticket = await (await download.createReadStream()).toArray();
    assert.ok(Buffer.concat(ticket).toString().replaceAll('\n', ' ').includes(words.verdict));

    await readersOfTheReport(page, language);

    await page.evaluate(() => { window.same = true; });
    await page.getByRole('link', { name: words.other }).click();
    await page.getByRole('heading', { name: words.otherVerdict }).waitFor();
    assert.equal(await page.evaluate(() => window.same), true, 'the language changes without a new page');
    await page.goBack();
    await page.getByRole('heading', { name: words.verdict }).waitFor();

    await page.getByRole('button', { name: words.forget }).click();
    await page.getByRole('heading', { name: words.forgotten }).waitFor();
    assert.deepEqual(complaints, []);
    await page.reload();
    await page.getByRole('heading', { name: words.gone }).waitFor();
    await context.close();
  });
}

test('over IPv6 the same doors are found at the IPv6 address', async () => {
  const { context, page } = await visitor(browser, { locale: 'en-GB', origin: lab.origin6 });
  await page.goto(`${lab.origin6}/en/`);
  await page.getByText(lab.visitor6).first().waitFor();
  await page.getByRole('button', { name: LANGUAGES.en.start }).click();
  await page.getByRole('heading', { name: LANGUAGES.en.verdict }).waitFor();
  await wholeReport(page);
  assert.equal(await page.getByRole('article').count(), Object.keys(TRUTH).length);
  await context.close();
});

const COMMAND = (origin) => `curl -N -d consent=yes ${origin}/check`;

test('without script the start page is readable and says how to check from a terminal', async (t) => {
  const scriptless = await openBrowser(SCRIPTLESS);
  t.after(() => scriptless.close());
  const { context, page } = await visitor(scriptless, { locale: 'de-DE', origin: lab.origin });
  // Where no script runs, the browser's own accessibility tree tells what can be read.
  const readable = async (path) => {
    await page.goto(lab.origin + path);
    const session = await context.newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    return nodes.filter((node) => !node.ignored).map((node) => node.name?.value ?? '');
  };
  const start = await readable('/');
  assert.ok(start.includes('Welche Türen Ihres Anschlusses stehen offen?'), start.join('|'));
  assert.equal(start.filter((text) => text === COMMAND(lab.origin)).length > 0, true, start.join('|'));
  assert.ok((await readable('/en/limits')).includes('What this check cannot see'));
});

test('the server writes the verdict of a report, and the program draws it in the same place', async () => {
  const { context, page } = await visitor(browser, { locale: 'de-DE', origin: lab.origin });
  await page.goto(`${lab.origin}/de/`);
  await page.getByRole('button', { name: LANGUAGES.de.start, disabled: false }).click();
  const verdict = page.getByRole('heading', { name: LANGUAGES.de.verdict });
  await verdict.waitFor();
  const parts = ['#verdict', '.verdict__sign', '.verdict__meaning', '.verdict__checked'];
  const places = () => Promise.all(parts.map((part) => page.locator(part).first().boundingBox()));
  let written;
  await context.route('**/*.wasm', async (route) => {
    await verdict.waitFor();
    assert.equal(await page.getByRole('article').count(), 0);
    written = await places();
    await route.continue();
  });
  const answer = await page.reload();
  assert.equal(answer.headers()['cache-control'], 'no-store');
  await page.getByRole('article').first().waitFor();
  assert.deepEqual(await places(), written);
  await context.close();
});

test('the command that the page names works as it stands', async () => {
  const told = execFileSync('bash', ['-c', COMMAND(lab.origin)], { stdio: ['ignore', 'pipe', 'ignore'], env: { PATH: process.env.PATH } }).toString();
  assert.ok(told.includes('tcp/6379') && told.includes(LANGUAGES.de.verdict.split(':')[0]), told);
});

test('a foreign page that points its own name here learns nothing of its visitors', async () => {
  const names = await openBrowser(`--host-resolver-rules=MAP evil.example ${lab.server}, MAP ${NAME} ${lab.server}`);
  try {
    const { context, page } = await visitor(names, { locale: 'en-GB' });
    await page.goto('http://evil.example:8080/en/');
    await page.getByText('The server does not know the name in the address bar of your browser.').waitFor();
    assert.equal(await page.getByRole('button', { name: LANGUAGES.en.start }).count(), 0);
    assert.equal(await page.getByText('This will be checked').count(), 0);
    // What the foreign page could ask itself, as one origin with Klinke.
    const ask = (path, body) => page.evaluate(async ([path, body]) => {
      const response = await fetch(path, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
      return [response.status, await response.text()];
    }, [path, body]);
    const [status, told] = await ask('/check', 'consent=yes');
    assert.equal(status, 421, told);
    assert.ok(told.includes('other-name') && !told.includes('tcp/'), told);
    await page.goto(`http://${NAME}:8080/en/`);
    await page.getByRole('button', { name: LANGUAGES.en.start, disabled: false }).waitFor();
    await context.close();
  } finally {
    await names.close();
  }
});
