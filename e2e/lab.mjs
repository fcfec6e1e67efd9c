// The network of a test: real daemons on their usual ports and a real Klinke, inside a network
// namespace that `cargo xtask e2e` has made. Knows no browser.
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as programs from './program.mjs';

/** The program under test. */
export const BIN = process.env.KLINKE_BIN ?? new URL('../target/debug/klinke', import.meta.url).pathname;

/** What really listens in the lab, by number. Everything else of the catalogue is closed. */
export const TRUTH = { 22: 'ssh', 80: 'http', 443: 'https', 6379: 'redis' };

/** Addresses that count as public: those of the office, and those of the server at the other end of a cable. */
export const OFFICE = '1.2.3.4';
export const OFFICE6 = '2a00:1:2::3';
export const SERVER = '9.9.8.1';
export const SERVER6 = '2a00:9::1';

/** The office's end of the cable. */
const CABLE = 'office';

/** The host name under which the page may be opened, besides the bare addresses. */
export const NAME = 'check.example';

/** And those that have addresses of one family only. */
export const [NAME4, NAME6] = [`v4.${NAME}`, `v6.${NAME}`];

const SETTINGS = ['name=Muster IT', 'email=hilfe@muster.example', 'imprint=/impressum', 'privacy=/datenschutz']
  .map((setting) => `operator.${setting}`)
  // Checks of the one office follow each other at once.
  .concat(`names=${NAME}`, 'checks.cool_down_seconds=0')
  .flatMap((setting) => ['--set', setting]);

/** Refuses to run on the machine's own network, where anything may listen. */
export function ownNetwork() {
  const links = JSON.parse(execFileSync('ip', ['-json', 'link']));
  if (links.some((link) => link.link_type === 'ether' && link.ifname !== CABLE)) {
    throw new Error('this is not a network of its own; run `cargo xtask e2e`');
  }
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
}

/**
 * Starts everything; `stop` ends it. In the office, Klinke stands on the internet, at the other end of a
 * cable; at home (`inside`), on this machine.
 */
