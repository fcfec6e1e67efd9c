import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
const s = createServer((q, r) => { r.setHeader('content-type','text/html'); r.end(readFileSync('/tmp/floor/index.html')); }).listen(9999,'127.0.0.1');
const FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
for (let i=0;i<4;i++){
const chrome = await launch({ chromePath: '/usr/bin/chromium', chromeFlags: FLAGS });
const { lhr } = await lighthouse(`http://127.0.0.1:9999/`, { port: chrome.port, onlyCategories: ['performance'], logLevel: 'error' });
await chrome.kill();
console.log(lhr.categories.performance.score, ['first-contentful-paint','largest-contentful-paint','total-blocking-time'].map(a=>Math.round(lhr.audits[a].numericValue)).join(' '), JSON.stringify(lhr.audits['long-tasks'].details?.items?.map(i=>[i.url.slice(-30), i.startTime|0, i.duration|0])), lhr.environment.benchmarkIndex);
}
s.close();
