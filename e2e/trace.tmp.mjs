import { chromium } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { openLab } from './lab.mjs';
const lab = await openLab({ inside: true });
const flags = ['--headless=new','--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'];
try {
  const paths = (process.argv[2] ?? 'de/dienste,de/,report').split(',');
  for (const path0 of paths) {
    for (const variant of (process.argv[3] ?? 'plain').split(',')) {
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags, ignoreDefaultArgs: ['--hide-scrollbars'] });
    const page = await browser.newPage({ viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true });
    let path = path0;
    if (path0 === 'report') {
      await page.goto(`${lab.origin}/de/`);
      await page.getByRole('button', { name: 'Zustimmen und jetzt prüfen', disabled: false }).click();
      await page.locator('#verdict').waitFor();
      path = new URL(page.url()).pathname.slice(1);
      await page.goto('about:blank');
    }
    const V={B:'system-ui,sans-serif',C:'ui-rounded,system-ui,sans-serif',D:'"Segoe UI",system-ui,sans-serif',E:'sans-serif'};
    if (V[variant]) await page.route('**/*.css', async (route) => { const r = await route.fetch(); let t = await r.text(); t = t.replace(/--font:[^;}]+/g, '--font:'+V[variant]); await route.fulfill({ response: r, body: t, headers: { ...r.headers(), 'content-encoding': '' } }); });
    if (variant.startsWith('font')) await page.route('**/*.css', async (route) => { const r = await route.fetch(); let t = await r.text(); t = t.replace(/font-family:[^;}]+/g, 'font-family:"DejaVu Sans"').replace(/--font[a-z-]*:[^;}]+/g, m => m.split(':')[0] + ':"DejaVu Sans"'); await route.fulfill({ response: r, body: t, headers: { ...r.headers(), 'content-encoding': '' } }); });
    if (variant.startsWith('nocss')) await page.route('**/*.css', route => route.fulfill({ body: '', contentType: 'text/css' }));
    await browser.startTracing(page, { path: '/tmp/trace.json', categories: ['devtools.timeline', 'blink', 'disabled-by-default-blink.debug.layout', 'fonts', 'toplevel'] });
    await page.goto(`${lab.origin}/${path}`);
    await page.waitForLoadState('networkidle');
    await browser.stopTracing();
    const events = JSON.parse(readFileSync('/tmp/trace.json')).traceEvents;
    const by = {}; const tot=(n)=>Math.round(events.filter(e=>e.name===n&&e.dur).reduce((a,e)=>a+e.dur,0)/100)/10; const cnt=(n)=>events.filter(e=>e.name===n).length; console.log(path0, variant, 'font', tot('FontCache::GetFontPlatformData'), cnt('FontCache::GetFontPlatformData'), 'layout', tot('Layout'), 'style', tot('UpdateLayoutTree'), 'fb', tot('FontCache::PlatformFallbackFontForCharacter')); if(process.argv[4]) {await browser.close(); continue;}

    for (const e of events) if (e.ph === 'X' && e.dur > 500) (by[e.name] ??= []).push([Math.round(e.dur / 100) / 10, e.name === 'UpdateLayoutTree' ? e.args.elementCount : e.name === 'Layout' ? e.args.beginData?.dirtyObjects : undefined]);
    const rows = Object.entries(by).map(([n, l]) => [n, l.length, Math.round(l.reduce((a, b) => a + b[0], 0) * 10) / 10, JSON.stringify(l.slice(0, 8))]).sort((a, b) => b[2] - a[2]).slice(0, 22);
    console.log(path0, variant); for (const r of rows) console.log(r.join('  '));
    await browser.close();
    }
  }
} finally { await lab.stop(); }