export async function openLab({ inside = false, settings = [] } = {}) {
  const [visitor, visitor6] = inside ? ['127.0.0.1', '::1'] : [OFFICE, OFFICE6];
  const [server, server6] = inside ? [visitor, visitor6] : [SERVER, SERVER6];
  ownNetwork();
  const folder = mkdtempSync(join(tmpdir(), 'klinke-lab-'));
  const children = [];
  const start = (program, args) => {
    const child = programs.start(program, args, cleanEnvironment());
    children.push(child);
    return child;
  };
  const stop = async () => {
    await Promise.all(children.map(programs.end));
    if (!inside) spawnSync('ip', ['link', 'del', CABLE]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    start('/usr/sbin/sshd', ['-D', '-e', '-f', sshd(folder)]);
    start('/usr/sbin/nginx', ['-c', website(folder), '-p', folder, '-e', 'stderr']);
    start('/usr/bin/redis-server', ['--bind', '*', '-::*', '--protected-mode', 'no', '--save', '', '--dir', folder]);
    await Promise.all(Object.keys(TRUTH).map((port) => listening(Number(port))));
    const serve = [BIN, 'serve', '--listen', `${server}:8080`, '--listen', `[${server6}]:8080`, ...SETTINGS, ...settings];
    const klinke = inside ? start(serve[0], serve.slice(1)) : await atTheOtherEnd(start, serve);
    await listening(8080, klinke, server);
    const [origin, origin6] = [`http://${server}:8080`, `http://[${server6}]:8080`];
    return { visitor, visitor6, server, server6, origin, origin6, klinke, start, folder, stop };
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${children.map((child) => child.output).join('\n')}`);
  }
}

/** What the other end does before its program starts: it waits for the cable. */
const OTHER_END = `echo ready; read -r plugged
ip link set lo up; ip link set internet up
ip address add ${SERVER}/32 dev internet; ip address add ${SERVER6}/128 dev internet nodad
ip route add default dev internet; ip -6 route add default dev internet
exec "$@"`;

/** Starts a program in a network of its own, with a cable from here to there. */
export async function atTheOtherEnd(start, command) {
  const child = start('unshare', ['--net', '--', 'sh', '-c', OTHER_END, 'sh', ...command]);
  await new Promise((ready, failed) => {
    child.stdout.once('data', ready);
    child.once('exit', () => failed(new Error(`it ended: ${child.output}`)));
  });
  const ip = (...words) => execFileSync('ip', words);
  ip('link', 'add', CABLE, 'type', 'veth', 'peer', 'name', 'internet', 'netns', String(child.pid));
  // An address that the kernel adds by itself comes late, and a browser drops what it is doing then.
  ip('link', 'set', CABLE, 'addrgenmode', 'none');
  ip('link', 'set', CABLE, 'up');
  ip('address', 'add', `${OFFICE}/32`, 'dev', CABLE);
  ip('address', 'add', `${OFFICE6}/128`, 'dev', CABLE, 'nodad');
  ip('route', 'add', 'default', 'dev', CABLE);
  ip('-6', 'route', 'add', 'default', 'dev', CABLE);
  // A door that is shut says so each time, as it does over loopback.
  for (const limit of ['ipv4/icmp_ratelimit', 'ipv6/icmp/ratelimit']) writeFileSync(`/proc/sys/net/${limit}`, '0');
  child.stdin.write('plugged\n');
  return child;
}

/** nginx on port 80 of the server, as the operator's own proxy. It passes on whatever it is sent. */
export async function openProxy(lab) {
  const file = nginx(lab.folder, 'proxy', `underscores_in_headers on;
  server {
    listen ${SERVER}:80; listen [${SERVER6}]:80;
    location / {
      proxy_pass http://${SERVER}:8080;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header Connection "";
    }
  }`);
  lab.start('nsenter', [`--net=/proc/${lab.klinke.pid}/ns/net`, '/usr/sbin/nginx', '-c', file, '-p', lab.folder, '-e', 'stderr']);
  await listening(80, undefined, SERVER);
}

/** A plain relay in front of Klinke whose connections can be cut. */
export async function openRelay(port = 19090, to = { port: 8080, host: '127.0.0.1' }) {
  const pairs = new Set();
  let open = true;
  const relay = createServer((near) => {
    if (!open) { near.destroy(); return; }
    const far = connect(to);
    const pair = [near, far];
    pairs.add(pair);
    const drop = () => { pairs.delete(pair); near.destroy(); far.destroy(); };
    for (const socket of pair) socket.on('error', drop).on('close', drop);
    near.pipe(far).pipe(near);
  });
  await new Promise((done) => { relay.listen(port, '127.0.0.1', done); });
  return {
    origin: `http://127.0.0.1:${port}`,
    cut() { open = false; for (const [near, far] of pairs) { near.destroy(); far.destroy(); } },
    mend() { open = true; },
    async close() { this.cut(); await new Promise((done) => { relay.close(done); }); },
  };
}

/** Waits until something accepts on a port. */
export async function listening(port, child, host = '127.0.0.1') {
  const until = Date.now() + 15_000;
  for (;;) {
    if (await accepts(port, host)) return;
    if (child && child.exitCode !== null) throw new Error(`it ended: ${child.output}`);
    if (Date.now() > until) throw new Error(`nothing listens on ${port}`);
    await new Promise((again) => { setTimeout(again, 20); });
  }
}

function accepts(port, host) {
  return new Promise((answer) => {
    const socket = connect(port, host);
    socket.once('connect', () => { socket.destroy(); answer(true); });
    socket.once('error', () => { socket.destroy(); answer(false); });
  });
}

/** Runs the binary and gives its lines of JSON. */
export function scan(...args) {
  return read(execFileSync(BIN, ['scan', ...args, '--json'], { env: cleanEnvironment(), maxBuffer: 64 << 20 }));
}

/** The same, while this process goes on serving. */
export async function scanBeside(...args) {
  const run = promisify(execFile);
  return read((await run(BIN, ['scan', ...args, '--json'], { env: cleanEnvironment(), maxBuffer: 64 << 20 })).stdout);
}

function read(output) {
  const lines = output.toString().trim().split('\n').map((line) => JSON.parse(line));
  return { summary: lines.pop().summary, ports: lines };
}

function cleanEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KLINKE_')));
}

function sshd(folder) {
  const key = join(folder, 'host_key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  mkdirSync('/run/sshd', { recursive: true });
  const file = join(folder, 'sshd_config');
  writeFileSync(file, `ListenAddress 0.0.0.0:22\nListenAddress [::]:22\nHostKey ${key}\nPidFile none\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n`);
  return file;
}

function website(folder) {
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes',
    '-subj', '/CN=office.test', '-days', '2', '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  return nginx(folder, 'website', `server { listen 80; listen [::]:80; return 200 "office\\n"; }
  server { listen 443 ssl; listen [::]:443 ssl; ssl_certificate ${certificate}; ssl_certificate_key ${key}; return 200 "office\\n"; }`);
}

/** Opens doors at home, with a real nginx behind each. */
export async function openDoors(lab, ports) {
  const doors = ports.map((port) => `listen 127.0.0.1:${port};`).join(' ');
  lab.start('/usr/sbin/nginx', ['-c', nginx(lab.folder, 'doors', `server { ${doors} return 200 "office\\n"; }`), '-p', lab.folder, '-e', 'stderr']);
  await listening(ports.at(-1));
}

/** A configuration of nginx that keeps everything in our folder, as a file. */
export function nginx(folder, name, servers) {
  const file = join(folder, `${name}.conf`);
  const own = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${name}-${kind};`);
  writeFileSync(file, `daemon off; user root; pid ${folder}/${name}.pid; error_log stderr;
events {}
http {
  access_log off; ${own.join(' ')}
  ${servers}
}
`);
  return file;
}
