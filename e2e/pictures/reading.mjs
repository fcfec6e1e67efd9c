// What there is to read, and addresses that lead nowhere.
import { wholePage } from '../browser.mjs';
import { office } from './start.mjs';

const TO_READ = {
  sample: { de: 'beispielbericht', en: 'sample-report' },
  learn: { de: 'wissen', en: 'knowledge' }, ports: { de: 'offene-ports', en: 'open-ports' }, limits: { de: 'grenzen', en: 'limits' },
  'needed-for': { de: 'wozu-ports', en: 'what-ports-are-for' }, 'in-office': { de: 'ports-im-buero', en: 'ports-in-the-office' },
  'reading-result': { de: 'ergebnis-lesen', en: 'reading-a-result' }, router: { de: 'portfreigaben-finden', en: 'find-port-forwardings' },
  'seen-us': { de: 'verbindung-von-uns', en: 'connection-from-us' }, tips: { de: 'tipps', en: 'tips' },
  services: { de: 'dienste', en: 'services' }, 'services-found': { de: 'dienste?q=fern', en: 'services?q=remote' },
  'services-none': { de: 'dienste?q=gibtesnicht', en: 'services?q=nosuchthing' },
  service: { de: 'dienst/rdp', en: 'service/rdp' }, port: { de: 'port/8080', en: 'port/8080' },
  'port-unknown': { de: 'port/40405', en: 'port/40405' },
  glossary: { de: 'glossar', en: 'glossary' }, tip: { de: 'tipp/firewall-durchgaengig', en: 'tip/consistent-firewall' },
  nowhere: { de: 'gibt/es/nicht', en: 'not/here' }, gone: { de: `pruefung/${'f'.repeat(32)}`, en: `check/${'f'.repeat(32)}` },
};

export const READING = [{
  place: office,
  states: Object.fromEntries(Object.entries(TO_READ).map(([name, paths]) => [name, async ({ page, open, language }) => {
    await open(paths[language]);
    await wholePage(page, paths[language]);
    // Until the program has come, the page of a check says that it is knocking.
    if (name === 'gone') await page.locator('.message').waitFor();
  }])),
}];
