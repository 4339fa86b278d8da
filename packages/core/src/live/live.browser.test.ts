import { filter, firstValueFrom, timeout } from 'rxjs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { syntheticBody, syntheticFrame, syntheticPose } from '../../../../tests/synthetic-pose.ts';
import { systemClock } from '../base/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import type { LiveReadings } from './channel-view.ts';
import { controlStage, type StageController } from './controller.ts';
import { cue, JUMP, jump, TEMPO, tempo } from './live-readings.test-data.ts';
import { type LivePublisher, publishPoses } from './publisher.ts';
import { type LiveSubscriber, subscribePoses } from './subscriber.ts';

/** A real overlay server in the process that serves this page: see tests/live-server-plugin.ts. */
let address: { readonly server: string; readonly overlay: string; readonly token: string };

const owned: { dispose(): void }[] = [];

beforeAll(start);
afterEach(() => {
  for (const each of owned.splice(0)) each.dispose();
});
afterAll(stop);

async function start(): Promise<void> {
  const response = await fetch('/live-server/start', { method: 'POST' });
  address = (await response.json()) as typeof address;
}

async function stop(): Promise<void> {
  await fetch('/live-server/stop', { method: 'POST' });
}

function publish(token = address.token): LivePublisher {
  const publisher = publishPoses({ url: address.server, token });
  owned.push(publisher);
  return publisher;
}

function subscribe(): LiveSubscriber {
  const key = new URL(address.overlay).searchParams.get('key') ?? '';
  const subscriber = subscribePoses({ url: address.server, key });
  owned.push(subscriber);
  return subscriber;
}

function control(): StageController {
  const controller = controlStage({ url: address.server, token: address.token });
  owned.push(controller);
  return controller;
}

function isThere<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function reaches(publisher: LivePublisher, wanted: string) {
  return firstValueFrom(
    publisher.status.pipe(
      filter(({ status }) => status === wanted),
      timeout(15_000),
    ),
  );
}

function sees(subscriber: LiveSubscriber, wanted: boolean) {
  return firstValueFrom(
    subscriber.source.pipe(
      filter(({ live }) => live === wanted),
      timeout(15_000),
    ),
  );
}

function frame(sequence: number): PoseFrame {
  const pose = syntheticPose(0, syntheticBody(), { x: 0.5, y: 0.5 });
  return syntheticFrame(sequence * 33, [pose], {
    sequence,
    timings: { capturedAt: systemClock.now(), stages: {} },
  });
}

