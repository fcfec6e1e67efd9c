// A real Chromium for the journeys. Knows nothing of Klinke's pages.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const PROGRAM = '/usr/bin/chromium';

const FLAGS = [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  // In the lab there is no TLS; browsers honour some headers over TLS only.
  '--unsafely-treat-insecure-origin-as-secure=http://9.9.8.1:8080,http://[2a00:9::1]:8080,http://check.example:8080,http://check.example',
];

/** Starts Chromium, with further flags where a test needs them. */
export function openBrowser(...flags) {
  return chromium.launch({ executablePath: PROGRAM, args: [...FLAGS, ...flags] });
}

/** A browser that asks the DNS server of this network for names, whatever it needs them for. */
export function browserWithNames(folder) {
  const [servers, program] = [join(folder, 'resolv.conf'), join(folder, 'browser')];
  writeFileSync(servers, 'nameserver 127.0.0.1\n');
  writeFileSync(program, `#!/bin/sh
exec unshare --mount sh -c 'mount --bind ${servers} /etc/resolv.conf && exec ${PROGRAM} "$@"' sh "$@"
`, { mode: 0o755 });
  return chromium.launch({ executablePath: program, args: FLAGS });
}

/**
 * A new visitor with that language. Whatever a page complains about, or asks of anyone but its own
 * server, is collected in `complaints`.
 */
export async function visitor(browser, { locale = 'de-DE', origin, ...options }) {
  const context = await browser.newContext({ locale, viewport: { width: 1000, height: 800 }, ...options });
  const complaints = [];
  context.on('request', (request) => {
    if (origin && !request.url().startsWith(`${origin}/`)) complaints.push(`asks ${request.url()}`);
  });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  return { context, complaints, page: await context.newPage() };
}

/** Whatever waits or moves by styles does so a hundred times as fast. */
export async function hurry(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Animation.enable');
  await session.send('Animation.setPlaybackRate', { playbackRate: 100 });
}

/** The flags of a browser that runs no script, and of one that lacks WebAssembly as an old one does. */
export const SCRIPTLESS = '--blink-settings=scriptEnabled=false';
export const UNFIT = '--js-flags=--jitless';

/** Opens all that can be unfolded. */
export const unfold = (page) => page.locator('details').evaluateAll((all) => all.forEach((details) => { details.open = true; }));

/** The end of a report: a long page is drawn in several goes, and its foot comes last. */
export const WHOLE_REPORT = '.frame:has(.passing-on) > footer';

/** Waits for a report to its end. */
export const wholeReport = (page) => page.locator(WHOLE_REPORT).waitFor();

/** Once the page at a path is whole: the sample report comes bit by bit, as every report. */
export async function wholePage(page, path) {
  await page.locator('h1').first().waitFor();
  if (/beispielbericht|sample-report/.test(path)) await wholeReport(page);
}

/** Chooses for whom a report is shown, and waits until it is. */
export async function readFor(page, reader) {
  await page.locator(`input[name=reader][value=${reader}]`).check();
  await page.locator(`.report[data-reader=${reader}]`).waitFor();
}

/** Does the work for each, a few at once: not so many that the browser's own clocks run ahead of them. Gives what comes of it. */
export async function fewAtOnce(all, work, few = 3) {
  const done = [];
  for (let next = 0; next < all.length; next += few) done.push(...await Promise.all(all.slice(next, next + few).map(work)));
  return done;
}

/** Runs in a page: notes what jumps on a page that nobody touches, when, and from where to where. */
export const watchJumps = () => {
  window.jumps = [];
  const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ');
  const told = ({ node, previousRect, currentRect }) => `${node?.nodeName} ${node?.parentElement?.className} “${node?.textContent.slice(0, 40)}”: ${place(previousRect)} → ${place(currentRect)}`;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.jumps.push(`${Math.round(entry.startTime)} ms`, ...entry.sources.map(told));
  }).observe({ type: 'layout-shift', buffered: true });
};

/** Runs in a page: waits until it has that many elements at least, and has been shown. */
export const shown = (elements) => new Promise((done) => {
  const look = () => requestAnimationFrame(() => {
    if (document.getElementsByTagName('*').length < elements) look();
    else requestAnimationFrame(() => setTimeout(done));
  });
  look();
});
