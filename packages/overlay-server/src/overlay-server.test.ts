import { once } from 'node:events';
import { connect } from 'node:net';
import { encodeWireFrame, peekWireHeader } from '@pose-coach/core/codec';
import { afterEach, describe, expect, it } from 'vitest';
import { createAccess } from './access.ts';
import { createOverlayServer, type OverlayServer } from './overlay-server.ts';
import type { OverlayServerOptions } from './overlay-server-options.ts';
import { RawClient, testFrame } from './raw-client.test-support.ts';

const TOKEN = 'a-token-for-these-tests';
const KEY = createAccess(TOKEN).viewerKey('main');

const servers: OverlayServer[] = [];
const clients: RawClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.terminate();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function start(options: OverlayServerOptions = {}): Promise<OverlayServer> {
  const server = createOverlayServer({ port: 0, token: TOKEN, ...options });
  servers.push(server);
  await server.listen();
  return server;
}

function client(server: OverlayServer, options = {}): RawClient {
  const made = new RawClient(server.addresses.server, options);
  clients.push(made);
  return made;
}

function sequences(watcher: RawClient): number[] {
  return watcher.frames.map((frame) => {
    const header = peekWireHeader(frame);
    if (!header.ok) throw header.error;
    return header.value.sequence;
  });
}

