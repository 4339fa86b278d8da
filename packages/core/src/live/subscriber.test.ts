import { describe, expect, it } from 'vitest';
import { syntheticBody, syntheticFrame, syntheticPose } from '../../../../tests/synthetic-pose.ts';
import { ManualClock } from '../base/manual-clock.ts';
import { encodeWireFrame } from '../codec/index.ts';
import type { RevisedStage, StageEffect, StateEntries } from '../protocol/index.ts';
import type { Scene, Stage } from '../stage/index.ts';
import type { LiveReadings, LiveSource } from './channel-view.ts';
import type { ConnectionStatus } from './connection-status.ts';
import { cue, JUMP, jump, TEMPO, tempo } from './live-readings.test-data.ts';
import { ScriptedNetwork } from './scripted-socket.test-support.ts';
import { type ReceivedFrame, type SubscriberOptions, subscribePoses } from './subscriber.ts';

const START = 1_000_000;

function wireFrame(sequence: number, capturedAt = START) {
  const pose = syntheticPose(0, syntheticBody(), { x: 0.5, y: 0.5 });
  return encodeWireFrame(
    syntheticFrame(sequence * 33, [pose], { sequence, timings: { capturedAt, stages: {} } }),
  );
}

function subscriber(options: Partial<SubscriberOptions> = {}) {
  const clock = new ManualClock(START);
  const network = new ScriptedNetwork();
  const made = subscribePoses({
    url: 'http://overlay.test:8787',
    key: 'viewer',
    clock,
    random: () => 1,
    WebSocket: network.WebSocket,
    ...options,
  });
  const readings: LiveReadings[] = [];
  const stages: (RevisedStage | undefined)[] = [];
  const effects: StageEffect[] = [];
  made.readings.subscribe((each) => readings.push(each));
  made.stage.subscribe((stage) => stages.push(stage));
  made.effects.subscribe((effect) => effects.push(effect));
  const frames: ReceivedFrame[] = [];
  const states: StateEntries[] = [];
  const sources: LiveSource[] = [];
  const statuses: ConnectionStatus[] = [];
  made.frames.subscribe((frame) => frames.push(frame));
  made.state.subscribe((state) => states.push(state));
  made.source.subscribe((source) => sources.push(source));
  made.status.subscribe((status) => statuses.push(status));
  return { subscriber: made, clock, network, frames, states, sources, statuses, readings, stages, effects };
}

