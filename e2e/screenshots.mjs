// Pictures of every page and every state that a visitor can meet, in both languages: on telephone, tablet and desk,
// light and dark, or as those see it who want it otherwise; and one sheet for each page and state that shows all of
// its pictures. They are to be looked at; axe looks at some of each.
import { mkdirSync, rmSync } from 'node:fs';
import { CHECKS } from './pictures/checks.mjs';
import { take, USUAL } from './pictures/looks.mjs';
import { READING } from './pictures/reading.mjs';
import { REPORTS } from './pictures/reports.mjs';
import { sheet } from './pictures/sheet.mjs';
import { SPECIAL } from './pictures/special.mjs';
import { START } from './pictures/start.mjs';

const FOLDER = process.argv[2];
const ONLY = process.argv[3] ?? '';
const LANGUAGES = { de: 'de-DE', en: 'en-GB' };

/** All pictures of a state in a language. What was set up for them is taken down in any case. */
async function picturesOf(state, reach, { place, looks = USUAL }, language) {
  const { lab, browser, origin } = await place.open();
  const context = await browser.newContext({ locale: LANGUAGES[language], viewport: looks[0].viewport, deviceScaleFactor: 1 });
  const page = await context.newPage();
  const undo = [];
  try {
    const open = (path) => page.goto(`${origin}/${language}/${path}`);
    await reach({ place, lab, context, page, language, open, after: (work) => undo.push(work) });
    return (await take(page, looks, FOLDER, `${state}-${language}`)).map((picture) => ({ ...picture, language }));
  } finally {
    for (const work of undo.reverse()) await work();
    await context.close();
  }
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
let count = 0;
const failed = [];
const faults = [];
// All places are offices at one end of the same cable, so one is open at a time.
let last;
for (const group of [...START, ...CHECKS, ...REPORTS, ...READING, ...SPECIAL]) {
  for (const [state, reach] of Object.entries(group.states).filter(([name]) => name.includes(ONLY))) {
    if (last !== group.place) await last?.close();
    last = group.place;
    const pictures = [];
    for (const language of Object.keys(LANGUAGES)) {
      try {
        pictures.push(...await picturesOf(state, reach, group, language));
      } catch (error) {
        failed.push(`${state} (${language}): ${error.message}`);
        await last.close();
      }
    }
    if (pictures.length > 0) await sheet((await last.open()).browser, FOLDER, state, pictures);
    count += pictures.length;
    faults.push(...pictures.flatMap((picture) => picture.faults.map((fault) => `${picture.file}: ${fault}`)));
  }
}
await last?.close();
console.log(`${count} pictures and a sheet for each page and state: ${FOLDER}`);
for (const [what, all] of [['Not reached', failed], ['Found by axe', faults]]) {
  if (all.length === 0) continue;
  console.error(`${what}:\n${all.join('\n')}`);
  process.exitCode = 1;
}