describe('the overlay server', () => {
  it('relays poses to every subscriber of the channel, byte for byte, and to no other channel', async () => {
    const server = await start();
    const publisher = await client(server).join('publisher', TOKEN);
    const [one, two] = await Promise.all([
      client(server).join('subscriber', KEY),
      client(server).join('subscriber', TOKEN),
    ]);
    const elsewhere = await client(server).join(
      'subscriber',
      createAccess(TOKEN).viewerKey('other'),
      'other',
    );
    const bytes = encodeWireFrame(testFrame(7));
    publisher.socket.send(bytes);
    for (const watcher of [one, two]) {
      await watcher.until(() => watcher.frames.length === 1, 'the pose');
      expect(watcher.frames[0]?.equals(bytes)).toBe(true);
    }
    await elsewhere.settled();
    expect(elsewhere.frames).toEqual([]);
  });

  it('relays poses of every size up to the limit', async () => {
    const server = await start();
    const publisher = await client(server).join('publisher', TOKEN);
    const watcher = await client(server).join('subscriber', KEY);
    const nobody = encodeWireFrame(testFrame(1, 0));
    // A header is all that a relay looks at: what follows it may be anything.
    for (const length of [nobody.length, 125, 126, 65_535, 65_536]) {
      const bytes = Buffer.alloc(length, 7);
      bytes.set(nobody);
      publisher.socket.send(bytes);
      const before = watcher.frames.length;
      await watcher.until(() => watcher.frames.length > before, `${length} bytes`);
      expect(watcher.frames.at(-1)?.equals(bytes)).toBe(true);
    }
    expect(nobody.length).toBeLessThan(125);
  });

  it('gives a late joiner the whole state at once, and the next pose', async () => {
    const server = await start();
    const publisher = await client(server).join('publisher', TOKEN);
    publisher.say({ type: 'state', entries: { score: 3, name: 'Ada', gone: true } });
    publisher.say({ type: 'state', entries: { score: 4, gone: null } });
    publisher.socket.send(encodeWireFrame(testFrame(1)));
    await publisher.settled();
    const late = await client(server).join('subscriber', KEY);
    expect(late.messages[0]).toMatchObject({
      type: 'welcome',
      live: true,
      revision: 2,
      state: { score: 4, name: 'Ada' },
    });
    expect(late.messages[0]).not.toHaveProperty('state.gone');
    publisher.socket.send(encodeWireFrame(testFrame(2)));
    await late.until(() => late.frames.length > 0, 'the next pose');
    expect(sequences(late)).toEqual([2]);
  });

  it('tells subscribers of every change of state, with rising revisions', async () => {
    const server = await start();
    const watcher = await client(server).join('subscriber', KEY);
    const publisher = await client(server).join('publisher', TOKEN);
    publisher.say({ type: 'state', entries: { a: 1 } });
    publisher.say({ type: 'state', entries: { b: [true, { c: null }] } });
    await watcher.until(() => watcher.messages.filter(({ type }) => type === 'state').length === 2, 'both');
    expect(watcher.messages.filter(({ type }) => type === 'state')).toEqual([
      { type: 'state', revision: 1, entries: { a: 1 } },
      { type: 'state', revision: 2, entries: { b: [true, { c: null }] } },
    ]);
  });

  it('tells subscribers when the publisher comes and goes', async () => {
    const server = await start();
    const watcher = await client(server).join('subscriber', KEY);
    expect(watcher.messages[0]).toMatchObject({ type: 'welcome', live: false });
    const publisher = await client(server).join('publisher', TOKEN);
    await watcher.until(() => watcher.messages.length === 2, 'the coming');
    publisher.socket.terminate();
    await watcher.until(() => watcher.messages.length === 3, 'the going');
    expect(watcher.messages.slice(1)).toEqual([
      { type: 'source', live: true, liveSince: expect.any(Number) },
      { type: 'source', live: false },
    ]);
  });

  it('lets a second publisher take over, and closes the first with a code that says so', async () => {
    const server = await start();
    const watcher = await client(server).join('subscriber', KEY);
    const first = await client(server).join('publisher', TOKEN);
    const second = await client(server).join('publisher', TOKEN);
    expect(await first.closed).toMatchObject({ code: 4409 });
    expect(first.messages.at(-1)).toMatchObject({ type: 'error', code: 'CHANNEL_BUSY' });
    second.socket.send(encodeWireFrame(testFrame(5)));
    await watcher.until(() => watcher.frames.length === 1, 'the second’s pose');
    const [came, taken] = watcher.messages.filter(({ type }) => type === 'source');
    expect(came).toEqual({ type: 'source', live: true, liveSince: expect.any(Number) });
    // The show goes on: it is the same session.
    expect(taken).toEqual(came);
  });

  it('gives a client that stalled the newest pose when it reads again, not all that it missed', async () => {
    const server = await start({ limits: { publisherMessages: 100_000 } });
    const publisher = await client(server).join('publisher', TOKEN);
    const stalled = await client(server).join('subscriber', KEY);
    const healthy = await client(server).join('subscriber', KEY);
    stalled.socket.pause();
    // 20 people are 6 kB: a second of what the operating system would queue for minutes.
    const FRAMES = 4000;
    for (let sequence = 1; sequence <= FRAMES; sequence += 1) {
      publisher.socket.send(encodeWireFrame(testFrame(sequence, 20)));
      if (sequence % 50 === 0) await publisher.settled();
    }
    await publisher.settled();
    await healthy.until(() => sequences(healthy).at(-1) === FRAMES, 'the last pose', 10_000);
    stalled.socket.resume();
    await stalled.until(() => sequences(stalled).at(-1) === FRAMES, 'the newest pose', 10_000);
    const { skipped } = server.health().traffic;
    expect(skipped).toBeGreaterThan(100);
    expect(stalled.frames.length).toBeLessThan(FRAMES - 100);
    // In order, nothing twice.
    const seen = sequences(stalled);
    expect(seen).toEqual([...new Set(seen)].sort((one, other) => one - other));
  }, 60_000);

  it('closes a client that takes nothing for too long, with a reason', async () => {
    const server = await start({ limits: { unresponsiveAfter: 1000 } });
    const deaf = await client(server, { autoPong: false }).join('subscriber', KEY);
    expect(await deaf.closed).toMatchObject({ code: 4408, reason: expect.stringContaining('taken nothing') });
    await expect.poll(() => server.health().clients.subscribers).toBe(0);
  }, 15_000);

  it('cuts the connection of a client that does not even read its end', async () => {
    const server = await start({ limits: { unresponsiveAfter: 1000 } });
    const dead = await client(server, { autoPong: false }).join('subscriber', KEY);
    dead.socket.pause();
    await expect.poll(() => server.health().clients.subscribers, { timeout: 10_000 }).toBe(0);
  }, 15_000);

  it('refuses a wrong token, a wrong key and none at all', async () => {
    const server = await start();
    const attempts = [
      { role: 'publisher', token: 'not-the-token-of-this' },
      { role: 'publisher', token: KEY },
      { role: 'publisher' },
      { role: 'subscriber', token: createAccess(TOKEN).viewerKey('other') },
      { role: 'subscriber' },
    ];
    for (const attempt of attempts) {
      const stranger = await client(server).open();
      stranger.say({ type: 'hello', version: 1, channel: 'main', ...attempt });
      expect(await stranger.closed, JSON.stringify(attempt)).toMatchObject({ code: 4401 });
      expect(stranger.messages).toEqual([expect.objectContaining({ type: 'error', code: 'UNAUTHORIZED' })]);
    }
  });

  it('refuses pages of other hosts, and lets in its own, the operator’s and programs', async () => {
    const server = await start({ origins: ['https://club.example'] });
    const { port } = new URL(server.addresses.server);
    const refused = [
      'https://evil.example',
      'null',
      'http://127.0.0.1.evil.example',
      'https://club.example:444',
    ];
    for (const origin of refused) {
      const stranger = client(server, { origin });
      expect(await stranger.closed, origin).toMatchObject({ code: 4403 });
    }
    // DNS rebinding: the stranger's own name points here, so that its origin and the host agree.
    const rebound = client(server, {
      origin: `http://evil.example:${port}`,
      headers: { host: `evil.example:${port}` },
    });
    expect(await rebound.closed).toMatchObject({ code: 4403 });
    const allowed = [`http://127.0.0.1:${port}`, 'http://localhost:5173', 'https://club.example', undefined];
    for (const origin of allowed) {
      const friend = client(server, origin === undefined ? {} : { origin });
      await friend.join('subscriber', KEY);
    }
  });

  it('closes whoever sends what the protocol does not allow, and leaves the channel untouched', async () => {
    const server = await start();
    const publisher = await client(server).join('publisher', TOKEN);
    const watcher = await client(server).join('subscriber', KEY);
    const faults: ReadonlyArray<readonly [number, (bad: RawClient) => Promise<void> | void]> = [
      [4400, (bad) => bad.socket.send('not json')],
      [4400, (bad) => bad.socket.send(Buffer.from([1, 2, 3]))],
      [4400, (bad) => bad.say({ type: 'ping', sentAt: 1 })],
      [4400, (bad) => bad.say({ type: 'hello', version: 1, role: 'boss', channel: 'main' })],
      [4406, (bad) => bad.say({ type: 'hello', version: 2, colour: 'new' })],
      [1009, (bad) => bad.socket.send('x'.repeat(70_000))],
      [1007, (bad) => bad.socket.send(Buffer.from([0xff, 0xfe]), { binary: false })],
      [
        4400,
        async (bad) => {
          await bad.join('subscriber', KEY);
          bad.socket.send(encodeWireFrame(testFrame(1)));
        },
      ],
      [
        4400,
        async (bad) => {
          await bad.join('subscriber', KEY);
          bad.say({ type: 'state', entries: { score: 1 } });
        },
      ],
      [
        4400,
        async (bad) => {
          await bad.join('publisher', TOKEN, 'elsewhere');
          bad.socket.send(Buffer.from('a pose, honestly'));
        },
      ],
      [
        4413,
        async (bad) => {
          await bad.join('publisher', TOKEN, 'elsewhere');
          bad.say({ type: 'state', entries: { long: 'x'.repeat(40_000) } });
        },
      ],
    ];
    for (const [index, [code, misbehave]] of faults.entries()) {
      const bad = await client(server).open();
      await misbehave(bad);
      expect((await bad.closed).code, `fault ${index}`).toBe(code);
    }
    publisher.socket.send(encodeWireFrame(testFrame(9)));
    await watcher.until(() => watcher.frames.length > 0, 'the pose');
    expect(sequences(watcher)).toEqual([9]);
    expect(watcher.messages).toHaveLength(1);
    expect(server.health().traffic.refused).toBe(faults.length);
  });

  it('names the field that is wrong', async () => {
    const server = await start();
    const publisher = await client(server).join('publisher', TOKEN);
    publisher.say({ type: 'state', entries: { 'score board': 1 } });
    expect((await publisher.closed).reason).toContain('entries.score board:');
  });

  it('ignores message types and fields that it does not know, and counts the types', async () => {
    const server = await start();
    const publisher = await client(server).join('publisher', TOKEN);
    publisher.say({ type: 'hologram', data: 1 });
    publisher.say({ type: 'ping', sentAt: 5, colour: 'red' });
    expect(await publisher.message('pong')).toMatchObject({ sentAt: 5 });
    expect(server.health().traffic.ignored).toBe(1);
  });

  it('closes a publisher that floods, and nobody else', async () => {
    const server = await start({ limits: { publisherMessages: 60 } });
    const watcher = await client(server).join('subscriber', KEY);
    const flood = await client(server).join('publisher', TOKEN);
    for (let sequence = 1; sequence <= 500; sequence += 1) {
      flood.socket.send(encodeWireFrame(testFrame(sequence)));
    }
    expect(await flood.closed).toMatchObject({ code: 4429 });
    await watcher.settled();
    // 60 a second, twice as many at once, and what a slow machine lets through while it reads them.
    expect(watcher.frames.length).toBeGreaterThanOrEqual(120);
    expect(watcher.frames.length).toBeLessThan(300);
  });

  it('limits connections per address, and counts them down again', async () => {
    const server = await start({ limits: { connectionsPerAddress: 3 } });
    const inside = await Promise.all([1, 2, 3].map(() => client(server).join('subscriber', KEY)));
    expect(await client(server).closed).toMatchObject({ code: 4429 });
    inside[0]?.socket.close();
    await inside[0]?.closed;
    await client(server).join('subscriber', KEY);
  });

  it('closes a connection that does not say hello', async () => {
    const server = await start({ limits: { helloWithin: 100 } });
    expect(await client(server).closed).toMatchObject({
      code: 4408,
      reason: expect.stringContaining('hello'),
    });
  });

  it('says goodbye to everybody when it closes, and is gone soon even if somebody does not answer', async () => {
    const server = await start();
    const polite = await client(server).join('subscriber', KEY);
    const deaf = await client(server).join('subscriber', KEY);
    deaf.socket.pause();
    const idle = connect(Number(new URL(server.addresses.server).port), '127.0.0.1');
    await once(idle, 'connect');
    const began = performance.now();
    await server.close();
    expect(performance.now() - began).toBeLessThan(2000);
    expect(await polite.closed).toMatchObject({ code: 1001 });
    idle.destroy();
  });

  it('answers an upgrade on any other path with 404', async () => {
    const server = await start();
    const lost = new RawClient(`${server.addresses.server}/elsewhere`);
    clients.push(lost);
    expect(await lost.closed).toMatchObject({ code: 1006 });
  });
});
