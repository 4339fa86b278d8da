import { describe, expect, it } from 'vitest';
import { syntheticBody, syntheticFrame, syntheticPose } from '../../../../tests/synthetic-pose.ts';
import type { Clock } from '../base/index.ts';
import { ManualClock } from '../base/manual-clock.ts';
import { decodeWireFrame } from '../codec/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import { declaredMetrics } from '../protocol/index.ts';
import { cue, JUMP, jump, TEMPO, tempo } from './live-readings.test-data.ts';
import {
  type LivePublisher,
  type PublisherOptions,
  type PublisherStatus,
  publishPoses,
} from './publisher.ts';
import { ScriptedNetwork } from './scripted-socket.test-support.ts';

const START = 1_000_000;

function frame(sequence: number, rest: Partial<PoseFrame> = {}): PoseFrame {
  const pose = syntheticPose(0, syntheticBody(), { x: 0.5, y: 0.5 });
  return syntheticFrame(sequence * 33, [pose], { sequence, ...rest });
}

function publisher(options: Partial<PublisherOptions> = {}) {
  const clock = new ManualClock(START);
  const network = new ScriptedNetwork();
  const made: LivePublisher = publishPoses({
    url: 'http://overlay.test:8787',
    token: 'secret',
    clock,
    random: () => 1,
    WebSocket: network.WebSocket,
    ...options,
  });
  const statuses: PublisherStatus[] = [];
  let completed = false;
  made.status.subscribe({ next: (status) => statuses.push(status), complete: () => (completed = true) });
  return { publisher: made, clock, network, statuses, isCompleted: () => completed };
}

