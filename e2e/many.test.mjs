// A house of which very many doors are open, in every engine: of so many cards, a browser draws those that are near.
// Real browsers as Debian has them, and a real nginx behind every door.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { WHOLE_REPORT } from './browser.mjs';
import { ENGINES, openEngine, PRINTING } from './engines.mjs';
import { openDoors, openLab } from './lab.mjs';

/** Some that a check of an office asks. */
const OPEN = [21, 23, 25, 53, 110, 111, 135, 139, 143, 389, 445, 515, 548, 554, 587, 631, 873, 993, 995, 1433, 1521, 1723, 1883, 2049, 3306, 3389, 5060, 5432, 5900, 9100, 9200, 11211, 27017];

let lab;
before(async () => {
  lab = await openLab({ inside: true });
  await openDoors(lab, OPEN);
});
after(async () => { await lab?.stop(); });

/** Runs in the page: where the heading of a card is, once the window has been at rest for some pictures. */
async function place(id) {
  for (let pictures = 0; pictures < 12; pictures += 1) await new Promise((next) => { requestAnimationFrame(next); });
  const { top, bottom } = document.getElementById(id).getBoundingClientRect();
  return { top, bottom, height: innerHeight };
}

for (const name of Object.keys(ENGINES)) {
  test(`each door leads to its card, however many there are (${name})`, async (t) => {
    const engine = await openEngine(name);
    t.after(() => engine.close());
    const page = await engine.visit();
    await page.open(`${lab.origin}/en/`);
    await page.click('button', 'Agree and check now');
    await page.see(WHOLE_REPORT);
    const doors = await page.run(() => [...document.querySelectorAll('.house a')].map((door) => door.getAttribute('href')));
    assert.ok(doors.length >= OPEN.length, `${doors}`);
    assert.equal(await page.run(() => document.querySelectorAll('article').length), doors.length);
    for (const door of [doors.at(-1), doors[0], doors[Math.floor(doors.length / 2)], doors.at(-2)]) {
      await page.click(`.house a[href="${door}"]`);
      const { top } = await page.until(`the card of ${door}`, (at) => at.top >= 0 && at.bottom <= at.height, place, door.slice(1));
      t.diagnostic(`${door}: ${Math.round(top)} pixels below the upper edge`);
    }
    if (PRINTING.includes(name)) {
      const paper = execFileSync('pdftotext', ['-', '-'], { input: await page.paper() }).toString();
      for (const door of doors) assert.ok(paper.includes(`${door.split('-').at(-1)}/tcp`), `${door} is not on paper`);
    }
    assert.deepEqual(await page.complaints(), []);
  });
}