describe('a subscriber', () => {
  it('says hello with its key, and takes state and source from the welcome', () => {
    const { network, states, sources } = subscriber();
    network.last.open();
    expect(network.last.messages[0]).toMatchObject({ role: 'subscriber', channel: 'main', token: 'viewer' });
    network.last.say({
      type: 'welcome',
      version: 1,
      serverTime: START,
      live: true,
      revision: 4,
      state: { score: 3 },
    });
    expect(states.at(-1)).toEqual({ score: 3 });
    expect(sources.at(-1)).toMatchObject({ live: true });
  });

  it('merges changes of state into the whole', () => {
    const { network, states } = subscriber();
    network.last.welcome();
    network.last.say({ type: 'state', revision: 1, entries: { a: 1, b: 2 } });
    network.last.say({ type: 'state', revision: 2, entries: { a: null, c: 3 } });
    expect(states).toEqual([{}, {}, { a: 1, b: 2 }, { b: 2, c: 3 }]);
  });

  it('tells how old a frame is by the server’s clock, and how many were lost before it', () => {
    const { clock, network, frames, subscriber: made } = subscriber();
    // The server's clock is 70,000 ms ahead of this one.
    network.last.welcome(START + 70_000, true);
    clock.advance(100);
    network.last.relay(wireFrame(5, START + 70_000));
    network.last.relay(wireFrame(6, START + 70_020));
    network.last.relay(wireFrame(10, START + 70_060));
    expect(frames.map(({ age, lost }) => ({ age, lost }))).toEqual([
      { age: 100, lost: 0 },
      { age: 80, lost: 0 },
      { age: 40, lost: 3 },
    ]);
    expect(made.counts).toEqual({ received: 3, lost: 3, refused: 0, unknown: 0 });
    expect(made.serverNow()).toBe(START + 70_100);
  });

  it('does not count as lost what another publisher never sent', () => {
    const { network, frames, sources } = subscriber();
    network.last.welcome(START, true);
    network.last.relay(wireFrame(5));
    network.last.say({ type: 'source', live: true });
    network.last.relay(wireFrame(900));
    expect(frames.map(({ lost }) => lost)).toEqual([0, 0]);
    expect(sources.map(({ generation }) => generation)).toEqual([0, 1, 2]);
  });

  it('refuses bytes that are no frame, counts them, and goes on', () => {
    const { network, frames, subscriber: made } = subscriber();
    network.last.welcome(START, true);
    network.last.relay(new Uint8Array([1, 2, 3]));
    network.last.relay(wireFrame(1));
    network.last.say({ type: 'hologram' });
    expect(frames).toHaveLength(1);
    expect(made.counts).toMatchObject({ received: 1, refused: 1, unknown: 1 });
  });

  it('says that nobody is live while it has no connection, and keeps the state', () => {
    const { clock, network, sources, states } = subscriber();
    network.last.welcome(START, true);
    network.last.say({ type: 'state', revision: 1, entries: { score: 3 } });
    network.last.end(1006);
    expect(sources.at(-1)).toMatchObject({ live: false });
    expect(states.at(-1)).toEqual({ score: 3 });
    clock.advance(250);
    network.last.welcome(START, true);
    expect(sources.at(-1)).toMatchObject({ live: true });
    expect(states.at(-1)).toEqual({});
  });

  it('asks again every half minute after a refusal, because nobody looks after an overlay', () => {
    const { clock, network, statuses } = subscriber();
    network.last.open();
    network.last.end(4401);
    expect(statuses.at(-1)).toMatchObject({
      status: 'refused',
      retryAt: START + 30_000,
      error: { code: 'UNAUTHORIZED' },
    });
    clock.advance(29_999);
    expect(network.sockets).toHaveLength(1);
    clock.advance(1);
    expect(network.sockets).toHaveLength(2);
    network.last.welcome();
    expect(statuses.at(-1)).toEqual({ status: 'connected' });
  });

  it('notices a server that has fallen silent without a word', () => {
    const { clock, network, sources } = subscriber();
    network.last.welcome(START, true);
    clock.advance(10_100);
    expect(sources.at(-1)).toMatchObject({ live: false });
    clock.advance(250);
    expect(network.sockets).toHaveLength(2);
  });

  it('takes nonsense from a server for a broken connection', () => {
    const { network, statuses } = subscriber();
    network.last.welcome();
    network.last.say({ type: 'state' });
    expect(statuses.at(-1)).toMatchObject({ status: 'waiting', error: { code: 'MESSAGE_INVALID' } });
  });

  it('completes everything when it is disposed, and leaves nothing running', () => {
    const { subscriber: made, clock, network } = subscriber();
    network.last.welcome();
    const completed: string[] = [];
    made.frames.subscribe({ complete: () => completed.push('frames') });
    made.status.subscribe({ complete: () => completed.push('status') });
    made.dispose();
    expect(completed).toEqual(['frames', 'status']);
    expect(clock.pending).toBe(0);
    expect(network.last.readyState).toBe(3);
  });
});

