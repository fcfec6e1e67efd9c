// What visitors do on their way to a page or state, the same in both languages.
import { wholeReport } from '../browser.mjs';
import { end, said } from '../program.mjs';

/** All that the start page finds out is found out. */
export const known = (page) => page.locator('.line:not(.line--unknown)').waitFor({ state: 'attached' });
export const press = (page) => page.locator('.consent .button:not([aria-disabled])').click();
/** Some doors have been seen. */
export const begun = (page) => page.locator('#progress:not([value="0"])').waitFor();
export const over = wholeReport;
/** Why no check begins. */
export const answered = (page) => page.locator('.consent__answer p:not(:empty)').waitFor();
/** A page with nothing but a message. */
export const told = (page) => page.locator('.message').waitFor();

export async function start({ page, open }) {
  await open('');
  await known(page);
}

/** A check that has begun, and ends when its pictures are taken. */
export async function running({ page, open, after }) {
  await open('');
  await press(page);
  await begun(page);
  after(() => forget(page));
}

/** A check from the button to its report. */
export async function check({ page, open }) {
  await open('');
  await press(page);
  await over(page);
}

/** A report of the office as it usually is. */
export async function report(at) {
  const { page, place, language } = at;
  if (place.reports[language]) {
    await page.goto(place.reports[language]);
    await over(page);
  } else {
    await check(at);
    place.reports[language] = page.url();
  }
}

/** Ends the page's own check, as its server allows it; a server that has ended needs no asking. */
export const forget = (page) => page.evaluate(async (id) => {
  await fetch(`/api/checks/${id}`, { method: 'DELETE' }).catch(() => {});
}, page.url().split('/').at(-1));

/** Somebody checks from a terminal, from this address of the office. Nothing is heard before the check is admitted. */
export async function somebody({ lab }, address) {
  const server = address.includes(':') ? lab.origin6 : lab.origin;
  const terminal = lab.start('curl', ['-sN', '--interface', address, '-d', 'consent=yes', `${server}/check`]);
  await said(terminal, /\S/);
  return terminal;
}

/** Ends the server; the next to come finds a new one. */
export const endServer = ({ lab }) => end(lab.klinke);
