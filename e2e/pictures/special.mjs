// Who sees the page in another way: without scripts, with an old browser, in their own colours, on paper.
import { hurry, readFor, SCRIPTLESS, UNFIT, unfold } from '../browser.mjs';
import { CONTRAST, FORCED, PAPER, UNEXAMINED } from './looks.mjs';
import { Place } from './place.mjs';
import { slow } from './checks.mjs';
import { home, office, own } from './start.mjs';
import { check, report, running, start } from './steps.mjs';

const CHECK = { de: 'pruefung', en: 'check' };
const opened = (path) => async ({ page, open, language }) => {
  await open(path === 'check' ? `${CHECK[language]}/${'f'.repeat(32)}` : path);
  await page.locator('.unscripted .notice :is(h1, h2)').filter({ visible: true }).waitFor();
};
const unfolded = async (at) => { await start(at); await unfold(at.page); };
const forBoss = async (at) => { await report(at); await readFor(at.page, 'boss'); };
const forIt = async (at) => { await report(at); await readFor(at.page, 'it'); };

export const SPECIAL = [
  { place: new Place({ flags: [SCRIPTLESS] }), looks: UNEXAMINED, states: { 'scriptless-start': opened(''), 'scriptless-check': opened('check') } },
  { place: new Place({ flags: [UNFIT] }), states: { 'unfit-start': opened(''), 'unfit-check': opened('check') } },
  { place: office, states: {
    async 'start-late'(at) {
      await at.page.route('**/*.wasm', () => {});
      await at.open('');
      await hurry(at.page);
      await at.page.locator('.unscripted__late h2').filter({ visible: true }).waitFor();
    },
  } },
  { place: office, looks: FORCED, states: { 'forced-start': unfolded, 'forced-report': report, 'forced-report-it': forIt } },
  { place: slow, looks: FORCED, states: { 'forced-running': running } },
  { place: own, looks: FORCED, states: { 'forced-own-start': start } },
  { place: office, looks: CONTRAST, states: { 'contrast-start': unfolded, 'contrast-report': report } },
  { place: slow, looks: CONTRAST, states: { 'contrast-running': running } },
  { place: office, looks: PAPER, states: { 'paper-start': start, 'paper-report': report, 'paper-report-boss': forBoss, 'paper-report-it': forIt } },
  { place: home, looks: PAPER, states: { 'paper-report-inside': check } },
  { place: own, looks: PAPER, states: { 'paper-own-report': report } },
];
