// Whose line is it? Both addresses in one run, the way of UDP beside that of HTTP, proxies that the operator
// trusts and others, and what the page and the report say of it. A real Chromium, nginx and tinyproxy.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { browserWithNames, openBrowser, visitor, wholeReport } from './browser.mjs';
import { NAME, NAME4, NAME6, OFFICE, OFFICE6, SERVER, SERVER6, listening, openLab, openProxy } from './lab.mjs';
import { answerNames, firewall, otherAddress } from './office.mjs';
import { sameTree } from './tree.mjs';

const BUTTON = 'Agree and check now';
const UNSURE = "We do not know whether this connection is your office's.";
const LIKELY = "This connection may well be your office's.";
const SURE = "This connection is very probably your office's.";
const DOUBTFUL = "Perhaps this connection is not your office's.";

/** A lab whose server has a name for each family, and a browser that knows the names. */
async function open(t, { settings = [], inside = false } = {}) {
  const hosts = [`hosts.ipv4=${NAME4}:8080`, `hosts.ipv6=${NAME6}:8080`];
  const lab = await openLab({ inside, settings: [...hosts, ...settings].flatMap((setting) => ['--set', setting]) });
  t.after(() => lab.stop());
  const names = [[NAME, lab.server], [NAME4, lab.server], [NAME6, lab.server6]];
  // From inside nothing is reached by IPv6 but this machine, and then the browser asks no DNS for it.
  if (inside) {
    const rules = names.map(([name, address]) => `MAP ${name} ${address.includes(':') ? `[${address}]` : address}`).join(', ');
    const browser = await openBrowser(`--host-resolver-rules=${rules}`);
    t.after(() => browser.close());
    return { lab, browser, origin: `http://${NAME}:8080` };
  }
  await answerNames(lab, names);
  const browser = await browserWithNames(lab.folder);
  t.after(() => browser.close());
  return { lab, browser, origin: `http://${NAME}:8080` };
}

/** A lab with a real HTTP proxy in the office, and a browser that uses it. */
async function openBehindProxy(t, ...lines) {
  const lab = await openLab();
  t.after(() => lab.stop());
  const file = join(lab.folder, 'tinyproxy.conf');
  writeFileSync(file, ['Port 8888', 'Listen 127.0.0.1', 'Timeout 60', 'MaxClients 100', ...lines, ''].join('\n'));
  lab.start('/usr/bin/tinyproxy', ['-d', '-c', file]);
  await listening(8888);
  const browser = await openBrowser('--proxy-server=http://127.0.0.1:8888');
  t.after(() => browser.close());
  return { browser, origin: lab.origin };
}

/** So long the page waits for the way of UDP, and for the other address. */
const PATIENCE_MS = [2_000, 2_500];

/** Runs in a page: it waits five times as long for these, as a machine that has a lot to do may need it. */
function patient(patience) {
  const later = window.setTimeout;
  window.setTimeout = (work, ms, ...rest) => later(work, patience.includes(ms) ? 5 * ms : ms, ...rest);
}

/** A page on which everything is known; `complaints` are about anything but the server's own two names. */
async function look(browser, origin, options = {}) {
  const someone = await visitor(browser, { locale: 'en-GB', ...options });
  someone.asked = [];
  someone.page.on('request', (request) => someone.asked.push(new URL(request.url()).host));
  await someone.page.addInitScript(patient, PATIENCE_MS);
  await someone.page.goto(`${origin}/${options.language ?? 'en'}/`);
  await someone.page.locator('.address__value:not(.address__value--unknown)').first().waitFor();
  return someone;
}

const settled = (page) => page.locator('.line:not(.line--unknown)').waitFor({ state: 'attached' });

