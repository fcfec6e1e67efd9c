// What happens to the office's line: firewalls, another address, a door that opens and shuts, names for the server.
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { listening, OFFICE, OFFICE6 } from './lab.mjs';

/** The words before a command that is to run in the network of a program. */
const inNetworkOf = (program) => (program ? ['nsenter', `--net=/proc/${program.pid}/ns/net`] : []);

function run(program, words, input) {
  const [command, ...rest] = [...inNetworkOf(program), ...words];
  execFileSync(command, rest, { input });
}

/** Puts up a firewall in the office, or where a program runs; gives back how it is taken down. */
export function firewall(rules, program) {
  run(program, ['nft', '-f', '-'], `table inet office {\n${rules}\n}`);
  return () => run(program, ['nft', 'delete', 'table', 'inet', 'office']);
}

/** Lets only so many new connections through, as OpenWrt's flood protection does it. */
export const FLOOD_PROTECTION = `chain into { type filter hook input priority 0;
  ip daddr ${OFFICE} tcp flags syn / fin,syn,rst,ack limit rate over 25/second burst 20 packets drop
}`;

/** A route or a rule of them, where a program runs. */
export const routing = (program, ...words) => run(program, ['ip', ...words]);

/** The office has one more address. */
export const moreAddress = (address) => execFileSync('ip', ['address', 'add', `${address}/32`, 'dev', 'office']);

/** The office gets another address for its own, and another of IPv6 where one is given. */
export function otherAddress(address, address6) {
  moreAddress(address);
  execFileSync('ip', ['address', 'del', `${OFFICE}/32`, 'dev', 'office']);
  if (!address6) return;
  execFileSync('ip', ['address', 'add', `${address6}/128`, 'dev', 'office', 'nodad']);
  execFileSync('ip', ['address', 'del', `${OFFICE6}/128`, 'dev', 'office']);
}

/** A door of the office that can be shut; whoever comes is told this. Gives back how it is shut. */
export async function openDoor(port, greeting) {
  const visitors = new Set();
  const server = createServer((visitor) => {
    visitors.add(visitor);
    visitor.on('error', () => {}).on('close', () => visitors.delete(visitor)).write(greeting);
  });
  await new Promise((open) => { server.listen(port, OFFICE, open); });
  return () => new Promise((shut) => {
    server.close(shut);
    for (const visitor of visitors) visitor.destroy();
  });
}

/** The DNS of the office knows these names, each with its address. */
export async function answerNames(lab, names) {
  lab.start('/usr/sbin/dnsmasq', ['--keep-in-foreground', '--conf-file=/dev/null', '--no-resolv', '--no-hosts', '--user=root',
    '--listen-address=127.0.0.1', '--bind-interfaces', ...names.map(([name, address]) => `--host-record=${name},${address}`)]);
  await listening(53);
}
