// The start page in all that it knows, and all that it may have to say before a check begins.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unfold } from '../browser.mjs';
import { OFFICE, OFFICE6, SERVER, SERVER6 } from '../lab.mjs';
import { firewall, moreAddress, otherAddress } from '../office.mjs';
import { end } from '../program.mjs';
import { ownLook } from '../operator.mjs';
import { Place } from './place.mjs';
import { answered, check, endServer, known, press, report, running, somebody, start } from './steps.mjs';

/** So slow that a check is still running when all its pictures are taken. */
export const SLOW = 'probes.per_second=10';
/** Somebody else of the office's network, and somebody of no network that is known. */
const NEIGHBOUR = '1.2.3.9';
const STRANGER = '1.2.9.9';
/** A second way of UDP out of the office. */
const DETOUR = 'chain leave { type nat hook postrouting priority 100; udp dport 3478 ip saddr 1.2.3.4 snat ip to 1.2.3.7\n}';
const OWN_SENTENCES = {
  de: 'Fragen? Wir sind werktags von 8 bis 17 Uhr für Sie da und helfen gern.',
  en: 'Questions? We are here on weekdays from 8 to 17 and happy to help.',
};

const provider = (folder) => {
  const file = join(folder, 'providers.tsv');
  writeFileSync(file, '1.2.3.0\t1.2.3.255\t64500\tDE\tMuster Netz\n');
  return [`line.providers=${file}`];
};
const borrowed = (folder) => {
  const file = join(folder, 'vpn.txt');
  writeFileSync(file, `${OFFICE}/32\n`);
  return [`line.lists=vpn=${file}`, `checks.left_alone=${OFFICE6}`];
};
const asksAndHears = async (at) => { await start(at); await press(at.page); await answered(at.page); };
/** The page lives, and the server has not told the address yet; gives back how the question goes on its way. */
async function waitingForAddress({ page, open }) {
  const asked = new Promise((done) => { page.route('**/api/visitor', done); });
  await open('');
  const question = await asked;
  return () => question.continue();
}
/** The server's name for IPv6 leads nowhere. */
const withoutIpv6 = (rule) => ({ lab, after }) => {
  after(firewall(`chain into { type filter hook input priority 0; ip6 daddr ${SERVER6} tcp dport 8080 ${rule}\n}`, lab.klinke));
};
const withoutSecond = withoutIpv6('reject with tcp reset');
const doubtful = ({ after }) => {
  moreAddress('1.2.3.7');
  after(firewall(DETOUR));
};

export const office = new Place({ settings: () => ['probes.per_second=300', 'checks.cool_down_seconds=0'] });
export const own = new Place({ settings: (folder) => ownLook(folder, OWN_SENTENCES) });
export const home = new Place({ inside: true });
export const named = new Place({ names: true, settings: provider });

export const START = [
  { place: office, states: {
    start,
    'start-loading': waitingForAddress,
    async 'start-failed'(at) {
      const send = await waitingForAddress(at);
      await endServer(at.place);
      await send();
      await at.page.locator('.address .button:not([hidden])').waitFor();
    },
    async line(at) {
      await start(at);
      await at.page.locator('input[name=office]').first().check();
      await unfold(at.page);
    },
    async 'line-no'(at) { await start(at); await at.page.locator('input[value=no]').check(); },
    async 'start-doubt'(at) { doubtful(at); at.after(() => endServer(at.place)); await start(at); await unfold(at.page); },
    async refused({ page, context, open }) {
      await context.setExtraHTTPHeaders({ Via: '1.1 proxy' });
      await open('');
      await answered(page);
    },
    async asking(at) {
      await at.page.route('**/api/checks', () => {});
      await start(at);
      await press(at.page);
      await at.page.locator('.consent .button[aria-disabled=true]').waitFor();
    },
    async unreachable(at) {
      await start(at);
      await endServer(at.place);
      await press(at.page);
      await answered(at.page);
    },
    async 'start-changed'(at) {
      await start(at);
      otherAddress(NEIGHBOUR);
      at.after(() => endServer(at.place));
      await press(at.page);
      await answered(at.page);
      await known(at.page);
    },
  } },
  { place: new Place({ settings: () => ['checks.cool_down_seconds=300'] }), states: {
    async 'too-soon'(at) {
      const { place, after } = at;
      const terminal = await somebody(place, OFFICE);
      after(() => end(terminal));
      if (terminal.exitCode === null) await once(terminal, 'exit');
      await asksAndHears(at);
    },
  } },
  { place: new Place({ settings: () => [SLOW] }), states: {
    async 'runs-already'(at) {
      await somebody(at.place, OFFICE);
      at.after(() => endServer(at.place));
      await asksAndHears(at);
    },
  } },
  { place: new Place({ settings: () => [SLOW, 'checks.running=1', 'checks.waiting=0'] }), states: {
    async full(at) {
      await somebody(at.place, OFFICE6);
      at.after(() => endServer(at.place));
      await asksAndHears(at);
    },
  } },
  { place: new Place({ settings: () => [SLOW, 'checks.per_network=1'] }), states: {
    async 'neighbours-busy'(at) {
      moreAddress(NEIGHBOUR);
      at.after(() => endServer(at.place));
      await somebody(at.place, NEIGHBOUR);
      await asksAndHears(at);
    },
  } },
  { place: new Place({ settings: () => [SLOW, 'checks.running=1'] }), states: {
    async queue(at) {
      moreAddress(STRANGER);
      at.after(() => endServer(at.place));
      await somebody(at.place, OFFICE6);
      await somebody(at.place, STRANGER);
      await start(at);
      await press(at.page);
      await at.page.waitForURL(/\/[0-9a-f]{32}$/);
      await at.page.locator('.progress__keep:empty').waitFor({ state: 'attached' });
    },
  } },
  { place: new Place({ settings: borrowed }), states: {
    async 'refused-vpn'({ page, open }) { await open(''); await answered(page); },
    async 'refused-left-alone'({ page, lab, language }) { await page.goto(`${lab.origin6}/${language}/`); await answered(page); },
  } },
  { place: new Place({ flags: [`--host-resolver-rules=MAP foreign.example ${SERVER}`] }), states: {
    async 'refused-name'({ page, language }) { await page.goto(`http://foreign.example:8080/${language}/`); await answered(page); },
  } },
  { place: named, states: {
    'start-both': start,
    async 'start-ipv4-only'(at) { withoutSecond(at); await start(at); },
    async 'start-ipv4-too-late'(at) { withoutIpv6('drop')(at); await start(at); },
    'report-both': check,
    async 'report-ipv4-only'(at) { withoutSecond(at); await check(at); },
  } },
  { place: home, states: {
    async 'start-inside'({ page, open }) { await open(''); await page.locator('.address__scope:not(:empty)').waitFor(); },
    'report-inside': check,
  } },
  { place: own, states: {
    'own-start': start,
    'own-report': report,
  } },
];