async function checked(page) {
  await page.getByRole('button', { name: BUTTON, disabled: false }).click();
  await page.waitForURL(/\/en\/check\//);
  await wholeReport(page);
  const id = page.url().split('/').at(-1);
  return page.evaluate(async (path) => (await fetch(path)).json(), `/api/checks/${id}`);
}

test('over 127.0.0.1 and ::1, one run checks both addresses', async (t) => {
  const { browser, origin } = await open(t, { inside: true });
  const { page, complaints, asked } = await look(browser, origin);
  await page.getByText('::1', { exact: true }).waitFor();
  await page.getByText('Klinke checks the addresses 127.0.0.1 and ::1.').waitFor();
  const report = await checked(page);
  assert.deepEqual(report.addresses.map((seen) => seen.address), ['127.0.0.1', '::1']);
  for (const { observations } of report.addresses) {
    assert.ok(observations.notable.some(({ port }) => port === 6379), 'Redis is found at each');
  }
  assert.equal(report.line.gap, undefined);
  // Over loopback a browser gathers nothing, and nobody is asked.
  assert.equal(report.line.udp, 'unknown');
  assert.deepEqual([...new Set(asked)].sort(), [`${NAME}:8080`, `${NAME6}:8080`].sort());
  assert.deepEqual(complaints, []);
});

test('opened over IPv6, the page asks for the IPv4 address', async (t) => {
  const { browser } = await open(t, { inside: true });
  const { page } = await look(browser, 'http://[::1]:8080');
  const report = await checked(page);
  assert.deepEqual(report.addresses.map((seen) => seen.address), ['::1', '127.0.0.1']);
});

test('in the office, UDP comes by the same way, and the visitor’s answer makes it sure', async (t) => {
  const { browser, origin } = await open(t);
  const { context, page, complaints } = await look(browser, origin);
  await page.getByText(OFFICE6, { exact: true }).waitFor();
  await settled(page);
  await page.getByText(LIKELY).waitFor();
  await page.getByRole('radio', { name: 'Yes' }).check();
  await page.getByText(SURE).waitFor();
  await sameTree(page, 'en-line');
  const report = await checked(page);
  assert.deepEqual(report.addresses.map((seen) => seen.address), [OFFICE, OFFICE6]);
  assert.deepEqual([report.line.udp, report.line.office], ['same', 'yes']);
  assert.equal(await page.getByText(UNSURE).count(), 0);
  assert.deepEqual(complaints, []);
  await context.close();
  const german = await look(browser, origin, { locale: 'de-DE', language: 'de' });
  await settled(german.page);
  await german.page.getByRole('radio', { name: 'Ja' }).check();
  await sameTree(german.page, 'de-line');
});

test('where UDP comes from another address, the page doubts and the verdict is modest', async (t) => {
  execFileSync('ip', ['address', 'add', '1.2.3.7/32', 'dev', 'lo']);
  t.after(() => execFileSync('ip', ['address', 'del', '1.2.3.7/32', 'dev', 'lo']));
  t.after(firewall('chain leave { type nat hook postrouting priority 100; udp dport 3478 ip saddr 1.2.3.4 snat ip to 1.2.3.7\n}'));
  const { browser, origin } = await open(t);
  const { page } = await look(browser, origin);
  await settled(page);
  await page.getByText(DOUBTFUL).waitFor();
  await page.getByText('What we know').click();
  await page.getByText('On a second path (UDP), we see another address.').waitFor();
  const report = await checked(page);
  assert.equal(report.line.udp, 'different');
  assert.equal(await page.getByText(DOUBTFUL).count(), 1);
});

test('where UDP is blocked, nobody knows, and a check need not wait for it', async (t) => {
  t.after(firewall('chain leave { type filter hook output priority 0; udp dport 3478 drop\n}'));
  const { browser, origin } = await open(t);
  const { page } = await look(browser, origin);
  await page.getByRole('button', { name: BUTTON, disabled: false }).waitFor();
  await settled(page);
  await page.getByText(UNSURE).waitFor();
  const report = await checked(page);
  assert.equal(report.line.udp, 'unknown');
});

for (const [what, rule, gap, words] of [
  ['refuses to connect', 'reject with tcp reset', 'unreachable', 'A second address (IPv6) is not tested: your browser cannot reach us with it.'],
  ['swallows everything', 'drop', 'timed-out', 'A second address (IPv6) is not tested: no answer came in time.'],
]) {
  test(`a line that ${what} over IPv6 is checked over IPv4, and the gap is said`, async (t) => {
    const { lab, browser, origin } = await open(t);
    firewall(`chain into { type filter hook input priority 0; ip6 daddr ${SERVER6} tcp dport 8080 ${rule}\n}`, lab.klinke);
    const { page } = await look(browser, origin);
    await page.getByText(words).waitFor();
    const report = await checked(page);
    assert.deepEqual(report.addresses.map((seen) => seen.address), [OFFICE]);
    assert.equal(report.line.gap, gap);
    await page.getByText(words).waitFor();
  });
}

test('an address of a VPN service is not checked, and the page says what to do', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'klinke-lists-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const vpn = join(folder, 'vpn.txt');
  writeFileSync(vpn, `# one network per line\n${OFFICE}/32\n`);
  const { browser, origin } = await open(t, { settings: [`line.lists=vpn=${vpn}`] });
  const { page } = await look(browser, origin);
  await page.locator('.consent__answer').getByText('This address belongs to a service that hides your own').waitFor();
  assert.equal(await page.getByRole('button', { name: BUTTON }).count(), 0);
});

