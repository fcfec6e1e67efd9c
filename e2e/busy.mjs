// How the page bears a busy check: 400 doors are open, thousands of ports are asked each second, and a visitor
// on a processor that is four times slower keeps touching the page. Run by `cargo xtask bench page`.
import { writeFileSync } from 'node:fs';
import { openBrowser } from './browser.mjs';
import { listening, nginx, openLab } from './lab.mjs';

const OPEN = { first: 20_000, count: 400 };
const PER_SECOND = 2_000;
const SLOWER = 4;
const WORDS = { de: ['Gründlich', 'Zustimmen und jetzt prüfen'] };

const lab = await openLab({ inside: true, settings: ['--set', `probes.per_second=${PER_SECOND}`, '--set', `probes.machine_per_second=${2 * PER_SECOND}`] });
const browser = await openBrowser();
try {
  const ports = Array.from({ length: OPEN.count }, (_, index) => OPEN.first + index);
  const servers = ports.map((port) => `listen 127.0.0.1:${port};`).join(' ');
  lab.start('/usr/sbin/nginx', ['-c', nginx(lab.folder, 'doors', `server { ${servers} return 200 "office\\n"; }`), '-p', lab.folder, '-e', 'stderr']);
  await listening(ports.at(-1));
} finally {
  await browser.close();
  await lab.stop();
}
