// The Chromium of the other journeys, with the hands that every engine has. Knows nothing of Klinke's pages.
import { openBrowser, visitor } from '../browser.mjs';

/** Starts Chromium. `before` is run in every page before its own scripts; `flags` are the browser's. */
export async function chromium({ flags = [], before } = {}) {
  const browser = await openBrowser(...flags);
  const tab = async () => {
    const { context, page, complaints } = await visitor(browser, { locale: 'en-GB' });
    if (before) await context.addInitScript(`(${before})()`);
    return new Tab(page, complaints);
  };
  return { version: `Chromium ${browser.version()}`, tab, close: () => browser.close() };
}

class Tab {
  constructor(page, complaints) {
    this.page = page;
    this.heard = complaints;
  }

  /** What the console complained about. */
  async complaints() { return this.heard; }

  go(url) { return this.page.goto(url); }

  reload() { return this.page.reload(); }

  resize(size) { return this.page.setViewportSize(size); }

  back() { return this.page.goBack(); }

  /** The function's result in the page, as JSON carries it. */
  run(source, args = []) { return this.page.evaluate(`(${source})(...${JSON.stringify(args)})`); }

  press({ x, y }) { return this.page.mouse.click(x, y); }

  key(name) { return this.page.keyboard.press(name); }

  picture() { return this.page.screenshot(); }

  /** The page on paper, as PDF. */
  paper() { return this.page.pdf({ preferCSSPageSize: true }); }

  close() { return this.page.context().close(); }
}