test('the provider is named in the question and in what the visitor agrees to', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'klinke-lists-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'providers.tsv');
  writeFileSync(file, '1.2.3.0\t1.2.3.255\t64500\tDE\tMuster Netz\n');
  const { browser, origin } = await open(t, { settings: [`line.providers=${file}`] });
  const { page } = await look(browser, origin);
  await page.getByText("Are you in your office, and is Muster Netz its internet provider?").waitFor();
  await page.getByText(`Klinke checks the addresses ${OFFICE} and ${OFFICE6} (Muster Netz).`).waitFor();
  await page.getByRole('radio', { name: 'No', exact: true }).check();
  await page.getByText(DOUBTFUL).waitFor();
  const report = await checked(page);
  assert.deepEqual([report.line.provider, report.line.office], ['Muster Netz', 'no']);
});

test('the whole journey works through nginx as the operator’s own proxy', async (t) => {
  const { lab, browser } = await open(t, { settings: [`proxies.trusted=${SERVER}`] });
  await openProxy(lab);
  const { page, complaints } = await look(browser, `http://${NAME}`);
  await page.getByText(OFFICE, { exact: true }).waitFor();
  await page.getByText(OFFICE6, { exact: true }).waitFor();
  const report = await checked(page);
  assert.deepEqual(report.addresses.map((seen) => seen.address), [OFFICE, OFFICE6]);
  assert.deepEqual(complaints, []);
});

test('through a proxy that says what it is, nobody is checked', async (t) => {
  const { browser, origin } = await openBehindProxy(t);
  const { page } = await look(browser, origin);
  await page.getByText('The server sees this address').waitFor();
  await page.locator('.consent__answer').getByText(/proxy/i).waitFor();
  assert.equal(await page.getByRole('button', { name: BUTTON }).count(), 0);
});

test('a proxy that says nothing is given away by UDP', async (t) => {
  execFileSync('ip', ['address', 'add', '1.2.3.8/32', 'dev', 'lo']);
  t.after(() => execFileSync('ip', ['address', 'del', '1.2.3.8/32', 'dev', 'lo']));
  const { browser, origin } = await openBehindProxy(t, 'DisableViaHeader Yes', 'Bind 1.2.3.8');
  const { page } = await look(browser, origin);
  await page.getByText('1.2.3.8', { exact: true }).waitFor();
  await settled(page);
  await page.getByText(DOUBTFUL).waitFor();
});

test('a line that gets another address in mid-check ends the check, and the page says so', async (t) => {
  const { browser, origin } = await open(t, { settings: ['probes.per_second=60'] });
  const { page } = await look(browser, origin);
  await page.getByRole('button', { name: BUTTON, disabled: false }).click();
  await page.getByText(/of \d+ doors checked/).first().waitFor();
  otherAddress('1.2.3.9');
  await page.getByRole('heading', { name: 'Your connection has changed' }).waitFor();
  await page.getByRole('link', { name: 'New check' }).click();
  await page.getByText('1.2.3.9', { exact: true }).waitFor();
});

test('who comes while all places are taken sees the place in the queue, and then the turn comes', async (t) => {
  const { lab, browser, origin } = await open(t, { settings: ['probes.per_second=60', 'checks.running=1', 'hosts.ipv4=', 'hosts.ipv6='] });
  const [{ page }, { page: second }] = [await look(browser, origin), await look(browser, lab.origin6)];
  const press = (one) => one.getByRole('button', { name: BUTTON, disabled: false }).click();
  const runs = (one) => one.getByText(/of \d+ doors checked/).first().waitFor();
  await second.getByRole('button', { name: BUTTON, disabled: false }).waitFor();
  await press(page);
  await runs(page);
  await press(second);
  await second.getByText('You are next. Please keep this window open.').first().waitFor();
  await Promise.all([wholeReport(page), runs(second)]);
  await wholeReport(second);
});
