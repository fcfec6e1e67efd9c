// Debian's WebKit, the engine of Safari, in the small browser that comes with it, driven by W3C WebDriver
// (https://www.w3.org/TR/webdriver2/). It needs a screen, so it gets one that nobody sees. Knows nothing of
// Klinke's pages.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { end, said, start } from '../program.mjs';
import { KEYS, SIZE } from './hands.mjs';

const DRIVER = 'WebKitWebDriver';
/** Where the driver listens: in a network of its own, any port is free. */
const PORT = 9517;

/** Starts WebKit; `environment` reaches its processes. */
export async function webkit({ environment = {} } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'klinke-webkit-'));
  const children = [];
  const stop = async () => {
    for (const child of children.reverse()) await end(child);
    rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    const screen = start('Xvfb', ['-displayfd', '1', '-screen', '0', '1200x1100x24', '-nolisten', 'tcp']);
    children.push(screen);
    const [, display] = await said(screen, /^(\d+)\n/);
    const driver = start(DRIVER, [`--port=${PORT}`, '--host=127.0.0.1'], { ...process.env, HOME: home, DISPLAY: `:${display}`, ...environment });
    children.push(driver);
    await answers(driver);
    const { sessionId, capabilities } = await ask('POST', '/session', { capabilities: { alwaysMatch: {
      'webkitgtk:browserOptions': { binary: browser(), args: ['--automation'] },
    } } });
    const session = `/session/${sessionId}`;
    const close = async () => { await ask('DELETE', session); await stop(); };
    const first = await ask('GET', `${session}/window`);
    const tab = async () => {
      // A new window is opened from one that is there.
      await ask('POST', `${session}/window`, { handle: first });
      const { handle } = await ask('POST', `${session}/window/new`, { type: 'window' });
      const it = new Tab(session, handle);
      await it.resize(SIZE);
      return it;
    };
    return { version: `WebKitGTK ${capabilities.browserVersion}`, tab, close };
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${children.map((child) => child.output).join('\n')}`);
  }
}

/** The small browser stands in a folder with the machine's and the library's name. */
function browser() {
  const below = (folder, name) => readdirSync(folder).filter((each) => name.test(each)).map((each) => join(folder, each));
  const folders = below('/usr/lib', /-linux-gnu$/).flatMap((library) => below(library, /^webkit2?gtk-\d\.\d$/));
  const program = folders.map((folder) => join(folder, 'MiniBrowser')).find(existsSync);
  if (!program) throw new Error('there is no MiniBrowser of WebKit below /usr/lib');
  return program;
}

/** One page of the browser, with the hands that every engine has. */
class Tab {
  constructor(session, handle) {
    this.session = session;
    this.handle = handle;
  }

  /** A command for this page: the driver looks at one at a time. */
  async ask(method, path, body) {
    await ask('POST', `${this.session}/window`, { handle: this.handle });
    return ask(method, this.session + path, body);
  }

  /** The driver tells nothing of the console, so a page that has come is asked to remember its complaints. */
  async go(url) {
    await this.ask('POST', '/url', { url });
    await this.run(String(remember));
  }

  /** Those of the page that is shown. */
  complaints() { return this.run('() => window.complaints ?? []'); }

  async reload() {
    await this.ask('POST', '/refresh', {});
    await this.run(String(remember));
  }

  /** What the small browser puts around a page takes room, too. */
  async resize({ width, height }) {
    const inner = await this.run('() => [innerWidth, innerHeight]');
    const outer = await this.ask('GET', '/window/rect');
    await this.ask('POST', '/window/rect', { width: outer.width + width - inner[0], height: outer.height + height - inner[1] });
  }

  back() { return this.ask('POST', '/back', {}); }

  /** The function's result in the page, as JSON carries it. */
  async run(source, args = []) {
    const script = `return (async () => JSON.stringify(await (${source})(...${JSON.stringify(args)}) ?? null))();`;
    return JSON.parse(await this.ask('POST', '/execute/sync', { script, args: [] }));
  }

  press({ x, y }) {
    const actions = [{ type: 'pointerMove', x, y, duration: 0 }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }];
    return this.ask('POST', '/actions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  key(name) {
    const value = KEYS[name] ?? name;
    return this.ask('POST', '/actions', { actions: [{ type: 'key', id: 'keys', actions: [{ type: 'keyDown', value }, { type: 'keyUp', value }] }] });
  }

  async picture() { return Buffer.from(await this.ask('GET', '/screenshot'), 'base64'); }

  close() { return this.ask('DELETE', '/window'); }
}

/** Runs in a page. */
function remember() {
  window.complaints = [];
  const complain = (text) => window.complaints.push(text);
  addEventListener('error', (event) => complain(event.message));
  addEventListener('unhandledrejection', (event) => complain(String(event.reason)));
  document.addEventListener('securitypolicyviolation', (event) => complain(`${event.violatedDirective}: ${event.blockedURI}`));
}

async function ask(method, path, body) {
  const response = await fetch(`http://127.0.0.1:${PORT}${path}`, { method, body: body && JSON.stringify(body) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
  return value;
}

/** Waits until the driver answers. */
async function answers(driver) {
  while (driver.exitCode === null) {
    try { return await ask('GET', '/status'); } catch { await new Promise((again) => { setTimeout(again, 20); }); }
  }
  throw new Error('the driver ended');
}
