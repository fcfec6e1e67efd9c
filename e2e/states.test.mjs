// The states of a TCP port, told apart on real sockets: a real kernel behind a real firewall.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { BIN, ownNetwork, scan, scanBeside } from './lab.mjs';

const OPEN = 1000;
const RESET = [1001, 1002];
const DROPPED = [1010, 1011, 1012];
const PROHIBITED = 1020;
const NO_HOST = 1021;
const NO_PORT = 1022;
let listeners;

before(async () => {
  ownNetwork();
  execFileSync('nft', ['-f', '-'], { input: `
table inet lab {
  chain into { type filter hook input priority 0;
    tcp dport { ${DROPPED.join(', ')} } drop
    ip protocol tcp tcp dport ${PROHIBITED} reject with icmp admin-prohibited
    ip protocol tcp tcp dport ${NO_HOST} reject with icmp host-unreachable
    ip protocol tcp tcp dport ${NO_PORT} reject with icmp port-unreachable
    ip6 nexthdr tcp tcp dport ${PROHIBITED} reject with icmpv6 admin-prohibited
    ip6 nexthdr tcp tcp dport ${NO_HOST} reject with icmpv6 addr-unreachable
    ip6 nexthdr tcp tcp dport ${NO_PORT} reject with icmpv6 port-unreachable
  }
}` });
  listeners = await Promise.all(['127.0.0.1', '::1'].map((host) => new Promise((done) => {
    const server = createServer().listen(OPEN, host, () => done(server));
  })));
});

after(() => {
  for (const server of listeners ?? []) server.close();
  execFileSync('nft', ['delete', 'table', 'inet', 'lab']);
});

for (const host of ['127.0.0.1', '::1']) {
  test(`open, closed, silent and prohibited ports are told apart with their evidence at ${host}`, () => {
    const asked = [OPEN, ...RESET, ...DROPPED, PROHIBITED, NO_HOST, NO_PORT];
    const { ports, summary } = scan(host, '--tcp', asked.join(','));
    const at = (port) => ports.find((line) => line.port === port);
    assert.equal(at(OPEN).state, 'open');
    assert.equal(at(OPEN).evidence.kind, 'accepted');
    for (const port of RESET) {
      assert.equal(at(port).state, 'closed', `${port}`);
      assert.equal(at(port).evidence.kind, 'refused', `${port}`);
    }
    for (const port of DROPPED) {
      assert.equal(at(port).state, 'filtered', `${port}`);
      assert.deepEqual(at(port).evidence, { kind: 'silence', tries: 3 }, `${port}`);
    }
    const icmp = { [PROHIBITED]: 'prohibited', [NO_HOST]: 'host-unreachable', [NO_PORT]: 'port-unreachable' };
    for (const [port, kind] of Object.entries(icmp)) {
      const { state, evidence } = at(Number(port));
      assert.equal(state, 'filtered', port);
      assert.equal(evidence.icmp, kind, port);
      assert.equal(evidence.from, host, port);
    }
    assert.deepEqual([summary.open, summary.closed, summary.filtered, summary.not_tested], [1, 2, 6, 0]);
  });
}

test('our own faults are not tested, never closed and never silent', () => {
  const faults = { '10.9.9.9': 'no-route', '10.8.8.8': 'forbidden', 'fd00::9': 'no-route' };
  execFileSync('ip', ['route', 'add', 'prohibit', '10.8.8.8']);
  for (const [address, fault] of Object.entries(faults)) {
    const { ports, summary } = scan(address, '--tcp', '80');
    assert.equal(ports[0].state, 'not-tested', address);
    assert.deepEqual(ports[0].evidence, { kind: 'not-asked', fault }, address);
    assert.equal(summary.verdict.headline.kind, 'nothing-tested', address);
  }
});

test('a door that hangs up at once is open, every time', async () => {
  const doors = await Promise.all(Array.from({ length: 100 }, (_, index) => new Promise((done) => {
    const server = createServer((socket) => socket.resetAndDestroy()).listen(4000 + index, '127.0.0.1', () => done(server));
  })));
  const { summary } = await scanBeside('127.0.0.1', '--tcp', '4000-4099');
  for (const server of doors) server.close();
  assert.deepEqual([summary.open, summary.closed], [100, 0]);
});

test('a scan of the ports that it asks from never takes itself for a door', () => {
  for (let round = 0; round < 3; round += 1) {
    const { summary } = scan('127.0.0.1', '--tcp', '32768-60999', '--rate', '5000');
    assert.deepEqual([summary.open, summary.closed], [0, 28_232], `round ${round}`);
  }
});

test('ten thousand ports that ICMP rejects give not one phantom', () => {
  execFileSync('nft', ['add', 'rule', 'inet', 'lab', 'into', 'ip', 'protocol', 'tcp', 'tcp', 'dport', '20000-29999', 'reject', 'with', 'icmp', 'admin-prohibited']);
  const { summary } = scan('127.0.0.1', '--tcp', '20000-29999', '--rate', '5000');
  assert.equal(summary.open, 0);
  assert.equal(summary.closed, 0);
  assert.equal(summary.filtered, 10_000);
});

test('too few descriptors slow the scan and lose nothing', () => {
  const limited = execFileSync('bash', ['-c', `ulimit -n 40; exec "$KLINKE" scan 127.0.0.1 --tcp 1000-1002,3000-3999 --json`], { env: { PATH: process.env.PATH, KLINKE: BIN } });
  const { summary } = JSON.parse(limited.toString().trim().split('\n').at(-1));
  assert.deepEqual([summary.open, summary.closed, summary.not_tested], [1, 1002, 0]);
});
