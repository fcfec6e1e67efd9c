// Debian's Firefox as it is, driven by WebDriver BiDi (https://w3c.github.io/webdriver-bidi/), which it speaks
// over a WebSocket. Knows nothing of Klinke's pages.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { end, said, start } from '../program.mjs';
import { KEYS, SIZE } from './hands.mjs';

const PROGRAM = '/usr/bin/firefox-esr';

/** Starts Firefox. `settings` are those of `about:config`. */
export async function firefox({ settings = {} } = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'klinke-firefox-'));
  writeFileSync(join(profile, 'user.js'), Object.entries(settings)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
  const child = start(PROGRAM, ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'], { ...process.env, HOME: profile });
  const stop = async () => {
    await end(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    const [, address] = await said(child, /WebDriver BiDi listening on (ws:\S+)/);
    const { ask, on } = await talk(`${address}/session`);
    const { capabilities } = await ask('session.new', { capabilities: {} });
    await ask('session.subscribe', { events: ['log.entryAdded'] });
    const tabs = new Map();
    on('log.entryAdded', ({ level, text, source }) => {
      if (['error', 'warn'].includes(level)) tabs.get(source.context)?.heard.push(text);
    });
    const tab = async () => {
      const { context } = await ask('browsingContext.create', { type: 'tab' });
      const it = new Tab(ask, context);
      tabs.set(context, it);
      await it.resize(SIZE);
      return it;
    };
    return { version: `Firefox ${capabilities.browserVersion}`, tab, close: stop };
  } catch (error) {
    await stop();
    throw new Error(`${error.message}\n${child.output}`);
  }
}

/** One page of the browser, with the hands that every engine has. */
class Tab {
  heard = [];

  constructor(ask, context) {
    this.ask = (method, more) => ask(method, { context, ...more });
    this.context = context;
  }

  /** What the console complained about. */
  async complaints() { return this.heard; }

  go(url) { return this.ask('browsingContext.navigate', { url, wait: 'complete' }); }

  reload() { return this.ask('browsingContext.reload', { wait: 'complete' }); }

  resize(viewport) { return this.ask('browsingContext.setViewport', { viewport }); }

  back() { return this.ask('browsingContext.traverseHistory', { delta: -1 }); }

  /** The function's result in the page, as JSON carries it. */
  async run(source, args = []) {
    const { result, exceptionDetails } = await this.ask('script.callFunction', {
      functionDeclaration: `async () => JSON.stringify(await (${source})(...${JSON.stringify(args)}) ?? null)`,
      awaitPromise: true,
      target: { context: this.context },
    });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return JSON.parse(result.value);
  }

  press({ x, y }) {
    const actions = [{ type: 'pointerMove', x, y }, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }];
    return this.ask('input.performActions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
  }

  key(name) {
    const value = KEYS[name] ?? name;
    return this.ask('input.performActions', { actions: [{ type: 'key', id: 'keys', actions: [{ type: 'keyDown', value }, { type: 'keyUp', value }] }] });
  }

  async picture() { return Buffer.from((await this.ask('browsingContext.captureScreenshot', {})).data, 'base64'); }

  /** The page on paper, as PDF. */
  async paper() { return Buffer.from((await this.ask('browsingContext.print', {})).data, 'base64'); }

  close() { return this.ask('browsingContext.close', {}); }
}

/** A conversation over a WebSocket: a command has a number, and its answer has it, too. */
async function talk(address) {
  const socket = new WebSocket(address);
  const waiting = new Map();
  const listeners = new Map();
  let number = 0;
  socket.on('message', (data) => {
    const message = JSON.parse(data);
    if (message.type === 'event') { listeners.get(message.method)?.(message.params); return; }
    const { done, failed } = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.type === 'success') done(message.result);
    else failed(new Error(`${message.error}: ${message.message}`));
  });
  socket.on('close', () => { for (const { failed } of waiting.values()) failed(new Error('Firefox hung up')); });
  await new Promise((done, failed) => { socket.once('open', done); socket.once('error', failed); });
  const ask = (method, params) => new Promise((done, failed) => {
    number += 1;
    waiting.set(number, { done, failed });
    socket.send(JSON.stringify({ id: number, method, params }));
  });
  return { ask, on: (event, listener) => listeners.set(event, listener) };
}
