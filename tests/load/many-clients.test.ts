import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeWireFrame, peekWireHeader } from '../../packages/core/src/codec/index.ts';
import { createOverlayServer, type OverlayServer } from '../../packages/overlay-server/src/index.ts';
import { RawClient, testFrame } from '../../packages/overlay-server/src/raw-client.test-support.ts';

const TOKEN = 'a-token-for-these-tests';

const HEALTHY = 60;
const STALLED = 5;
const RATE = 30;
const SECONDS = 8;

let server: OverlayServer;

beforeAll(async () => {
  server = createOverlayServer({ port: 0, token: TOKEN });
  await server.listen();
});
afterAll(() => server.close());

function sequences({ frames }: RawClient): number[] {
  return frames.map((bytes) => {
    const header = peekWireHeader(bytes);
    return header.ok ? header.value.sequence : -1;
  });
}

describe('the server with many clients', () => {
  it('gives healthy ones every pose in order, and stalled ones the newest instead of what they missed', async () => {
    const address = server.addresses.server;
    const publisher = await new RawClient(address).join('publisher', TOKEN);
    const join = () => new RawClient(address).join('subscriber', TOKEN);
    const healthy = await Promise.all(Array.from({ length: HEALTHY }, join));
    const stalled = await Promise.all(Array.from({ length: STALLED }, join));
    for (const { socket } of stalled) socket.pause();

    const total = RATE * SECONDS;
    for (let sequence = 1; sequence <= total; sequence += 1) {
      publisher.socket.send(encodeWireFrame(testFrame(sequence)));
      await new Promise((resolve) => setTimeout(resolve, 1000 / RATE));
    }
    await publisher.settled();
    const everything = Array.from({ length: total }, (_, index) => index + 1);
    for (const client of healthy) {
      await client.until(() => client.frames.length === total, 'every pose');
      expect(sequences(client)).toEqual(everything);
    }

    for (const { socket } of stalled) socket.resume();
    for (const client of stalled) {
      await client.until(() => sequences(client).at(-1) === total, 'the newest pose');
      const seen = sequences(client);
      // The operating system would have kept all eight seconds of such small poses. A ping goes out every three
      // seconds and poses stop a second after it, so four seconds may have been on their way; two more are slack.
      expect(total - seen.length).toBeGreaterThan(RATE * 2);
      expect(seen).toEqual([...seen].sort((one, other) => one - other));
    }
    expect(server.health().traffic.skipped).toBeGreaterThan(RATE * 2 * STALLED);
    for (const { socket } of [publisher, ...healthy, ...stalled]) socket.terminate();
  }, 60_000);
});
