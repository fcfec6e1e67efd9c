// A report in every colour and in all that its reader can do with it.
import { readFor, unfold } from '../browser.mjs';
import { OFFICE, SERVER, TRUTH } from '../lab.mjs';
import { firewall, FLOOD_PROTECTION, openDoor, routing } from '../office.mjs';
import { Place } from './place.mjs';
import { check, endServer, over, press, report, start, told } from './steps.mjs';
import { office } from './start.mjs';

const into = (rule) => `chain into { type filter hook input priority 0; ${rule}\n}`;
const shutting = (...ports) => into(`tcp dport { ${ports.join(', ')} } reject with tcp reset`);
const SHUT = shutting(...Object.keys(TRUTH));
const SILENT = into(`ip saddr ${SERVER} tcp flags syn / fin,syn,rst,ack drop\n ip saddr ${SERVER} udp sport != 3478 drop`);
const ALL_ANSWER = `chain before { type nat hook prerouting priority -100; ip saddr ${SERVER} tcp dport 1-65535 redirect to :80\n}`;
const VNC = { port: 5900, greeting: 'RFB 003.008\n' };
/** More than a usual report has. */
const MANY = [21, 23, 25, 110, 143, 445, 993, 1433, 3306, 3389, 5432, 5900, 9100];
const FTP = { port: 21, greeting: '220 ready\r\n' };

/** A check of the office behind a firewall. */
const behind = (rules) => async (at) => { at.after(firewall(rules)); await check(at); };
/** A check of an office with one open door more. */
const withDoor = ({ port, greeting }, rules) => async (at) => {
  const shut = await openDoor(port, greeting);
  if (rules) at.after(firewall(rules));
  await check(at);
  return shut;
};
const keptOpen = (door, rules) => async (at) => { at.after(await withDoor(door, rules)(at)); };
const cardOf = (page, port) => page.locator(`article[aria-labelledby="door-tcp-${port}"]`);
const askAgain = (page, port) => cardOf(page, port).locator('.again .button').click();
const answeredAgain = (page, port) => cardOf(page, port).locator('.again .button:not([aria-disabled])').waitFor();
const choose = (page, content) => page.locator('#earlier').setInputFiles({ name: 'klinke.json', mimeType: 'application/json', buffer: Buffer.from(content) });

async function shutSince(at) {
  const shut = await withDoor(VNC)(at);
  await shut();
}

export const REPORTS = [
  { place: office, states: {
    report,
    async 'report-boss'(at) { await report(at); await readFor(at.page, 'boss'); },
    async 'report-it'(at) { await report(at); await readFor(at.page, 'it'); },
    async 'report-to-share'(at) {
      // Telephones have this.
      await at.page.addInitScript(() => { navigator.share ??= () => Promise.resolve(); });
      await report(at);
      await at.page.locator('.passing-on__files li[hidden]').waitFor({ state: 'detached' });
    },
    async 'again-runs'(at) {
      await at.page.route('**/recheck', () => {});
      await report(at);
      await askAgain(at.page, 6379);
      await cardOf(at.page, 6379).locator('.again .button[aria-disabled=true]').waitFor();
    },
    async 'again-open'(at) { await report(at); await askAgain(at.page, 6379); await answeredAgain(at.page, 6379); },
    async 'again-shut'(at) { await shutSince(at); await askAgain(at.page, VNC.port); await cardOf(at.page, VNC.port).locator('.again.green').waitFor(); },
    async 'again-unreachable'(at) { await report(at); await endServer(at.place); await askAgain(at.page, 6379); await answeredAgain(at.page, 6379); },
    async compared(at) {
      await shutSince(at);
      const file = await at.page.evaluate(async () => (await fetch(document.querySelector('a[href*="format=json"]').href)).text());
      await report(at);
      await choose(at.page, file);
      await at.page.locator('.compare__doors').waitFor();
    },
    async 'compared-no-report'(at) { await report(at); await choose(at.page, '{}'); await at.page.locator('.compare__unreadable:not(:empty)').waitFor(); },
    async forgetting(at) {
      await check(at);
      await at.page.route('**/api/checks/*', () => {});
      await at.page.locator('.passing-on__end button').click();
      await at.page.locator('.passing-on__end button[aria-disabled=true]').waitFor();
    },
    async forgotten(at) { await check(at); await at.page.locator('.passing-on__end button').click(); await told(at.page); },
    'report-red-high': keptOpen(VNC, shutting(6379)),
    'report-yellow': keptOpen(FTP, shutting(22, 80, 443, 6379)),
    async 'report-very-many'(at) {
      for (const port of MANY) at.after(await openDoor(port, '220 ready\r\n'));
      await check(at);
    },
    'report-green-ordinary': behind(shutting(22, 6379)),
    'report-green-closed': behind(SHUT),
    'report-green-silent': behind(SILENT),
    async 'report-grey-all-answer'(at) {
      at.after(firewall(ALL_ANSWER));
      // Everything that answers is talked to, so few doors take long enough.
      await checkAs('quick', at);
      await over(at.page);
    },
    async 'report-grey-other-line'(at) {
      at.after(firewall(SHUT));
      await start(at);
      await at.page.locator('input[value=no]').check();
      await press(at.page);
      await over(at.page);
    },
    async 'report-grey-nothing'(at) {
      const { klinke } = at.lab;
      // The server may answer its visitors, and may not ask them anything.
      for (const port of [8080, 3478]) for (const kind of ['tcp', 'udp']) routing(klinke, 'rule', 'add', 'priority', '10', 'ipproto', kind, 'sport', `${port}`, 'lookup', 'main');
      routing(klinke, 'rule', 'add', 'priority', '20', 'to', OFFICE, 'prohibit');
      at.after(() => endServer(at.place));
      await check(at);
    },
  } },
  { place: new Place({ settings: () => ['probes.per_second=60', 'probes.time_limit_seconds=3', 'checks.cool_down_seconds=0'] }), states: {
    'report-grey-incomplete': behind(SHUT),
  } },
  { place: new Place({ settings: () => ['probes.time_limit_seconds=12', 'checks.cool_down_seconds=0'] }), states: {
    async 'running-slowed'(at) {
      await slowed(at);
      await at.page.locator('.progress__slowed:not(:empty)').waitFor();
      at.after(() => endServer(at.place));
    },
    async 'report-slowed'(at) { await slowed(at); await over(at.page); },
  } },
];

/** A thorough check, which takes long enough to be slowed down. */
async function slowed(at) {
  at.after(firewall(FLOOD_PROTECTION));
  await checkAs('thorough', at);
}

/** A check as thorough as that, until it has begun. */
async function checkAs(profile, at) {
  await start(at);
  await unfold(at.page);
  await at.page.locator(`input[value=${profile}]`).check();
  await press(at.page);
}
