// Everything that somebody may try to have another address checked than their own: forged headers, odd
// spellings, others' tickets, others' reports. What leaves the server is counted by the kernel, in the server's own network.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { OFFICE, OFFICE6, SERVER, SERVER6, openLab, openProxy } from './lab.mjs';

/** Somebody else, on the internet. */
const OTHER = '8.8.8.8';
const OTHER6 = '2001:4860:4860::8888';
/** A neighbour of the visitor, who has a line of their own. */
const NEIGHBOUR = '1.2.3.5';
/** Where nginx stands, the operator's own proxy. */
const PROXY = 80;

let lab;
/** The names of finished checks: of the visitor's own address, and of a neighbour's. */
let own, neighbours;
before(async () => {
  lab = await openLab({ settings: ['--set', `proxies.trusted=${SERVER}`, '--set', 'stun.port=0'] });
  execFileSync('ip', ['address', 'add', `${NEIGHBOUR}/32`, 'dev', 'office']);
  own = await finished(await raw(begin([await ticket(OFFICE)])));
  neighbours = await finished(await raw(begin([await ticket(NEIGHBOUR)]), { from: NEIGHBOUR }));
  within('nft', '-f', '-', { input: `
table inet seen {
  counter others { }
  counter own { }
  chain out { type filter hook output priority 0;
    oif lo tcp sport 8080 accept
    oif lo tcp dport 8080 accept
    tcp sport { 80, 8080 } accept
    meta l4proto != { tcp, udp } accept
    tcp flags & (fin | rst | ack) != 0 accept
    ip daddr ${OFFICE} counter name own accept
    ip6 daddr ${OFFICE6} counter name own accept
    counter name others
  }
}` });
  await openProxy(lab);
});
after(async () => { await lab?.stop(); });

/** A program in the server's network. */
function within(program, ...args) {
  const options = typeof args.at(-1) === 'object' ? args.pop() : {};
  return execFileSync('nsenter', [`--net=/proc/${lab.klinke.pid}/ns/net`, program, ...args], options).toString();
}

/** How many first packets left for the visitor's own addresses, and for anybody else's. */
function sent() {
  const listed = JSON.parse(within('nft', '-j', 'list', 'counters')).nftables;
  const packets = (name) => listed.find((entry) => entry.counter?.name === name).counter.packets;
  return { own: packets('own'), others: packets('others') };
}

/** Bytes to the server, and everything that it answers. */
function raw(bytes, { from = OFFICE, port = 8080 } = {}) {
  const host = from.includes(':') ? SERVER6 : SERVER;
  return new Promise((done, failed) => {
    const socket = connect({ host, port, localAddress: from });
    let answer = '';
    socket.setTimeout(20_000, () => { socket.destroy(); failed(new Error(`no end: ${answer}`)); });
    socket.on('data', (data) => { answer += data.toString('latin1'); });
    socket.on('error', () => done(answer));
    socket.on('close', () => done(answer));
    socket.write(Buffer.from(bytes, 'latin1'));
  });
}

