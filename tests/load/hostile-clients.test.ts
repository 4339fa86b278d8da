import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { decodeWireFrame, encodeWireFrame } from '../../packages/core/src/codec/index.ts';
import { createOverlayServer, type OverlayServer } from '../../packages/overlay-server/src/index.ts';
import { RawClient, testFrame } from '../../packages/overlay-server/src/raw-client.test-support.ts';

const TOKEN = 'a-token-for-these-tests';

/** Mutated messages in all, and connections they may use: most are sent on one that is already broken. */
const MESSAGES = 100_000;
const CONNECTIONS = 3000;
const AT_ONCE = 20;

let server: OverlayServer;

beforeAll(async () => {
  server = createOverlayServer({
    port: 0,
    token: TOKEN,
    limits: { publisherMessages: 1_000_000, subscriberMessages: 1_000_000, controllerMessages: 1_000_000 },
  });
  await server.listen();
});
afterAll(() => server.close());

describe('the server among hostile clients', () => {
  it('survives 100,000 mutated messages, and another channel’s clients notice nothing', async () => {
    const address = server.addresses.server;
    const publisher = await new RawClient(address).join('publisher', TOKEN);
    const watcher = await new RawClient(address).join('subscriber', TOKEN);
    publisher.say({ type: 'state', entries: { score: 1 } });

    // The bystanders: thirty poses a second all the while, and every one has to arrive.
    let sequence = 0;
    const stream = setInterval(() => {
      sequence += 1;
      publisher.socket.send(encodeWireFrame(testFrame(sequence)));
    }, 33);

    const random = pseudoRandom(20_261_103);
    const tally = { sent: 0, connections: 0 };
    const codes = new Map<number, number>();
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (tally.sent < MESSAGES) {
          tally.connections += 1;
          const code = await attack(address, random, tally);
          codes.set(code, (codes.get(code) ?? 0) + 1);
        }
      }),
    );
    clearInterval(stream);
    await publisher.settled();
    await watcher.until(() => watcher.frames.length === sequence, `all ${sequence} poses`);

    expect(tally.sent).toBeGreaterThanOrEqual(MESSAGES);
    expect(tally.connections).toBeLessThanOrEqual(CONNECTIONS);
    // Closed by a code of the protocol's or of RFC 6455, or left by the attacker itself (1005); never by a fault (1011).
    expect(
      [...codes.keys()].filter(
        (code) => ![1002, 1005, 1007, 1009, 4400, 4401, 4406, 4409, 4413].includes(code),
      ),
    ).toEqual([]);
    expect(codes.get(4400)).toBeGreaterThan(100);

    const received = watcher.frames.map((bytes) => {
      const decoded = decodeWireFrame(bytes);
      return decoded.ok ? decoded.value.frame.sequence : -1;
    });
    expect(received).toEqual(Array.from({ length: sequence }, (_, index) => index + 1));
    expect(watcher.messages.filter(({ type }) => type !== 'pong')).toEqual([
      expect.objectContaining({ type: 'welcome', live: true }),
      { type: 'state', revision: 1, entries: { score: 1 } },
    ]);
    expect(server.health().clients).toEqual({ publishers: 1, subscribers: 1, controllers: 0 });
    // Thousands were good enough to be relayed: it is not only the first of each connection that is looked at.
    expect(server.health().traffic.relayed - sequence).toBeGreaterThan(2000);
    publisher.socket.terminate();
    watcher.socket.terminate();
  }, 120_000);

  it('keeps no memory of connections that are gone', async () => {
    const address = server.addresses.server;
    await expect.poll(() => server.health().channels).toEqual([]);
    for (let round = 0; round < 20; round += 1) {
      const clients = await Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          new RawClient(address).join('subscriber', TOKEN, `c${index}`),
        ),
      );
      for (const client of clients) client.socket.terminate();
    }
    await expect.poll(() => server.health().channels).toEqual([]);
  }, 60_000);
});

/**
 * One connection: says hello rightly or wrongly, then sends mutated messages until it is closed. Messages go out in
 * bundles, so that what follows a fault is thrown at a connection that is being closed.
 * @returns the close code
 */
async function attack(address: string, random: () => number, tally: { sent: number }): Promise<number> {
  const client = await new RawClient(address).open();
  const { socket } = client;
  const channel = `attacked-${Math.floor(random() * 3)}`;
  const role = ROLES[Math.floor(random() * ROLES.length)];
  if (random() < 0.9) client.say({ type: 'hello', version: 1, role, channel, token: TOKEN });
  for (let bundle = 0; bundle < 20 && socket.readyState === WebSocket.OPEN; bundle += 1) {
    for (let index = 0; index < 12; index += 1) {
      const message = mutatedMessage(random);
      socket.send(message.data, { binary: message.binary });
      tally.sent += 1;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  socket.close();
  const { code } = await client.closed;
  return code;
}

/** Mostly publishers: they have most to say. */
const ROLES = ['publisher', 'publisher', 'publisher', 'controller', 'subscriber'];

const POSE = Buffer.from(encodeWireFrame(testFrame(1, 2)));
const TEXTS = [
  '{"type":"hello","version":1,"role":"publisher","channel":"attacked","token":"abc"}',
  '{"type":"state","entries":{"score":1,"list":[1,2,{"a":null}]}}',
  '{"type":"ping","sentAt":123.5}',
  '{"type":"hologram","depth":[[[[]]]]}',
  '{"type":"readings","readings":[{"metric":"a.b","timestamp":5,"status":"ok","value":[1,2],"confidence":1}],"cues":[]}',
  '{"type":"painted","frames":60,"median":40,"longest":90}',
  '{"type":"request","id":1,"method":"stage.change","params":{"change":{"removed":["vertical"]},"base":9e15}}',
  '{"type":"request","id":2,"method":"trigger.test","params":{"scene":"dance","trigger":"x","dry":false}}',
  '{"type":"request","id":3,"method":"obs.connect","params":{"address":"ws://127.0.0.1:1","remember":true}}',
].map((text) => Buffer.from(text));

/** A message with some bytes changed, missing, doubled or sent as what it is not. */
function mutatedMessage(random: () => number): { readonly data: Buffer; readonly binary: boolean } {
  const isPose = random() < 0.7;
  const original = isPose ? POSE : (TEXTS[Math.floor(random() * TEXTS.length)] as Buffer);
  let data = Buffer.from(original);
  const faults = Math.floor(random() * 3);
  for (let fault = 0; fault < faults; fault += 1) {
    const at = Math.floor(random() * data.length);
    const kind = random();
    if (kind < 0.6 && data.length > 0) data[at] = Math.floor(random() * 256);
    else if (kind < 0.75) data = data.subarray(0, at);
    else if (kind < 0.9) data = Buffer.concat([data.subarray(0, at), data.subarray(at >> 1)]);
    else if (kind < 0.905) data = Buffer.alloc(70_000, data);
  }
  // Now and then text as bytes, and bytes as text.
  return { data, binary: random() < 0.01 ? !isPose : isPose };
}

/** Mulberry32, a small generator of numbers in [0, 1): the same attack in every run. */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
