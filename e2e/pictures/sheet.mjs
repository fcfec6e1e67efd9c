// One picture of all pictures of a page or state, with a row for each language.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SCALE = 0.42;
/** Of a long page, what comes first is shown. */
const HIGHEST = 1400;

/** `pictures` are files in the folder, each with its width and the language in which it is. */
export async function sheet(browser, folder, state, pictures) {
  const context = await browser.newContext({ viewport: { width: 2400, height: 1200 } });
  const page = await context.newPage();
  const image = ({ file, width }) => {
    const data = readFileSync(join(folder, file)).toString('base64');
    const size = `width:${Math.round(width * SCALE)}px;max-height:${HIGHEST}px;object-fit:cover;object-position:top`;
    return `<img style="${size};margin:6px;vertical-align:top" src="data:image/png;base64,${data}">`;
  };
  const languages = [...new Set(pictures.map(({ language }) => language))];
  const rows = languages.map((language) => `<div>${pictures.filter((picture) => picture.language === language).map(image).join('')}</div>`);
  const file = join(folder, 'sheet.html');
  writeFileSync(file, `<body style="background:#777;margin:0">${rows.join('')}`);
  await page.goto(`file://${file}`);
  await page.screenshot({ path: join(folder, `sheet-${state}.png`), fullPage: true });
  rmSync(file);
  await context.close();
}