describe('a publisher', () => {
  it('says hello with role, channel and token, and is live when it is welcomed', () => {
    const { network, statuses } = publisher({ channel: 'left' });
    expect(network.last.url).toBe('ws://overlay.test:8787/ws');
    network.last.open();
    expect(network.last.messages).toEqual([
      { type: 'hello', version: 1, role: 'publisher', channel: 'left', token: 'secret' },
    ]);
    expect(statuses).toEqual([{ status: 'connecting' }]);
    network.last.say({ type: 'welcome', version: 1, serverTime: 0, live: true, revision: 0, state: {} });
    expect(statuses.at(-1)).toEqual({ status: 'live' });
  });

  it('sends nothing before it is welcomed, and frames as they come after', () => {
    const { publisher: made, network } = publisher();
    network.last.open();
    expect(made.send(frame(1))).toBe(false);
    network.last.welcome();
    expect(made.send(frame(2))).toBe(true);
    expect(network.last.frames).toHaveLength(1);
    expect(made.counts).toEqual({ sent: 1, dropped: 0, refused: 0 });
  });

  it('stamps frames with the server’s time', () => {
    const { publisher: made, clock, network } = publisher();
    network.last.open();
    clock.advance(40);
    // 40 ms of round trip: the server's clock showed 5,020 when this one showed START + 20.
    network.last.say({ type: 'welcome', version: 1, serverTime: 5020, live: true, revision: 0, state: {} });
    made.send(frame(1, { timings: { capturedAt: START + 30, stages: {} } }));
    const decoded = decodeWireFrame(network.last.frames[0] as Uint8Array);
    expect(decoded.ok && decoded.value.frame.timings.capturedAt).toBeCloseTo(5030, 6);
  });

  it('drops frames while the network is behind, and counts them', () => {
    const { publisher: made, network } = publisher();
    network.last.welcome();
    network.last.bufferedAmount = 100_000;
    expect(made.send(frame(1))).toBe(false);
    network.last.bufferedAmount = 0;
    expect(made.send(frame(2))).toBe(true);
    expect(made.counts).toMatchObject({ sent: 1, dropped: 1 });
  });

  it('drops frames while the server does not answer, and goes on when it does', () => {
    const { publisher: made, clock, network } = publisher();
    network.last.welcome();
    clock.advance(2500);
    expect(made.send(frame(1))).toBe(false);
    network.last.say({ type: 'pong', sentAt: START, serverTime: 0 });
    expect(made.send(frame(2))).toBe(true);
  });

  it('refuses a frame with impossible numbers, counts it, and goes on', () => {
    const { publisher: made, network } = publisher();
    network.last.welcome();
    expect(made.send(frame(1, { width: Number.NaN }))).toBe(false);
    expect(made.send(frame(2))).toBe(true);
    expect(made.counts).toEqual({ sent: 1, dropped: 0, refused: 1 });
  });

  it('comes back after a loss, waiting longer each time, and starts over once it was connected for a while', () => {
    const { clock, network, statuses } = publisher();
    network.last.end(1006);
    expect(statuses.at(-1)).toMatchObject({
      status: 'waiting',
      retryAt: START + 250,
      error: { code: 'CONNECTION_LOST' },
    });
    clock.advance(250);
    network.last.end(1006);
    expect(statuses.at(-1)).toMatchObject({ retryAt: clock.now() + 500 });
    clock.advance(500);
    expect(network.sockets).toHaveLength(3);
    network.last.welcome();
    for (let second = 0; second < 6; second += 1) {
      clock.advance(1000);
      network.last.say({ type: 'pong', sentAt: clock.now(), serverTime: 0 });
    }
    network.last.end(1001);
    expect(statuses.at(-1)).toMatchObject({ status: 'waiting', retryAt: clock.now() + 250 });
  });

  it('waits longer and longer for a server that welcomes and closes at once', () => {
    const { clock, network, statuses } = publisher();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      network.last.welcome();
      network.last.end(4429);
      const status = statuses.at(-1);
      if (status?.status !== 'waiting') throw new Error('It should wait.');
      waits.push(status.retryAt - clock.now());
      clock.advance(status.retryAt - clock.now());
    }
    expect(waits).toEqual([250, 500, 1000, 2000]);
  });

  it('comes back by the next frame when timers are held up, as they are in hidden tabs', () => {
    let now = START;
    const { publisher: made, network } = publisher({
      clock: { now: () => now, delay: () => () => {}, nextFrame: () => () => {} },
    });
    network.last.welcome();
    network.last.end(1006);
    now += 200;
    made.send(frame(1));
    expect(network.sockets).toHaveLength(1);
    now += 100;
    made.send(frame(2));
    expect(network.sockets).toHaveLength(2);
  });

  it('gives a silent server up after eight seconds', () => {
    const { clock, network, statuses } = publisher();
    network.last.welcome();
    clock.advance(8000);
    expect(statuses.at(-1)).toEqual({ status: 'live' });
    clock.advance(2100);
    expect(statuses.filter(({ status }) => status === 'waiting')).toHaveLength(1);
    expect(network.sockets[0]?.readyState).toBe(3);
  });

  it('gives up a server that never finishes connecting', () => {
    const { clock, network, statuses } = publisher();
    clock.advance(11_000);
    expect(statuses).toContainEqual(expect.objectContaining({ status: 'waiting' }));
    expect(network.sockets.length).toBeGreaterThan(1);
  });

  it('stays away when somebody else took over, and says so', () => {
    const { publisher: made, clock, network, statuses } = publisher();
    network.last.welcome();
    network.last.say({ type: 'error', code: 'CHANNEL_BUSY', message: 'Another publisher took over.' });
    network.last.end(4409);
    expect(statuses.at(-1)).toMatchObject({
      status: 'replaced',
      error: { code: 'CHANNEL_BUSY', message: 'Another publisher took over.' },
    });
    clock.advance(600_000);
    made.send(frame(1));
    expect(network.sockets).toHaveLength(1);
  });

  it('stays away when its token is refused', () => {
    const { clock, network, statuses } = publisher();
    network.last.open();
    network.last.end(4401);
    expect(statuses.at(-1)).toMatchObject({ status: 'refused', error: { code: 'UNAUTHORIZED' } });
    clock.advance(600_000);
    expect(network.sockets).toHaveLength(1);
  });

  it('tells a new connection the whole state, and what was removed while it was away', () => {
    const { publisher: made, clock, network } = publisher();
    made.setState({ score: 1, name: 'Ada', old: 1 });
    network.last.welcome();
    expect(network.last.messages).toContainEqual({
      type: 'state',
      entries: { score: 1, name: 'Ada', old: 1 },
    });
    made.setState({ score: 2 });
    expect(network.last.messages.at(-1)).toEqual({ type: 'state', entries: { score: 2 } });
    network.last.end(1006);
    made.setState({ old: null });
    clock.advance(250);
    network.last.welcome();
    expect(network.last.messages).toContainEqual({
      type: 'state',
      entries: { score: 2, name: 'Ada', old: null },
    });
  });

  it('refuses state that is none, and state that is too large, and keeps what it had', () => {
    const { publisher: made, network } = publisher();
    network.last.welcome();
    expect(() => made.setState({ 'a b': 1 })).toThrow(expect.objectContaining({ code: 'MESSAGE_INVALID' }));
    expect(() => made.setState({ long: 'x'.repeat(40_000) })).toThrow(
      expect.objectContaining({ code: 'PAYLOAD_TOO_LARGE' }),
    );
    expect(network.last.messages.filter(({ type }) => type === 'state')).toEqual([]);
  });

  it('leaves nothing running when it is disposed, and is silent from then on', () => {
    const { publisher: made, clock, network, statuses, isCompleted } = publisher();
    network.last.welcome();
    made.dispose();
    made.dispose();
    expect(clock.pending).toBe(0);
    expect(network.last.readyState).toBe(3);
    expect(isCompleted()).toBe(true);
    const before = statuses.length;
    network.last.end(1006);
    expect(made.send(frame(1))).toBe(false);
    expect(statuses).toHaveLength(before);
    expect(network.sockets).toHaveLength(1);
  });

  it.each(['ftp://a', 'no address', ''])('refuses the address %j', (url) => {
    expect(() => publisher({ url })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });

  it.each([
    ['http://127.0.0.1:8787', 'ws://127.0.0.1:8787/ws'],
    ['https://stream.example/', 'wss://stream.example/ws'],
    ['wss://stream.example/behind/a/proxy', 'wss://stream.example/behind/a/proxy'],
    ['http://[::1]:8787/?a#b', 'ws://[::1]:8787/ws'],
  ])('connects for %s to %s', (url, address) => {
    expect(publisher({ url }).network.last.url).toBe(address);
  });

  it('refuses a channel that cannot be one', () => {
    expect(() => publisher({ channel: '../x' })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});

describe('a publisher telling what is read and said', () => {
  it('tells the newest of each, ten times a second', () => {
    const { publisher: made, clock, network } = publisher();
    network.last.welcome();
    // A minute of frames at 50 Hz.
    for (let time = 0; time < 60_000; time += 20) {
      made.tell([tempo(time), tempo(time, 90, { poseId: 1 })], []);
      clock.advance(20);
      if (time % 1000 === 0) network.last.say({ type: 'pong', sentAt: clock.now(), serverTime: 0 });
    }
    const told = network.last.heard('readings');
    // At 0, at 100 … at 60,000.
    expect(told).toHaveLength(601);
    expect(told[0]?.readings).toEqual([tempo(0), tempo(0, 90, { poseId: 1 })]);
    expect(told[1]?.readings).toEqual([tempo(80), tempo(80, 90, { poseId: 1 })]);
  });

  it('tells cues and declared events at once, and every one of them', () => {
    const { publisher: made, clock, network } = publisher();
    network.last.welcome();
    made.declare([TEMPO, JUMP]);
    made.tell([tempo(0)], []);
    clock.advance(33);
    made.tell([tempo(33), jump(33)], []);
    expect(network.last.heard('readings').at(-1)?.readings).toEqual([tempo(33), jump(33)]);
    clock.advance(33);
    made.tell([jump(60), jump(66)], [cue(66)]);
    expect(network.last.heard('readings').at(-1)).toEqual({
      type: 'readings',
      readings: [jump(60), jump(66)],
      cues: [cue(66)],
    });
  });

  it('does not flood the server with events, whoever calls how often', () => {
    const { publisher: made, clock, network } = publisher();
    network.last.welcome();
    made.declare([JUMP]);
    for (let time = 0; time < 1000; time += 1) {
      made.tell([jump(time)], []);
      clock.advance(1);
    }
    clock.advance(100);
    const told = network.last.heard('readings');
    expect(told.length).toBeLessThanOrEqual(35);
    expect(told.flatMap(({ readings }) => readings)).toEqual(
      Array.from({ length: 1000 }, (_, index) => jump(index)),
    );
  });

  it('tells the last of it also when no more frames come', () => {
    const { publisher: made, clock, network } = publisher();
    network.last.welcome();
    made.tell([tempo(0)], []);
    made.tell([tempo(10)], []);
    expect(network.last.heard('readings')).toHaveLength(1);
    clock.advance(100);
    expect(network.last.heard('readings').map(({ readings }) => readings)).toEqual([[tempo(0)], [tempo(10)]]);
  });

  it('is driven by frames and messages when timers are held up, as they are in hidden tabs', () => {
    let now = START;
    const clock: Clock = { now: () => now, delay: () => () => {}, nextFrame: () => () => {} };
    const { publisher: made, network } = publisher({ clock });
    network.last.welcome();
    made.tell([tempo(0)], []);
    made.tell([tempo(10)], []);
    now += 150;
    made.tell([tempo(20)], []);
    made.tell([tempo(30)], []);
    now += 150;
    network.last.say({ type: 'command', command: 'dance.reset', values: [] });
    expect(network.last.heard('readings').map(({ readings }) => readings)).toEqual([
      [tempo(0)],
      [tempo(20)],
      [tempo(30)],
    ]);
  });

  it('keeps the newest while the network is behind, and tells it then', () => {
    const { publisher: made, clock, network } = publisher();
    network.last.welcome();
    network.last.bufferedAmount = 100_000;
    for (let time = 0; time < 1500; time += 50) {
      made.tell([tempo(time)], []);
      clock.advance(50);
    }
    expect(network.last.heard('readings')).toEqual([]);
    network.last.bufferedAmount = 0;
    clock.advance(100);
    expect(network.last.heard('readings').map(({ readings }) => readings)).toEqual([[tempo(1450)]]);
  });

  it('keeps nothing for later while it has no connection', () => {
    const { publisher: made, clock, network } = publisher();
    made.tell([tempo(0)], [cue(0)]);
    network.last.welcome();
    made.tell([tempo(10)], []);
    made.tell([tempo(20)], [cue(20)]);
    network.last.end(1006);
    made.tell([tempo(30)], [cue(30)]);
    clock.advance(250);
    network.last.welcome();
    clock.advance(200);
    expect(network.sockets[0]?.heard('readings').map(({ readings }) => readings)).toEqual([[tempo(10)]]);
    expect(network.last.heard('readings')).toEqual([]);
    made.tell([tempo(400)], []);
    expect(network.last.heard('readings').map(({ readings }) => readings)).toEqual([[tempo(400)]]);
  });

  it('leaves out a reading that cannot be, and counts it', () => {
    const { publisher: made, network } = publisher();
    network.last.welcome();
    made.tell([tempo(0, Number.NaN), tempo(0, 120, { poseId: 1 })], []);
    expect(network.last.heard('readings').map(({ readings }) => readings)).toEqual([
      [tempo(0, 120, { poseId: 1 })],
    ]);
    expect(made.counts).toEqual({ sent: 0, dropped: 0, refused: 1 });
  });

  it('declares its metrics in the state, as far as that has room', () => {
    const { publisher: made, network } = publisher();
    made.setState({ title: 'Friday' });
    made.declare([TEMPO]);
    network.last.welcome();
    expect(network.last.heard('state')).toEqual([
      { type: 'state', entries: { title: 'Friday', metrics: [TEMPO] } },
    ]);
    const title = 'x'.repeat(32_000);
    made.setState({ title });
    const many = Array.from({ length: 100 }, (_, index) => ({ ...TEMPO, id: `many.metric${index}` }));
    made.declare(many);
    const metrics = declaredMetrics(network.last.heard('state').at(-1)?.entries ?? {});
    expect(JSON.stringify({ title, metrics }).length).toBeLessThanOrEqual(32_768);
    // A metric takes 67 characters or 68, and 11 of them would just fit.
    expect(metrics.length).toBeGreaterThanOrEqual(10);
    expect(metrics).toEqual(many.slice(0, metrics.length));
  });

  it('passes on the commands that are asked of it', () => {
    const { publisher: made, network } = publisher();
    const commands: unknown[] = [];
    let completed = false;
    made.commands.subscribe({
      next: (command) => commands.push(command),
      complete: () => (completed = true),
    });
    network.last.welcome();
    network.last.say({ type: 'command', command: 'dance.tapTempo', values: [1, { a: null }] });
    expect(commands).toEqual([{ command: 'dance.tapTempo', values: [1, { a: null }] }]);
    made.dispose();
    expect(completed).toBe(true);
  });

  it('leaves no timer behind when it is disposed with something to tell', () => {
    const { publisher: made, clock, network } = publisher();
    network.last.welcome();
    made.tell([tempo(0)], []);
    made.tell([tempo(10)], []);
    made.dispose();
    expect(clock.pending).toBe(0);
    made.tell([tempo(20)], []);
    expect(clock.pending).toBe(0);
  });
});