describe('live in a browser, over a real server', () => {
  it('carries frames and state from a publisher to a subscriber', async () => {
    const publisher = publish();
    const subscriber = subscribe();
    await Promise.all([reaches(publisher, 'live'), sees(subscriber, true)]);
    publisher.setState({ score: 12 });
    const received = firstValueFrom(subscriber.frames.pipe(timeout(5000)));
    expect(publisher.send(frame(1))).toBe(true);
    const { frame: arrived, age } = await received;
    expect(arrived.poses[0]?.landmarks).toHaveLength(33);
    expect(age).toBeGreaterThan(-20);
    expect(age).toBeLessThan(500);
    const state = await firstValueFrom(
      subscriber.state.pipe(
        filter((entries) => 'score' in entries),
        timeout(5000),
      ),
    );
    expect(state).toEqual({ score: 12 });
  });

  it('keeps sixty frames a second, in order, none lost', async () => {
    const publisher = publish();
    const subscriber = subscribe();
    await Promise.all([reaches(publisher, 'live'), sees(subscriber, true)]);
    const sequences: number[] = [];
    subscriber.frames.subscribe((received) => sequences.push(received.frame.sequence));
    for (let sequence = 1; sequence <= 120; sequence += 1) {
      publisher.send(frame(sequence));
      await new Promise((resolve) => setTimeout(resolve, 16));
    }
    await expect.poll(() => sequences.length, { timeout: 5000 }).toBe(120);
    expect(sequences).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
    expect(subscriber.counts).toMatchObject({ lost: 0, refused: 0 });
    expect(publisher.counts).toMatchObject({ sent: 120, dropped: 0 });
  });

  it('comes back by itself after the server was restarted', async () => {
    const publisher = publish();
    const subscriber = subscribe();
    await Promise.all([reaches(publisher, 'live'), sees(subscriber, true)]);
    await stop();
    await Promise.all([reaches(publisher, 'waiting'), sees(subscriber, false)]);
    await start();
    await Promise.all([reaches(publisher, 'live'), sees(subscriber, true)]);
    const received = firstValueFrom(subscriber.frames.pipe(timeout(5000)));
    publisher.send(frame(7));
    expect((await received).frame.sequence).toBe(7);
  });

  it('carries readings, cues and commands, and stops carrying when the publisher leaves', async () => {
    const publisher = publish();
    const subscriber = subscribe();
    const controller = control();
    await Promise.all([reaches(publisher, 'live'), sees(subscriber, true)]);
    publisher.declare([TEMPO, JUMP]);
    const told: LiveReadings[] = [];
    subscriber.readings.subscribe((each) => told.push(each));
    publisher.tell([tempo(10), jump(10)], [cue(10)]);
    await expect.poll(() => told.flatMap(({ cues }) => cues), { timeout: 5000 }).toEqual([cue(10)]);
    // The stage adds readings of its own.
    expect(told.flatMap(({ readings }) => readings)).toEqual(expect.arrayContaining([tempo(10), jump(10)]));
    // Whoever joins late has the newest, and hears of nothing that has happened already.
    const late = await firstValueFrom(subscribe().readings.pipe(timeout(5000)));
    expect(late.readings).toContainEqual(tempo(10));
    expect(late.readings.map(({ metric }) => metric)).not.toContain(JUMP.id);
    expect(late.cues).toEqual([]);
    const command = firstValueFrom(publisher.commands.pipe(timeout(5000)));
    await controller.request('command.run', { command: 'dance.tapTempo', values: [1] });
    expect(await command).toEqual({ command: 'dance.tapTempo', values: [1] });
    publisher.dispose();
    await sees(subscriber, false);
    await expect(
      controller.request('command.run', { command: 'dance.tapTempo', values: [] }),
    ).rejects.toThrow(/live|publish/);
  });

  it('shows every watcher the stage as a controller changes it, also after a restart', async () => {
    const controller = control();
    const subscriber = subscribe();
    const [first] = await Promise.all([
      firstValueFrom(controller.stage.pipe(timeout(5000))),
      firstValueFrom(subscriber.stage.pipe(filter(isThere), timeout(5000))),
    ]);
    const answer = await controller.request('stage.change', {
      change: { hidden: true },
      base: first.revision,
    });
    const changed = await firstValueFrom(
      subscriber.stage.pipe(
        filter(isThere),
        filter(({ stage }) => stage.hidden),
        timeout(5000),
      ),
    );
    expect(changed).toEqual({ stage: { ...first.stage, hidden: true }, revision: answer.revision });
    const waiting = controller.request('delay.measure', {});
    expect(await waiting).toMatchObject({ overlays: 0 });
    await stop();
    await expect(controller.request('score.reset', {})).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    await start();
    // Without a folder to keep it in, this server has forgotten the change.
    const again = await firstValueFrom(
      controller.stage.pipe(
        filter(({ stage }) => !stage.hidden),
        timeout(15_000),
      ),
    );
    expect(again.stage).toEqual(first.stage);
  });

  it('learns from the close code that it was replaced, or refused', async () => {
    const first = publish();
    await reaches(first, 'live');
    const second = publish();
    expect(await reaches(first, 'replaced')).toMatchObject({ error: { code: 'CHANNEL_BUSY' } });
    expect(await reaches(second, 'live')).toEqual({ status: 'live' });
    const stranger = publish('not-the-token-of-this');
    expect(await reaches(stranger, 'refused')).toMatchObject({ error: { code: 'UNAUTHORIZED' } });
  });
});