describe('a subscriber to readings and the stage', () => {
  const scene = (id: string): Scene => ({
    id,
    name: id,
    canvas: { width: 1920, height: 1080 },
    theme: { id: 'overlay.neon', settings: {} },
    items: [],
    triggers: [],
    bindings: [],
  });
  const STAGE: Stage = { version: 1, current: 'dance', hidden: false, scenes: [scene('dance')] };

  it('says so when it wants no poses', () => {
    const { network } = subscriber({ poses: false });
    network.last.open();
    expect(network.last.messages).toEqual([
      { type: 'hello', version: 1, role: 'subscriber', channel: 'main', token: 'viewer', poses: false },
    ]);
  });

  it('has the newest reading of each first, then whatever comes', () => {
    const { network, readings } = subscriber();
    network.last.welcome(0, true, { readings: [tempo(5)] });
    network.last.say({ type: 'readings', readings: [tempo(6, 121)], cues: [cue(6)] });
    expect(readings).toEqual([
      { readings: [tempo(5)], cues: [] },
      { readings: [tempo(6, 121)], cues: [cue(6)] },
    ]);
  });

  it('gives whoever listens later the newest of each, and no event or cue a second time', () => {
    const { network, subscriber: made } = subscriber();
    network.last.welcome(0, true, { state: { metrics: [{ ...TEMPO }, { ...JUMP }] }, readings: [tempo(5)] });
    network.last.say({ type: 'readings', readings: [tempo(6), jump(6)], cues: [cue(6)] });
    const late: LiveReadings[] = [];
    made.readings.subscribe((each) => late.push(each));
    expect(late).toEqual([{ readings: [tempo(6)], cues: [] }]);
  });

  it('forgets what was read when the publisher is another', () => {
    const { clock, network, subscriber: made } = subscriber();
    const heardLate = () => {
      const late: LiveReadings[] = [];
      made.readings.subscribe((each) => late.push(each)).unsubscribe();
      return late;
    };
    network.last.welcome(0, true, { readings: [tempo(5)] });
    expect(heardLate()).toHaveLength(1);
    network.last.say({ type: 'source', live: true });
    expect(heardLate()).toEqual([]);
    network.last.say({ type: 'readings', readings: [tempo(6)], cues: [] });
    expect(heardLate()).toHaveLength(1);
    network.last.end(1006);
    expect(heardLate()).toEqual([]);
    clock.advance(250);
    network.last.welcome(0, false, { readings: [tempo(6)] });
    expect(heardLate()).toEqual([]);
  });

  it('tells since when somebody has been live', () => {
    const { network, sources } = subscriber();
    network.last.welcome(0, true, { liveSince: 4000 });
    network.last.say({ type: 'source', live: false });
    network.last.say({ type: 'source', live: true, liveSince: 9000 });
    expect(sources).toEqual([
      { live: false, generation: 0 },
      { live: true, generation: 1, liveSince: 4000 },
      { live: false, generation: 2 },
      { live: true, generation: 3, liveSince: 9000 },
    ]);
  });

  it('keeps up with the stage, and keeps it while the connection is lost', () => {
    const { clock, network, stages } = subscriber();
    network.last.welcome(0, false, { stage: { stage: STAGE, revision: 3 } });
    network.last.say({
      type: 'stage',
      revision: 4,
      change: { scenes: [scene('tall')], current: 'tall' },
    });
    network.last.end(1006);
    clock.advance(250);
    network.last.welcome(0, false, { stage: { stage: STAGE, revision: 5 } });
    expect(stages).toEqual([
      undefined,
      { stage: STAGE, revision: 3 },
      { stage: { ...STAGE, current: 'tall', scenes: [scene('dance'), scene('tall')] }, revision: 4 },
      { stage: STAGE, revision: 5 },
    ]);
  });

  it('passes on effects as they happen', () => {
    const { network, effects } = subscriber();
    network.last.welcome();
    network.last.say({ type: 'effect', effect: { kind: 'sound', sound: 'drum' } });
    expect(effects).toEqual([{ kind: 'sound', sound: 'drum' }]);
  });

  it('tells how late frames were painted, except what is no number', () => {
    const { network, subscriber: made } = subscriber();
    made.painted({ frames: 60, median: 40, longest: 90 });
    network.last.welcome();
    made.painted({ frames: 0, median: Number.NaN, longest: Number.NEGATIVE_INFINITY });
    made.painted({ frames: 60, median: 41.5, longest: 90 });
    expect(network.last.heard('painted')).toEqual([
      { type: 'painted', frames: 60, median: 41.5, longest: 90 },
    ]);
  });
});
