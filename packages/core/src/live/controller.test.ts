import { describe, expect, it } from 'vitest';
import { ManualClock } from '../base/manual-clock.ts';
import type { FiredMessage, RevisedStage } from '../protocol/index.ts';
import type { ObsStatus, Stage } from '../stage/index.ts';
import type { LiveReadings } from './channel-view.ts';
import type { ConnectionStatus } from './connection-status.ts';
import { type ControllerOptions, controlStage } from './controller.ts';
import { tempo } from './live-readings.test-data.ts';
import { ScriptedNetwork } from './scripted-socket.test-support.ts';

const START = 1_000_000;

const STAGE: Stage = {
  version: 1,
  current: 'dance',
  hidden: false,
  scenes: [
    {
      id: 'dance',
      name: 'Dance',
      canvas: { width: 1920, height: 1080 },
      theme: { id: 'overlay.neon', settings: {} },
      items: [],
      triggers: [],
      bindings: [],
    },
  ],
};

function controller(options: Partial<ControllerOptions> = {}) {
  const clock = new ManualClock(START);
  const network = new ScriptedNetwork();
  const made = controlStage({
    url: 'http://overlay.test:8787',
    token: 'secret',
    clock,
    random: () => 1,
    WebSocket: network.WebSocket,
    ...options,
  });
  const stages: RevisedStage[] = [];
  const statuses: ConnectionStatus[] = [];
  const obs: ObsStatus[] = [];
  const fired: FiredMessage[] = [];
  const readings: LiveReadings[] = [];
  made.stage.subscribe((stage) => stages.push(stage));
  made.status.subscribe((status) => statuses.push(status));
  made.obs.subscribe((status) => obs.push(status));
  made.fired.subscribe((message) => fired.push(message));
  made.readings.subscribe((each) => readings.push(each));
  return { controller: made, clock, network, stages, statuses, obs, fired, readings };
}

