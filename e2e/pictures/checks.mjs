// A check while it runs, and all that may end it.
import { openRelay, SERVER } from '../lab.mjs';
import { otherAddress } from '../office.mjs';
import { Place } from './place.mjs';
import { SLOW, office } from './start.mjs';
import { begun, check, endServer, forget, press, running, start, told } from './steps.mjs';

export const slow = new Place({ settings: () => [SLOW] });
const slowBoth = new Place({ names: true, settings: () => [SLOW] });

export const CHECKS = [
  { place: slow, states: {
    async 'check-opening'(at) {
      await at.page.route('**/events*', () => {});
      await start(at);
      await press(at.page);
      await at.page.locator('#progress').waitFor();
      at.after(() => forget(at.page));
    },
    running,
    async 'running-door'(at) { await running(at); await at.page.locator('.open-door').first().waitFor(); },
    async 'running-lost'({ page, language, after }) {
      const relay = await openRelay(19090, { port: 8080, host: SERVER });
      after(() => relay.close());
      await page.goto(`${relay.origin}/${language}/`);
      await press(page);
      await begun(page);
      relay.cut();
      await page.locator('.check__lost p:not([hidden])').waitFor();
      after(async () => { relay.mend(); await forget(page); });
    },
    async 'given-up'(at) { await running(at); await at.page.locator('.progress__stop button').click(); await told(at.page); },
    async changed(at) {
      await running(at);
      otherAddress('1.2.3.9');
      at.after(() => endServer(at.place));
      await told(at.page);
    },
    async stopped(at) { await running(at); await endServer(at.place); await told(at.page); },
  } },
  { place: slowBoth, states: { 'running-both': running } },
];
