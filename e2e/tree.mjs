// The accessibility tree of a page, compared with the one that was looked at and kept in `trees/`.
// With UPDATE_TREES=1 the kept ones are written anew, to be looked at.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const FOLDER = new URL('./trees/', import.meta.url);

/** What differs from run to run without meaning anything. */
function settled(tree) {
  return tree
    .replaceAll(/[0-9a-f]{32}/g, 'CHECK')
    .replaceAll(/(OpenSSH|nginx|Redis) \d[\w.+-]*/g, '$1 N')
    .replaceAll(/(Türen in |doors in )[\d.,]+ s/g, '$1N s')
    .replaceAll(/nach [\d.,]+ ms/g, 'nach N ms')
    .replaceAll(/after [\d.,]+ ms/g, 'after N ms')
    .replaceAll(/Ergebnis vom \d+\. \p{L}+ \d{4}/gu, 'Ergebnis vom DATUM')
    .replaceAll(/result of \d+ \p{L}+ \d{4}/gu, 'result of DATE')
    // The office's certificate is made anew for each run.
    .replaceAll(/gültig bis \d+\. \p{L}+ \d{4}/gu, 'gültig bis DATUM')
    .replaceAll(/valid until \d+ \p{L}+ \d{4}/gu, 'valid until DATE');
}

/** Compares the tree of the whole page with the kept one of that name. */
export async function sameTree(page, name) {
  // The operator's card comes with an answer of its own.
  await page.getByRole('contentinfo').getByText('Muster IT').waitFor();
  const tree = `${settled(await page.locator('body').ariaSnapshot())}\n`;
  const file = new URL(`${name}.yml`, FOLDER);
  if (process.env.UPDATE_TREES === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(file, tree);
  }
  assert.ok(existsSync(file), `trees/${name}.yml is missing; look at the page and run with UPDATE_TREES=1`);
  const [seen, kept] = [tree, readFileSync(file, 'utf8')].map((text) => text.split('\n'));
  const first = seen.findIndex((line, index) => line !== kept[index]);
  assert.ok(seen.length === kept.length && first === -1,
    `trees/${name}.yml differs first in line ${first + 1}:\n  kept: ${kept[first]}\n  seen: ${seen[first]}`);
}
