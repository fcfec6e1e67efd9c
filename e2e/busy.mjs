// How the page bears a busy check: 400 doors are open, thousands of doors are observed each second, and a visitor keeps
// touching the page, on this machine's processor and on one as slow as a telephone's. Beside it, what the same touches
// cost on the start page, where nothing happens. Run by `cargo xtask bench page`.
import { openBrowser } from './browser.mjs';
import { ownCore } from './cores.mjs';
import { openDoors, openLab } from './lab.mjs';

const OPEN = { first: 20_001, count: 400 };
const PER_SECOND = 2_000;
/** So many times slower than this machine's is the processor: as for Lighthouse's telephone, and not at all. */
const SLOWER = [4, 1];
const PHONE = { width: 412, height: 823 };
/** So many milliseconds lie between two touches. */
const PAUSE = 400;
/** So long the start page and the report are touched, in milliseconds. */
const IDLE = 10_000;
/** So many doors has a thorough check at least. */
const DOORS = 65_535;
/** So many cards the report has; the other doors are listed. */
const CARDS = 40;
const SETTINGS = [
  `probes.per_second=${PER_SECOND}`, `probes.machine_per_second=${2 * PER_SECOND}`, 'probes.time_limit_seconds=600',
].flatMap((setting) => ['--set', setting]);

/**
 * Runs in the page: keeps how long after each touch its picture was made, and how long each picture stood. After a press for
 * another language or reader, that picture shows what was pressed; the words come with the next one.
 */
function watch() {
  const seen = { keydown: [], click: [], frames: [] };
  const made = ({ type, timeStamp }) => requestAnimationFrame(() => {
    scheduler.postTask(() => seen[type].push(performance.now() - timeStamp), { priority: 'user-blocking' });
  });
  if (!window.seen) for (const type of ['keydown', 'click']) addEventListener(type, (event) => window.made(event), { capture: true });
  let last = performance.now();
  const frame = (now) => { if (window.seen === seen) { seen.frames.push(now - last); last = now; requestAnimationFrame(frame); } };
  requestAnimationFrame(frame);
  Object.assign(window, { seen, made });
}

const share = (numbers, part) => numbers.toSorted((one, other) => one - other)[Math.min(numbers.length - 1, Math.floor(part * numbers.length))];

/** The other language. */
const language = (page) => page.locator('.languages a:not([aria-current])');
/** The report for another reader. */
const reader = (page) => page.locator('.readers__choice:not(:has(:checked))').first();

/** What was seen while the page was touched until `isOver`: the focus moves on, and what is to be `pressed` is, now and then. */
async function touched(page, pressed, isOver) {
  await page.evaluate(watch);
  const begun = Date.now();
  let touches = 0;
  while (!await isOver()) {
    touches += 1;
    if (pressed && touches % 4 === 0) await pressed(page).click();
    else await page.keyboard.press('Tab');
    await page.waitForTimeout(PAUSE);
  }
  const { keydown, click, frames } = await page.evaluate(() => window.seen);
  const slowest = (times) => (times.length > 0 ? Math.round(Math.max(...times)) : '');
  return {
    seconds: (Date.now() - begun) / 1_000,
    touches,
    'slowest key ms': slowest(keydown),
    'slowest press ms': slowest(click),
    pictures: frames.length,
    'median picture ms': Math.round(share(frames, 0.5)),
    'p98 picture ms': Math.round(share(frames, 0.98)),
    'longest picture ms': Math.round(Math.max(...frames)),
  };
}

/** Is over in so many milliseconds. */
function over(milliseconds) {
  const until = Date.now() + milliseconds;
  return () => Date.now() > until;
}

/** The start page, once a check can begin. */
async function start(page, lab) {
  await page.goto(`${lab.origin}/de/`);
  await page.locator('.consent .button:not([aria-disabled])').waitFor();
}

/** All that is touched, on a processor so many times slower. */
async function measure(slower) {
  // What slows a page down needs a core's time itself.
  const flags = slower === 1 ? ownCore() : [];
  const lab = await openLab({ inside: true, settings: SETTINGS });
  const browser = await openBrowser(...flags);
  try {
    const ports = Array.from({ length: OPEN.count }, (_, index) => OPEN.first + index);
    await openDoors(lab, ports);
    const page = await browser.newPage({ viewport: PHONE, locale: 'de-DE' });
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: slower });

    await start(page, lab);
    const idle = await touched(page, language, over(IDLE));

    await start(page, lab);
    await page.locator('.profiles summary').click();
    await page.locator('input[name=profile][value=thorough]').check();
    await page.locator('.consent .button').click();
    const bar = page.locator('#progress');
    await bar.waitFor();
    const begun = Date.now();
    let [done, last] = [0, begun];
    const observed = async () => {
      const now = await page.evaluate(() => document.querySelector('#progress')?.value);
      if (now > done) [done, last] = [now, Date.now()];
      return now;
    };
    const busy = await touched(page, null, async () => await observed() > DOORS / 2);
    const spoken = await touched(page, language, async () => await observed() > DOORS - 2 * PER_SECOND);
    const shown = await touched(page, null, async () => await observed() === undefined && await page.locator('article').count() >= CARDS);
    const read = await touched(page, reader, over(IDLE));
    const spokenAgain = await touched(page, language, over(IDLE));
    const found = await page.locator('.cards h2').textContent();
    console.log(`${found}; ${Math.round(done / (last - begun) * 1_000)} doors observed each second; ${slower === 1 ? 'this processor' : `a processor ${slower} times slower`}`);
    console.table({ 'start page': idle, 'check runs': busy, 'in two languages': spoken, 'report comes': shown, 'for each reader': read, 'report in two languages': spokenAgain });
  } finally {
    await browser.close();
    await lab.stop();
  }
}

for (const slower of SLOWER) await measure(slower);
