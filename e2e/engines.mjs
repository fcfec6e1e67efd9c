// A visitor's eyes and hands, the same in every engine: what is seen is what the page shows to people, and what
// is pressed is pressed where it is seen. How an engine is driven is in `engines/`. Knows nothing of Klinke's pages.
import { chromium } from './engines/chromium.mjs';
import { firefox } from './engines/firefox.mjs';
import { webkit } from './engines/webkit.mjs';

/** The engines behind nearly every browser: of Chrome and Edge, of Firefox, of Safari. */
export const ENGINES = { chromium, firefox, webkit };
/** Those that can be told to print: WebKit's driver has no command for it. */
export const PRINTING = ['chromium', 'firefox'];

/** What people call a thing on a page, and what it is there. */
const KINDS = {
  button: 'button, .button',
  heading: 'h1, h2, h3, h4',
  link: 'a[href]',
  choice: 'label:has(input[type=radio])',
  field: 'input[type=search], input[type=text], input:not([type])',
};

/** So long something may take to appear, even on a machine that has a lot to do. */
const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;

/** Starts an engine; `visit` opens a new page for a visitor. */
export async function openEngine(name, options) {
  const engine = await ENGINES[name](options);
  return { ...engine, visit: async () => new Page(await engine.tab()) };
}

/** A page in the eyes of its visitor. A thing is named by its kind, or by CSS, and by words in it. */
class Page {
  constructor(tab) { this.tab = tab; }

  complaints() { return this.tab.complaints(); }

  open(url) { return this.tab.go(url); }

  reload() { return this.tab.reload(); }

  back() { return this.tab.back(); }

  resize(size) { return this.tab.resize(size); }

  picture() { return this.tab.picture(); }

  paper() { return this.tab.paper(); }

  close() { return this.tab.close(); }

  address() { return this.run(() => location.href); }

  /** Runs a function in the page; arguments and result are plain values. */
  run(work, ...args) { return this.tab.run(work.toString(), args); }

  /** Waits until a function's result in the page is good, over any change of page, and gives it. */
  async until(what, good, work, ...args) {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const result = await this.run(work, ...args).catch((error) => error);
      if (!(result instanceof Error) && good(result)) return result;
      if (Date.now() > end) throw new Error(`${what}: not within ${PATIENCE_MS} ms; ${await this.address().catch(String)}: ${result}`);
      await new Promise((again) => { setTimeout(again, PAUSE_MS); });
    }
  }

  /** The words of all things of a kind that are in sight and have these words in them. */
  all(kind, words = '') { return this.run(inSight, KINDS[kind] ?? kind, words); }

  /** Waits until a thing is in sight, and gives its words. */
  async see(kind, words = '') {
    return (await this.until(`${kind} “${words}”`, (found) => found.length > 0, inSight, KINDS[kind] ?? kind, words))[0];
  }

  /** Waits until no such thing is in sight. */
  gone(kind, words = '') {
    return this.until(`no ${kind} “${words}”`, (found) => found.length === 0, inSight, KINDS[kind] ?? kind, words);
  }

  /** Waits until a thing is in sight, at rest, to be pressed and not covered, and presses its middle. */
  async click(kind, words = '') {
    await this.tab.press(await this.until(`${kind} “${words}” to press`, Boolean, middle, KINDS[kind] ?? kind, words));
  }

  key(name) { return this.tab.key(name); }

  async type(text) { for (const sign of text) await this.tab.key(sign); }
}

/* What follows runs in pages, each function on its own. */

function inSight(css, words) {
  return [...document.querySelectorAll(css)]
    .filter((thing) => thing.getClientRects().length > 0 && getComputedStyle(thing).visibility === 'visible')
    .map((thing) => (thing.innerText || thing.getAttribute('aria-label') || '').replace(/\s+/g, ' ').trim())
    .filter((text) => text.includes(words));
}

async function middle(css, words) {
  // What has not come near yet may not be drawn, but it can be scrolled to.
  const thing = [...document.querySelectorAll(css)]
    .filter((each) => each.getClientRects().length > 0 && !each.disabled && each.getAttribute('aria-disabled') !== 'true')
    .find((each) => (each.innerText || each.getAttribute('aria-label') || each.textContent).replace(/\s+/g, ' ').includes(words));
  if (!thing) return null;
  thing.scrollIntoView({ block: 'center', behavior: 'instant' });
  const at = () => { const box = thing.getBoundingClientRect(); return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) }; };
  const before = at();
  await new Promise((next) => { requestAnimationFrame(next); });
  const { x, y } = at();
  const hit = document.elementFromPoint(x, y);
  return x === before.x && y === before.y && hit && (thing.contains(hit) || hit.contains(thing)) ? { x, y } : null;
}
