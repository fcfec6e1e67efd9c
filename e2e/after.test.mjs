// After the fix: the house leads to a door's card, the door is shut and asked again, an earlier report shows what
// became of it, and a usual report takes two sheets of paper at most.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openBrowser, readFor, visitor, wholeReport } from './browser.mjs';
import { OFFICE, openLab } from './lab.mjs';
import { openDoor } from './office.mjs';

const LANGUAGES = {
  de: {
    locale: 'de-DE', start: 'Zustimmen und jetzt prüfen', again: 'Diese Tür noch einmal prüfen',
    still: 'Vorher: offen. Jetzt: offen.', shut: 'Vorher: offen. Jetzt: geschlossen.', door: 'Bildschirm aus der Ferne (VNC)',
    gone: '1 Tür ist nicht mehr offen:', kept: '4 Türen sind weiter offen:', none: 'Diese Datei ist kein Bericht von Klinke.',
  },
  en: {
    locale: 'en-GB', start: 'Agree and check now', again: 'Check this door again',
    still: 'Before: open. Now: open.', shut: 'Before: open. Now: closed.', door: 'Screen from afar (VNC)',
    gone: '1 door is not open any more:', kept: '4 doors are still open:', none: 'This file is not a report of Klinke.',
  },
};
const VNC = 5900;
const GREETING = 'RFB 003.008\n';

let lab;
let browser;
before(async () => {
  lab = await openLab();
  browser = await openBrowser();
});
after(async () => { await browser?.close(); await lab?.stop(); });

async function checked(language) {
  const words = LANGUAGES[language];
  const { context, page, complaints } = await visitor(browser, { ...words, origin: lab.origin });
  await page.goto(`${lab.origin}/${language}/`);
  await page.getByRole('button', { name: words.start, disabled: false }).click();
  await wholeReport(page);
  return { words, context, page, complaints };
}

for (const language of Object.keys(LANGUAGES)) {
  test(`a door is shut and asked again, and an earlier report tells of it (${language})`, async () => {
    const shut = await openDoor(VNC, GREETING);
    const { words, context, page, complaints } = await checked(language);

    const link = page.locator('.house').getByRole('link', { name: words.door });
    await link.click();
    const card = page.locator(`article[aria-labelledby="door-tcp-${VNC}"]`);
    assert.equal(new URL(page.url()).hash, `#door-tcp-${VNC}`);
    await card.getByRole('heading', { name: words.door }).waitFor();
    const top = await card.evaluate((one) => one.getBoundingClientRect().top);
    assert.ok(top > -200 && top < 400, `the card is in sight: ${top}`);

    const again = card.getByRole('button', { name: words.again });
    const said = card.getByRole('status');
    await again.click();
    await said.getByText(words.still).waitFor();
    assert.equal(await page.locator('.house a').count(), 5);

    const file = join(lab.folder, `earlier-${language}.json`);
    writeFileSync(file, JSON.stringify(await page.evaluate(async () => {
      const answer = await fetch(document.querySelector('a[href*="format=json"]').href);
      return answer.json();
    })));
    await shut();
    await again.click();
    await said.getByText(words.shut).waitFor();
    assert.equal(await page.locator('.house a').count(), 4, 'its light went out');
    assert.equal(await page.locator('#verdict').count(), 1, 'the report stays what it was');
    await context.close();

    const now = await checked(language);
    await now.page.locator('#earlier').setInputFiles(file);
    const list = now.page.locator('.compare__doors');
    await list.getByText(words.gone).waitFor();
    assert.ok((await list.textContent()).includes(words.door));
    await list.getByText(words.kept).waitFor();
    const broken = join(lab.folder, 'broken.json');
    for (const content of ['{}', 'no JSON', readFileSync(file, 'utf8').slice(0, 400)]) {
      writeFileSync(broken, content);
      await now.page.locator('#earlier').setInputFiles(broken);
      await now.page.getByText(words.none).waitFor();
      await now.page.locator('#earlier').setInputFiles(file);
      await list.getByText(words.gone).waitFor();
    }
    assert.deepEqual([...complaints, ...now.complaints], []);
    await now.context.close();
  });

  test(`a usual report takes two sheets of paper at most, and shows the address in part (${language})`, async (t) => {
    const { context, page } = await checked(language);
    for (const reader of ['me', 'boss', 'it']) {
      await readFor(page, reader);
      const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true, printBackground: false })).toString('latin1');
      const sheets = pdf.match(/\/Type\s*\/Page\b(?!s)/g).length;
      t.diagnostic(`${sheets} sheets for ${reader}`);
      assert.ok(sheets <= 2, `${sheets} sheets for ${reader}`);
    }
    await page.emulateMedia({ media: 'print' });
    const seen = (await page.locator('main').innerText()).replaceAll(/\s+/g, ' ');
    assert.ok(!seen.includes(OFFICE) && seen.includes('1.2.3.…'), seen.slice(0, 600));
    await page.emulateMedia({ media: 'screen' });
    await page.locator('#whole-address').check();
    await page.emulateMedia({ media: 'print' });
    assert.ok((await page.locator('main').innerText()).includes(OFFICE), 'unless it is wanted');
    await context.close();
  });
}
