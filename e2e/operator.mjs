// An operator who makes the page their own: a logo, a colour and a sentence.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A drawing three times as wide as high, which tries to run a script. */
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 50">
<style>text { font: bold 22px sans-serif }</style><script>window.ran = true; alert('logo');</script>
<circle cx="25" cy="25" r="22" fill="#c8102e"/><text x="55" y="33" fill="#1a1a2e">Muster</text></svg>`;
/** Can be read by day, and is too dark for the night. */
const BLUE = '#0057b8';

/** The settings for all of it, with a sentence for each language; the logo becomes a file in this folder. */
export function ownLook(folder, { de, en }) {
  const logo = join(folder, 'logo');
  writeFileSync(logo, LOGO);
  const set = { logo, accent: BLUE, sentence_de: de, sentence_en: en };
  return Object.entries(set).map(([key, value]) => `operator.${key}=${value}`);
}