/** A request in its bytes. */
function request(method, path, { host = SERVER, headers = [], body = '', type = 'application/x-www-form-urlencoded', version = '1.1' } = {}) {
  const lines = [`${method} ${path} HTTP/${version}`, ...(host === null ? [] : [`Host: ${host}`]), ...headers,
    `Content-Type: ${type}`, `Content-Length: ${Buffer.byteLength(body, 'latin1')}`, 'Connection: close'];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** A check as a terminal begins it: it needs no ticket, so nothing but the address stands in the way. */
const check = (more = {}) => request('POST', '/check', { body: 'consent=yes&profile=quick', ...more });
const headed = (...headers) => check({ headers });

/** A check as the page begins it. */
const begin = (tickets, more = {}) => request('POST', '/api/checks', {
  type: 'application/json', body: JSON.stringify({ tickets, consent: true, profile: 'quick', ...more.fields }), ...more,
});

/** A recheck of one door as the page begins it. */
const again = (id, tickets, more = {}) => request('POST', `/api/checks/${id}/recheck`, {
  type: 'application/json', body: JSON.stringify({ tickets, consent: true, ports: [{ transport: 'tcp', port: 443, ...more.port }], ...more.fields }), ...more,
});

async function ticket(from, query = '') {
  const answer = await raw(request('GET', `/api/visitor${query}`), { from });
  return JSON.parse(answer.slice(answer.indexOf('{'))).ticket;
}

const isRefused = (answer) => /^HTTP\/1\.[01] 4\d\d /.test(answer) || answer === '';
const isRefusedAs = (code) => (answer) => isRefused(answer) && answer.includes(`"code":"${code}"`);

/** What a visitor's own check says when it has ended. */
const isOwn = (answer, address = OFFICE) => answer.includes(` 200 `) && answer.includes(address) && !answer.includes(OTHER);

/** Headers by which others say whose request it is, in every spelling of an address. */
const FORGED = [
  `X-Forwarded-For: ${OTHER}`, `X-Forwarded-For: ${OTHER}, ${OFFICE}`, `X-Forwarded-For: ${OFFICE}, ${OTHER}`,
  `X-Forwarded-For: ${OTHER}\r\nX-Forwarded-For: ${OFFICE}`, `x-forwarded-for:${OTHER}`, 'X-Forwarded-For: ', `X-Forwarded-For: ${OFFICE}`,
  `Forwarded: for=${OTHER}`, `Forwarded: for="[${OTHER6}]:443"`, 'Forwarded: for=unknown', 'Forwarded: for=_hidden', `Forwarded: by=${OTHER};FOR=${OTHER};host=x`,
  `X-Real-IP: ${OTHER}`, `X-Client-IP: ${OTHER}`, `True-Client-IP: ${OTHER}`, `CF-Connecting-IP: ${OTHER}`, `Fastly-Client-IP: ${OTHER}`,
  `X-Cluster-Client-IP: ${OTHER}`, `X-Envoy-External-Address: ${OTHER}`, `X-Forwarded-Host: ${OTHER}`, 'Via: 1.1 proxy', 'CDN-Loop: cdn',
];

/** The same before the operator's own proxy, which adds the true address behind it. */
const BEFORE_THE_PROXY = [
  OTHER, `${OTHER}, ${SERVER}`, `${OTHER},${OTHER},${OTHER}`, '010.010.010.010', '0x8.0x8.0x8.0x8', '134744072', '8.8.2056', `${OTHER}:443`, `"${OTHER}"`,
  `[${OTHER6}]`, `[${OTHER6}]:443`, OTHER6, `${OTHER6}%eth0`, '[fe80::1%25eth0]:80', `::ffff:${OTHER}`, '::ffff:808:808', '64:ff9b::808:808', '2002:808:808::1',
  '2001:0:808:808::1', 'unknown', '_hidden', ',', `${OTHER},`, `,${OTHER}`, `for=${OTHER}`, `${OTHER}\t`, '127.0.0.1', '10.0.0.1', SERVER, OFFICE, 'localhost', 'x'.repeat(3000),
  Array.from({ length: 40 }, () => OTHER).join(', '), `${OTHER}\xa0`,
];

const TRICKS = [
  ...FORGED.map((header) => [`says ${JSON.stringify(header)}`, () => raw(headed(header)), isRefused]),
  [`says so over IPv6`, () => raw(check({ host: `[${SERVER6}]`, headers: [`X-Forwarded-For: ${OTHER6}`] }), { from: OFFICE6 }), isRefused],
  ...BEFORE_THE_PROXY.map((value) => [`says ${JSON.stringify(value.slice(0, 40))} before the proxy`, () => raw(headed(`X-Forwarded-For: ${value}`), { port: PROXY }), isRefused]),
  ['says it twice before the proxy', () => raw(headed(`X-Forwarded-For: ${OTHER}`, `X-Forwarded-For: ${OTHER}`), { port: PROXY }), isRefused],
  ['says it in the newer header before the proxy', () => raw(headed(`Forwarded: for=${OTHER}`), { port: PROXY }), isRefused],
  ['says it with an underscore before the proxy', () => raw(headed(`X_Forwarded_For: ${OTHER}`), { port: PROXY }), (answer) => isOwn(answer)],
  ['has another proxy before the proxy', () => raw(headed('Via: 1.1 other'), { port: PROXY }), isRefused],
  ['folds the header', () => raw(headed(`X-Forwarded-For:\r\n ${OTHER}`)), isRefused],
  ['puts a space before the colon', () => raw(headed(`X-Forwarded-For : ${OTHER}`)), isRefused],
  ['ends a line with a bare line feed', () => raw(check({ headers: [`X-A: b\nX-Forwarded-For: ${OTHER}`] })), isRefused],
  ['speaks HTTP/1.0', () => raw(check({ version: '1.0' })), isRefused],
  ['names no host', () => raw(check({ host: null })), isRefused],
  ['names a foreign host', () => raw(check({ host: 'evil.example' })), isRefused],
  ['names the other as host', () => raw(check({ host: OTHER })), (answer) => isOwn(answer)],
  ['names two hosts', () => raw(check({ headers: ['Host: evil.example'] })), isRefused],
  ['names a host with a user', () => raw(check({ host: `${SERVER}@evil.example` })), isRefused],
  ['asks for a whole address', () => raw(check().replace('POST /check', `POST http://${OTHER}/check`)), (answer) => isRefused(answer) || isOwn(answer)],
  ['asks for a tunnel', () => raw(request('CONNECT', `${OTHER}:80`)), isRefused],
  ['names an address in the query', () => raw(request('POST', `/check?address=${OTHER}&target=${OTHER}`, { body: 'consent=yes&profile=quick' })), (answer) => isRefused(answer) || isOwn(answer)],
  ['names an address in the form', () => raw(check({ body: `consent=yes&profile=quick&address=${OTHER}&target=${OTHER}` })), (answer) => isRefused(answer) || isOwn(answer)],
  ['names an address in the wish', async () => raw(begin([await ticket(OFFICE)], { fields: { address: OTHER } })), isRefused],
  ['gives an address as a ticket', () => raw(begin([OTHER])), isRefused],
  ['gives no ticket', () => raw(begin([])), isRefused],
  ['gives nothing as a ticket', () => raw(begin([''])), isRefused],
  ['gives another visitor’s ticket', async () => raw(begin([await ticket(NEIGHBOUR)])), isRefused],
  ['gives a ticket of the other family', async () => raw(begin([await ticket(OFFICE6)])), isRefused],
  ['gives a changed ticket', async () => raw(begin([changed(await ticket(OFFICE))])), isRefused],
  ['gives a ticket with the address changed', async () => raw(begin([await withAddress(await ticket(OFFICE))])), isRefused],
  ['gives half a ticket', async () => raw(begin([(await ticket(OFFICE)).slice(0, -8)])), isRefused],
  ['gives a ticket with something behind it', async () => raw(begin([`${await ticket(OFFICE)}AAAA`])), isRefused],
  ['gives a companion as a ticket', async () => raw(begin([await ticket(OFFICE6, `?with=${await ticket(OFFICE)}`)]), { from: OFFICE6 }), isRefused],
  ['gives a ticket as a companion', async () => raw(begin([await ticket(OFFICE), await ticket(OFFICE6)])), isRefused],
  ['gives a companion of another ticket', async () => raw(begin([await ticket(OFFICE), await ticket(OFFICE6, `?with=${await ticket(NEIGHBOUR)}`)])), isRefused],
  ['gives a neighbour’s companion', async () => { const own = await ticket(OFFICE); return raw(begin([own, await ticket(NEIGHBOUR, `?with=${own}`)])); }, isRefused],
  ['gives a companion twice', async () => { const own = await ticket(OFFICE); const other = await ticket(OFFICE6, `?with=${own}`); return raw(begin([own, other, other])); }, isRefused],
  ['gives a ticket again', async () => { const own = await ticket(OFFICE); await finished(await raw(begin([own]))); return raw(begin([own])); }, isRefused, { checksBefore: true }],
  ['gives a ticket through the proxy of another', async () => raw(begin([await ticket(NEIGHBOUR)]), { port: PROXY }), isRefused],
  ['has a neighbour’s report asked again', async () => raw(again(neighbours, [await ticket(OFFICE)])), isRefusedAs('other-line')],
  ['has a neighbour’s report asked again with the neighbour’s ticket', async () => raw(again(neighbours, [await ticket(NEIGHBOUR)])), isRefusedAs('ticket-foreign')],
  ['has a neighbour’s report asked again through the proxy', async () => raw(again(neighbours, [await ticket(OFFICE)]), { port: PROXY }), isRefusedAs('other-line')],
  ['has the own report asked again with a neighbour’s ticket', async () => raw(again(own, [await ticket(NEIGHBOUR)])), isRefusedAs('ticket-foreign')],
  ['has the own report asked again from a neighbour’s address', async () => raw(again(own, [await ticket(NEIGHBOUR)]), { from: NEIGHBOUR }), isRefusedAs('other-line')],
  ['has the own report asked again from another address than it tells of', async () => raw(again(own, [await ticket(OFFICE6)], { host: `[${SERVER6}]` }), { from: OFFICE6 }), isRefusedAs('other-line')],
  ['has it asked again with a neighbour’s companion', async () => { const first = await ticket(OFFICE); return raw(again(own, [first, await ticket(NEIGHBOUR, `?with=${first}`)])); }, isRefused],
  ['has it asked again with a ticket as a companion', async () => raw(again(own, [await ticket(OFFICE), await ticket(OFFICE6)])), isRefusedAs('ticket-invalid')],
  ['has it asked again with a companion of another ticket', async () => raw(again(own, [await ticket(OFFICE), await ticket(OFFICE6, `?with=${await ticket(NEIGHBOUR)}`)])), isRefusedAs('ticket-foreign')],
  ['has it asked again with a changed ticket', async () => raw(again(own, [changed(await ticket(OFFICE))])), isRefusedAs('ticket-invalid')],
  ['has it asked again with the address in the ticket changed', async () => raw(again(own, [await withAddress(await ticket(OFFICE))])), isRefusedAs('ticket-invalid')],
  ['has it asked again without a ticket', () => raw(again(own, [])), isRefusedAs('ticket-missing')],
  ['has it asked again with the ticket of a check', async () => { const used = await ticket(OFFICE); await finished(await raw(begin([used]))); return raw(again(own, [used])); }, isRefusedAs('ticket-used'), { checksBefore: true }],
  ['has it asked again twice with one ticket', async () => { const used = await ticket(OFFICE); await finished(await raw(again(own, [used]))); return raw(again(own, [used])); }, isRefusedAs('ticket-used'), { checksBefore: true }],
  ['begins a check with the ticket of a recheck', async () => { const used = await ticket(OFFICE); await finished(await raw(again(own, [used]))); return raw(begin([used])); }, isRefusedAs('ticket-used'), { checksBefore: true }],
  ['has it asked again at an address', async () => raw(again(own, [await ticket(OFFICE)], { fields: { address: OTHER } })), isRefusedAs('invalid-body')],
  ['has it asked again at several addresses', async () => raw(again(own, [await ticket(OFFICE)], { fields: { addresses: [OTHER, OTHER6] } })), isRefusedAs('invalid-body')],
  ['has a door of an address asked again', async () => { const answer = await raw(again(own, [await ticket(OFFICE)], { port: { address: OTHER } })); await finished(answer); return answer; }, (answer) => answer.includes(' 201 ')],
  ['has a door asked again that the report had not planned', async () => raw(again(own, [await ticket(OFFICE)], { port: { port: 60_001 } })), isRefusedAs('ports-refused')],
  ['has it asked again with another address in a header', async () => raw(again(own, [await ticket(OFFICE)], { headers: [`X-Forwarded-For: ${OTHER}`] })), isRefusedAs('behind-proxy')],
  ['has it asked again with another address in a header before the proxy', async () => raw(again(own, [await ticket(OFFICE)], { headers: [`X-Forwarded-For: ${OTHER}`] }), { port: PROXY }), isRefusedAs('behind-proxy')],
  ['has it asked again under a foreign name', async () => raw(again(own, [await ticket(OFFICE)], { host: 'evil.example' })), isRefusedAs('other-name')],
  ['has it asked again by a foreign page', async () => raw(again(own, [await ticket(OFFICE)], { headers: ['Origin: http://evil.example'] })), isRefusedAs('foreign-page')],
  ['comes from a foreign page', () => raw(headed('Origin: http://evil.example')), isRefused],
  ['comes from another site', () => raw(headed('Sec-Fetch-Site: cross-site')), isRefused],
  ['says both how long and in pieces', () => raw(headed('Transfer-Encoding: chunked')), isRefused],
  ['hides a second request behind the first', () => raw(`${check().replace('Connection: close', 'Connection: keep-alive')}${headed(`X-Forwarded-For: ${OTHER}`)}`), (answer) => isOwn(answer)],
  ['asks the proxy for a second request on the same connection', () => raw(`${request('GET', '/healthz').replace('Connection: close', 'Connection: keep-alive')}${headed(`X-Forwarded-For: ${OTHER}`)}`, { port: PROXY }), (answer) => answer.includes(' 403 ')],
];

/** A ticket in which one sign in the middle is another. */
function changed(ticket) {
  const place = ticket.length >> 1;
  const other = ticket[place] === 'A' ? 'B' : 'A';
  return ticket.slice(0, place) + other + ticket.slice(place + 1);
}

/** A ticket in which the visitor's address, wherever it stands, is another's; or one that is changed anyhow. */
function withAddress(ticket) {
  const bytes = (text) => Buffer.from(text.split('.').map(Number));
  const whole = Buffer.from(ticket, 'base64url');
  const place = whole.indexOf(bytes(OFFICE));
  if (place === -1) return changed(ticket);
  bytes(OTHER).copy(whole, place);
  return whole.toString('base64url');
}

/** Waits for the end of a check that has begun, and says its name. */
async function finished(answer) {
  const { id, events } = JSON.parse(answer.slice(answer.indexOf('{')));
  await raw(request('GET', events));
  return id;
}

test('whatever somebody tries, nothing leaves for an address that is not theirs', async (t) => {
  let refused = 0;
  for (const [name, attempt, expected, { checksBefore = false } = {}] of TRICKS) {
    const before = sent();
    const answer = await attempt();
    const after = sent();
    assert.ok(expected(answer), `who ${name} gets: ${answer.slice(0, 600)}`);
    assert.equal(after.others, 0, `who ${name} makes the server speak to somebody else`);
    if (isRefused(answer) && !checksBefore) {
      refused += 1;
      assert.equal(after.own, before.own, `who ${name} is refused, and still something leaves`);
    }
  }
  t.diagnostic(`${TRICKS.length} tricks tried, ${refused} refused, 0 packets to others`);
  assert.ok(TRICKS.length >= 119);
});

test('doors of the visitor’s own report are asked again at their own addresses', async () => {
  const before = sent();
  const answer = await raw(again(own, [await ticket(OFFICE)]));
  assert.ok(answer.includes(' 201 '), answer);
  const id = await finished(answer);
  const after = sent();
  assert.ok(after.own > before.own, 'the door is knocked at');
  assert.equal(after.others, 0);
  const report = await raw(request('GET', `/api/checks/${id}`));
  const { addresses, recheck } = JSON.parse(report.slice(report.indexOf('{')));
  assert.deepEqual([recheck, addresses.map((line) => [line.address, line.planned])], [true, [[OFFICE, { tcp: '443' }]]]);
});

test('a visitor behind the operator’s own proxy is checked at their own address', async () => {
  const before = sent();
  const answer = await raw(check(), { port: PROXY });
  assert.ok(isOwn(answer), answer);
  const after = sent();
  assert.ok(after.own > before.own + 40, 'the visitor’s doors are knocked at');
  assert.equal(after.others, 0);
  const over6 = await raw(check({ host: `[${SERVER6}]` }), { port: PROXY, from: OFFICE6 });
  assert.ok(isOwn(over6, OFFICE6), over6);
});

test('the counter would have seen a packet to somebody else', () => {
  within('bash', '-c', `echo > /dev/udp/${OTHER}/9`);
  assert.ok(sent().others > 0);
});
