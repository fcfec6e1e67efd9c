// What axe has to say against a page. Knows nothing of Klinke's pages.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2 at the levels A and AA, and what axe's authors think good besides. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page as it is, each with the first place where it is found. */
export async function found(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate((tags) => axe.run(document, { runOnly: { type: 'tag', values: tags } }), RULES);
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes[0].target} and ${nodes.length - 1} more: ${nodes[0].failureSummary})`);
}
