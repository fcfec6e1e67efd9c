// In which sizes and colours a page is looked at, and how its pictures are taken.
import { join } from 'node:path';
import { found } from '../axe.mjs';

const PHONE = { width: 390, height: 844 };
const TABLET = { width: 820, height: 1180 };
const DESK = { width: 1440, height: 900 };
/** What is left of A4 between the margins that the styles want, in pixels of a browser. */
const SHEET = { width: 688, height: 1017 };

/** Where it is `examined`, axe looks at the page, too. */
const look = (name, viewport, media, examined = false) => ({ name, viewport, media, examined });

/** What most people have: telephone, tablet and desk, light and dark. */
export const USUAL = ['light', 'dark'].flatMap((colorScheme) => [
  look(`phone-${colorScheme}`, PHONE, { colorScheme }, colorScheme === 'light'),
  look(`tablet-${colorScheme}`, TABLET, { colorScheme }),
  look(`desk-${colorScheme}`, DESK, { colorScheme }, colorScheme === 'dark'),
]);
/** The same where no script runs, not even axe. */
export const UNEXAMINED = USUAL.map((usual) => ({ ...usual, examined: false }));
/** Their own few colours, and more contrast. */
export const FORCED = [look('phone-forced', PHONE, { forcedColors: 'active' }), look('desk-forced', DESK, { forcedColors: 'active' })];
export const CONTRAST = ['light', 'dark'].flatMap((colorScheme) => [
  look(`phone-contrast-${colorScheme}`, PHONE, { colorScheme, contrast: 'more' }),
  look(`desk-contrast-${colorScheme}`, DESK, { colorScheme, contrast: 'more' }, true),
]);
export const PAPER = [look('paper', SHEET, { media: 'print' })];

const PLAIN = { colorScheme: 'light', forcedColors: 'none', contrast: 'no-preference', media: 'screen' };

/** The page as it is now in each of the looks, as files whose names begin so, and what axe has to say against some of them. */
export async function take(page, looks, folder, name) {
  const taken = [];
  // What was pressed last is not to look as if the mouse were still there.
  await page.mouse.move(0, 0);
  // A picture has more than a screen: what a visitor sees when it comes near is to be seen, too.
  await page.evaluate(() => {
    const near = new CSSStyleSheet();
    near.replaceSync('* { content-visibility: visible !important; }');
    document.adoptedStyleSheets = [near];
  });
  for (const { name: how, viewport, media, examined } of looks) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ ...PLAIN, ...media });
    const file = `${name}-${how}.png`;
    await page.screenshot({ path: join(folder, file), fullPage: true, animations: 'disabled' });
    const faults = examined ? await found(page) : [];
    taken.push({ file, width: viewport.width, faults });
  }
  return taken;
}
