// How the page bears a busy check: 400 doors are open, thousands of doors are observed each second, and a visitor on
// a telephone's processor keeps touching the page. Beside it, what the same touches cost on the start page, where
// nothing happens. Run by `cargo xtask bench page`.
import { openBrowser } from './browser.mjs';
import { listening, nginx, openLab } from './lab.mjs';

const OPEN = { first: 20_001, count: 400 };
const PER_SECOND = 2_000;
/** So many times slower than this machine's is the processor, as for Lighthouse's telephone. */
const SLOWER = 4;
const PHONE = { width: 412, height: 823 };
/** So many milliseconds lie between two touches. */
const PAUSE = 400;
const SETTINGS = [
  `probes.per_second=${PER_SECOND}`, `probes.machine_per_second=${2 * PER_SECOND}`, 'probes.time_limit_seconds=600',
].flatMap((setting) => ['--set', setting]);

/** Runs in the page: keeps how long each touch took to be shown, how long each picture stood, and what was observed. */
function watch() {
  window.seen = { touches: [], frames: [], doors: [] };
  new PerformanceObserver((list) => {
    for (const { name, target, duration, interactionId, processingStart, processingEnd, startTime } of list.getEntries()) if (interactionId) window.seen.touches.push([name, duration, target?.textContent?.slice(0, 20), Math.round(startTime), Math.round(processingStart - startTime), Math.round(processingEnd - processingStart)]);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
  let last = performance.now();
  const frame = (now) => { window.seen.frames.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
}

const share = (numbers, part) => numbers.toSorted((one, other) => one - other)[Math.min(numbers.length - 1, Math.floor(part * numbers.length))] ?? 0;

/** What was seen while the page was touched until `isOver`. */
async function touched(page, isOver) {
  await page.evaluate(watch);
  let touches = 0;
  const begun = Date.now();
  while (!await isOver()) {
    // Presses that are answered by the page itself: the focus moves on, and the language changes.
    await page.keyboard.press('Tab');
    if (touches % 4 === 3) await page.locator('.header a[hreflang], header nav a').last().click();
    touches += 1;
    await page.waitForTimeout(PAUSE);
  }
  const { touches: slow, frames } = await page.evaluate(() => window.seen);
  if (process.env.SLOW) console.log(slow.toSorted((a, b) => b[1] - a[1]).slice(0, 8));
  const times = slow.map(([, duration]) => duration);
  return {
    seconds: Math.round((Date.now() - begun) / 100) / 10,
    touches,
    'slower than 16 ms': times.length,
    'slowest ms': Math.max(0, ...times),
    'frames': frames.length,
    'frame p98 ms': Math.round(share(frames, 0.98)),
    'frame max ms': Math.round(Math.max(...frames)),
  };
}

const lab = await openLab({ inside: true, settings: SETTINGS });
const browser = await openBrowser();
try {
  const ports = Array.from({ length: OPEN.count }, (_, index) => OPEN.first + index);
  const servers = ports.map((port) => `listen 127.0.0.1:${port};`).join(' ');
  lab.start('/usr/sbin/nginx', ['-c', nginx(lab.folder, 'doors', `server { ${servers} return 200 "office\\n"; }`), '-p', lab.folder, '-e', 'stderr']);
  await listening(ports.at(-1));
  const page = await browser.newPage({ viewport: PHONE, locale: 'de-DE' });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(`${lab.origin}/de/`);
  await page.locator('.consent .button:not([aria-disabled])').waitFor();
  const until = Date.now() + 10_000;
  const idle = await touched(page, async () => Date.now() > until);
  await page.goto(`${lab.origin}/de/`);
  await page.locator('.consent .button:not([aria-disabled])').waitFor();
  await page.locator('.profiles summary').click();
  await page.locator('input[name=profile][value=thorough]').check();
  await page.locator('.consent .button').click();
  await page.locator('#progress').waitFor();
  let last = 0;
  const steps = [];
  const busy = await touched(page, async () => {
    const done = await page.evaluate(() => Number(document.querySelector('#progress')?.value ?? NaN));
    if (!Number.isNaN(done)) steps.push([Date.now(), done]);
    last = done;
    return Number.isNaN(done) || Date.now() > until + 200_000;
  });
  const open = await page.evaluate(() => document.querySelectorAll('article').length);
  console.log(JSON.stringify(steps.filter((_, i) => i % 10 === 0).map(([t, d]) => [t - steps[0][0], d])));
  console.table({ 'start page, nothing happens': idle, [`${open} doors open, ${PER_SECOND} questions/s`]: busy });
} finally {
  await browser.close();
  await lab.stop();
}
