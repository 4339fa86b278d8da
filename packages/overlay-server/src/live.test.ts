import type { PoseCoachError } from '@pose-coach/core';
import {
  type LivePublisher,
  type LiveSocketConstructor,
  type LiveSubscriber,
  type PublisherStatus,
  publishPoses,
  type ReceivedFrame,
  subscribePoses,
} from '@pose-coach/core/live';
import { filter, firstValueFrom, map, timeout } from 'rxjs';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createAccess } from './access.ts';
import { createOverlayServer, type OverlayServer } from './overlay-server.ts';
import { testFrame } from './raw-client.test-support.ts';

const TOKEN = 'a-token-for-these-tests';
const KEY = createAccess(TOKEN).viewerKey('main');

const owned: { dispose(): void }[] = [];
const servers = new Set<OverlayServer>();

afterEach(async () => {
  for (const each of owned.splice(0)) each.dispose();
  await Promise.all([...servers].map((server) => server.close()));
  servers.clear();
});

async function start(port = 0, token = TOKEN): Promise<OverlayServer> {
  const server = createOverlayServer({ port, token });
  servers.add(server);
  await server.listen();
  return server;
}

async function stop(server: OverlayServer): Promise<number> {
  const port = Number(new URL(server.addresses.server).port);
  await server.close();
  servers.delete(server);
  return port;
}

function publish(server: OverlayServer, options: { token?: string; WebSocket?: LiveSocketConstructor } = {}) {
  const publisher = publishPoses({ url: server.addresses.server, token: TOKEN, ...options });
  owned.push(publisher);
  return publisher;
}

function subscribe(server: OverlayServer, options: { WebSocket?: LiveSocketConstructor } = {}) {
  const subscriber = subscribePoses({ url: server.addresses.server, key: KEY, ...options });
  owned.push(subscriber);
  return subscriber;
}

function isLive(publisher: LivePublisher, wanted: PublisherStatus['status'] = 'live') {
  return firstValueFrom(
    publisher.status.pipe(
      filter(({ status }) => status === wanted),
      timeout(10_000),
    ),
  );
}

function sees(subscriber: LiveSubscriber, live: boolean) {
  return firstValueFrom(
    subscriber.source.pipe(
      filter((source) => source.live === live),
      timeout(10_000),
    ),
  );
}

function nextFrame(subscriber: LiveSubscriber): Promise<ReceivedFrame> {
  return firstValueFrom(subscriber.frames.pipe(timeout(10_000)));
}

/** Node's own WebSocket, and the one of `ws`, which Node 20 needs. */
const implementations: readonly (readonly [string, { WebSocket?: LiveSocketConstructor }])[] = [
  ['the platform’s WebSocket', {}],
  ['the WebSocket of ws', { WebSocket }],
];

describe.each(implementations)('publisher and subscriber, with %s, over a real server', (_, sockets) => {
  it('carry a frame across, to half a pixel of 1080p, with its age', async () => {
    const server = await start();
    const publisher = publish(server, sockets);
    const subscriber = subscribe(server, sockets);
    await Promise.all([isLive(publisher), sees(subscriber, true)]);
    const arrival = nextFrame(subscriber);
    const sent = testFrame(3);
    const capturedAt = performance.timeOrigin + performance.now() - 25;
    publisher.send({ ...sent, timings: { capturedAt, stages: {} } });
    const { frame, age, lost } = await arrival;
    expect(lost).toBe(0);
    // One machine, one clock: 25 ms and the way, and no more error than half a round trip.
    expect(age).toBeGreaterThan(20);
    expect(age).toBeLessThan(200);
    expect(frame).toMatchObject({ sequence: 3, width: 640, height: 480 });
    frame.poses[0]?.landmarks.forEach((landmark, index) => {
      const original = sent.poses[0]?.landmarks[index];
      expect(Math.abs(landmark.x - (original?.x ?? Number.NaN)) * 1920).toBeLessThan(0.5);
      expect(Math.abs(landmark.y - (original?.y ?? Number.NaN)) * 1080).toBeLessThan(0.5);
    });
  });

  it('find each other again after the server was restarted, with the whole state', async () => {
    const server = await start();
    const publisher = publish(server, sockets);
    const subscriber = subscribe(server, sockets);
    await Promise.all([isLive(publisher), sees(subscriber, true)]);
    publisher.setState({ score: 7 });
    const gone = sees(subscriber, false);
    const port = await stop(server);
    await gone;
    const again = await start(port);
    await Promise.all([isLive(publisher), sees(subscriber, true)]);
    const state = await firstValueFrom(
      subscriber.state.pipe(
        filter((entries) => entries.score !== undefined),
        timeout(5000),
      ),
    );
    expect(state).toEqual({ score: 7 });
    const arrival = nextFrame(subscriber);
    expect(publisher.send(testFrame(4))).toBe(true);
    expect((await arrival).frame.sequence).toBe(4);
    expect(again.health().clients).toEqual({ publishers: 1, subscribers: 1, controllers: 0 });
  });

  it('tell the first of two publishers that it was replaced, and it stays away', async () => {
    const server = await start();
    const first = publish(server, sockets);
    await isLive(first);
    const second = publish(server, sockets);
    await isLive(second);
    const status = await isLive(first, 'replaced');
    expect(status).toMatchObject({ error: { code: 'CHANNEL_BUSY' } });
    expect(first.send(testFrame(1))).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await firstValueFrom(second.status)).toEqual({ status: 'live' });
  });

  it('tell a publisher with a wrong token what to do', async () => {
    const server = await start();
    const stranger = publish(server, { ...sockets, token: 'not-the-token-of-this' });
    const status = await isLive(stranger, 'refused');
    const words = 'error' in status ? (status.error as PoseCoachError).message : '';
    expect(words).toContain('studio link');
  });

  it('notice at once when the publisher leaves', async () => {
    const server = await start();
    const publisher = publish(server, sockets);
    const subscriber = subscribe(server, sockets);
    await Promise.all([isLive(publisher), sees(subscriber, true)]);
    const began = performance.now();
    publisher.dispose();
    await sees(subscriber, false);
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('count what was never sent as lost', async () => {
    const server = await start();
    const publisher = publish(server, sockets);
    const subscriber = subscribe(server, sockets);
    await Promise.all([isLive(publisher), sees(subscriber, true)]);
    const lost = firstValueFrom(
      subscriber.frames.pipe(
        filter(({ frame }) => frame.sequence === 9),
        map((received) => received.lost),
        timeout(5000),
      ),
    );
    publisher.send(testFrame(5));
    publisher.send(testFrame(9));
    expect(await lost).toBe(3);
    expect(subscriber.counts).toMatchObject({ received: 2, lost: 3 });
  });
});
