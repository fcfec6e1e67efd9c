// Where pictures are taken: an office, a server with certain settings, and a browser. Each is opened when it is needed,
// and anew when its server has ended.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browserWithNames, openBrowser } from '../browser.mjs';
import { NAME, NAME4, NAME6, openLab } from '../lab.mjs';
import { answerNames } from '../office.mjs';

const ALWAYS = ['operator.phone=030 1234567'];

export class Place {
  /**
   * `settings` gives the server's, and is told a folder for their files. With `names` the server has a name for
   * each family of addresses, and with `flags` the browser is another one.
   */
  constructor({ inside = false, names = false, flags = [], settings = () => [] } = {}) {
    Object.assign(this, { inside, names, flags, settings });
  }

  /** The lab as it should be. */
  async open() {
    if (this.lab && isRunning(this.lab.klinke)) return this;
    await this.close();
    this.folder = mkdtempSync(join(tmpdir(), 'klinke-pictures-'));
    const hosts = this.names ? [`hosts.ipv4=${NAME4}:8080`, `hosts.ipv6=${NAME6}:8080`] : [];
    const settings = [...ALWAYS, ...hosts, ...this.settings(this.folder)].flatMap((setting) => ['--set', setting]);
    this.lab = await openLab({ inside: this.inside, settings });
    this.origin = this.names ? `http://${NAME}:8080` : this.lab.origin;
    /** The addresses of reports that can be looked at more than once, by language. */
    this.reports = {};
    if (this.names) {
      await answerNames(this.lab, [[NAME, this.lab.server], [NAME4, this.lab.server], [NAME6, this.lab.server6]]);
      this.browser = await browserWithNames(this.lab.folder);
    } else {
      this.browser = await openBrowser(...this.flags);
    }
    return this;
  }

  async close() {
    await this.browser?.close();
    await this.lab?.stop();
    if (this.folder) rmSync(this.folder, { recursive: true, force: true });
    this.browser = this.lab = this.folder = undefined;
  }
}

const isRunning = (program) => program.exitCode === null && program.signalCode === null;