/** What a promise is rejected with, or `undefined` while it is not. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  let error: unknown;
  promise.catch((thrown: unknown) => {
    error = thrown;
  });
  await Promise.resolve();
  await Promise.resolve();
  return error;
}

describe('a controller', () => {
  it('says hello with its token, and has stage and OBS from the welcome', () => {
    const { network, stages, obs } = controller({ channel: 'left' });
    network.last.open();
    expect(network.last.messages).toEqual([
      { type: 'hello', version: 1, role: 'controller', channel: 'left', token: 'secret' },
    ]);
    expect(stages).toEqual([]);
    network.last.welcome(0, false, { stage: { stage: STAGE, revision: 7 }, obs: { status: 'off' } });
    expect(stages).toEqual([{ stage: STAGE, revision: 7 }]);
    expect(obs).toEqual([{ status: 'off' }]);
  });

  it('hears of changes of the stage, of OBS, of triggers and of readings', () => {
    const { network, stages, obs, fired, readings } = controller();
    network.last.welcome(0, true, { stage: { stage: STAGE, revision: 7 } });
    network.last.say({ type: 'stage', revision: 8, change: { hidden: true } });
    expect(stages.at(-1)).toEqual({ stage: { ...STAGE, hidden: true }, revision: 8 });
    network.last.say({ type: 'obs', status: { status: 'connecting', address: 'ws://127.0.0.1:4455' } });
    expect(obs).toEqual([{ status: 'connecting', address: 'ws://127.0.0.1:4455' }]);
    const message: FiredMessage = { type: 'fired', scene: 'dance', trigger: 'jump', at: 5, outcomes: [] };
    network.last.say(message);
    expect(fired).toEqual([message]);
    network.last.say({ type: 'readings', readings: [tempo(5)], cues: [] });
    expect(readings).toEqual([{ readings: [tempo(5)], cues: [] }]);
  });

  it('gives each request its own answer, in whatever order they come', async () => {
    const { controller: made, network } = controller();
    network.last.welcome();
    const link = made.request('overlay.link', { scene: 'dance' });
    const show = made.request('obs.show', { visible: false });
    expect(network.last.heard('request')).toEqual([
      { type: 'request', id: 1, method: 'overlay.link', params: { scene: 'dance' } },
      { type: 'request', id: 2, method: 'obs.show', params: { visible: false } },
    ]);
    network.last.say({ type: 'answer', id: 2, error: { code: 'OBS_UNREACHABLE', message: 'Start OBS.' } });
    network.last.say({ type: 'answer', id: 1, result: { overlay: 'http://overlay.test/overlay' } });
    expect(await link).toEqual({ overlay: 'http://overlay.test/overlay' });
    await expect(show).rejects.toMatchObject({ code: 'OBS_UNREACHABLE', message: 'Start OBS.' });
  });

  it('does not wait longer than ten seconds for an answer, and leaves one that comes later', async () => {
    const { controller: made, clock, network } = controller();
    network.last.welcome();
    const request = made.request('score.reset', {});
    for (let second = 0; second < 9; second += 1) {
      clock.advance(1000);
      network.last.say({ type: 'pong', sentAt: clock.now(), serverTime: 0 });
    }
    expect(await rejection(request)).toBeUndefined();
    clock.advance(1000);
    expect(await rejection(request)).toMatchObject({ code: 'CONNECTION_LOST' });
    network.last.say({ type: 'answer', id: 1, result: {} });
    expect(network.sockets).toHaveLength(1);
  });

  it('fails what waits when the connection is lost, and what is asked without one, at once', async () => {
    const { controller: made, clock, network } = controller();
    expect(await rejection(made.request('score.reset', {}))).toMatchObject({ code: 'CONNECTION_LOST' });
    network.last.welcome();
    const request = made.request('score.reset', {});
    network.last.end(1006);
    expect(await rejection(request)).toMatchObject({
      code: 'CONNECTION_LOST',
      message: expect.stringContaining('ws://overlay.test:8787/ws'),
    });
    expect(await rejection(made.request('score.reset', {}))).toMatchObject({ code: 'CONNECTION_LOST' });
    clock.advance(250);
    network.last.welcome();
    const again = made.request('score.reset', {});
    const { id } = network.last.heard('request')[0] ?? { id: 0 };
    network.last.say({ type: 'answer', id, result: {} });
    expect(await again).toEqual({});
  });

  it('refuses a request that is larger than a message before it costs the connection', async () => {
    const { controller: made, network } = controller();
    network.last.welcome();
    const request = made.request('command.run', { command: 'a.b', values: ['高'.repeat(22_000)] });
    expect(await rejection(request)).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    expect(network.last.heard('request')).toEqual([]);
  });

  it('comes back by itself with the stage as it is then, also when it was refused', () => {
    const { clock, network, stages, statuses } = controller();
    network.last.welcome(0, false, { stage: { stage: STAGE, revision: 7 } });
    network.last.end(1006);
    clock.advance(250);
    network.last.welcome(0, false, { stage: { stage: { ...STAGE, hidden: true }, revision: 9 } });
    expect(stages.map(({ revision }) => revision)).toEqual([7, 9]);
    network.last.end(4401);
    expect(statuses.at(-1)).toMatchObject({ status: 'refused', error: { code: 'UNAUTHORIZED' } });
    clock.advance(30_000);
    network.last.welcome();
    expect(statuses.at(-1)).toEqual({ status: 'connected' });
  });

  it('leaves nothing running and nothing waiting when it is disposed', async () => {
    const { controller: made, clock, network } = controller();
    network.last.welcome();
    const completed: string[] = [];
    made.stage.subscribe({ complete: () => completed.push('stage') });
    made.obs.subscribe({ complete: () => completed.push('obs') });
    made.fired.subscribe({ complete: () => completed.push('fired') });
    made.readings.subscribe({ complete: () => completed.push('readings') });
    const request = made.request('score.reset', {});
    made.dispose();
    made.dispose();
    expect(await rejection(request)).toMatchObject({ code: 'DISPOSED' });
    expect(await rejection(made.request('score.reset', {}))).toMatchObject({ code: 'DISPOSED' });
    expect(completed).toEqual(['stage', 'readings', 'obs', 'fired']);
    expect(clock.pending).toBe(0);
    expect(network.last.readyState).toBe(3);
  });

  it.each([{ url: 'no address' }, { channel: '../x' }])('refuses %j', (options) => {
    expect(() => controller(options)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});
