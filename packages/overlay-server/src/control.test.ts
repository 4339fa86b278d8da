import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reading } from '@pose-coach/core/analysis';
import { encodeWireFrame } from '@pose-coach/core/codec';
import { defaultStage, type Scene, type Trigger } from '@pose-coach/core/stage';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAccess } from './access.ts';
import { createOverlayServer, type OverlayServer } from './overlay-server.ts';
import type { OverlayServerOptions } from './overlay-server-options.ts';
import { RawClient, testFrame } from './raw-client.test-support.ts';

const TOKEN = 'a-token-for-these-tests';
const KEY = createAccess(TOKEN).viewerKey('main');

const servers: OverlayServer[] = [];
const clients: RawClient[] = [];
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'overlay-control-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
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

function client(server: OverlayServer): RawClient {
  const made = new RawClient(server.addresses.server);
  clients.push(made);
  return made;
}

const publish = (server: OverlayServer) => client(server).join('publisher', TOKEN);
const control = (server: OverlayServer) => client(server).join('controller', TOKEN);
const watch = (server: OverlayServer) => client(server).join('subscriber', KEY);

function reading(metric: string, second: number, value: Reading['value'] = 1): Reading {
  return {
    metric,
    timestamp: second * 1000,
    status: 'ok',
    confidence: 1,
    ...(value === undefined ? {} : { value }),
  };
}

const tell = (publisher: RawClient, ...readings: readonly Reading[]) =>
  publisher.say({ type: 'readings', readings, cues: [] });

function scene(id: string, rest: Partial<Scene> = {}): Scene {
  const [first] = defaultStage().scenes;
  if (!first) throw new Error('The default stage has scenes.');
  return { ...first, id, name: id, ...rest };
}

const JUMP: Trigger['when'] = [{ metric: 'test.jump', when: { happens: true } }];

function trigger(actions: Trigger['actions'], when = JUMP): Trigger {
  return { id: 'one', name: 'One', enabled: true, when, actions, coolDown: 0 };
}

/** Makes a scene with a trigger the current one. */
async function arrange(controller: RawClient, actions: Trigger['actions'], when = JUMP): Promise<void> {
  const { stage } = await controller.message('welcome');
  const change = { scenes: [scene('jumps', { triggers: [trigger(actions, when)] })], current: 'jumps' };
  const answer = await controller.ask('stage.change', { change, base: stage?.revision ?? -1 });
  expect(answer.error).toBeUndefined();
}

describe('readings', () => {
  it('and cues reach subscribers and controllers; poses go to those that want them', async () => {
    const server = await start();
    const [publisher, watcher, controller] = await Promise.all([
      publish(server),
      watch(server),
      control(server),
    ]);
    const bot = await client(server).join('subscriber', KEY, 'main', { poses: false });
    const cue = {
      id: 'test.higher',
      timestamp: 1000,
      severity: 'hint',
      message: 'Higher!',
      joints: ['leftWrist'],
      source: 'test',
    };
    publisher.say({ type: 'readings', readings: [reading('test.a', 1, 7)], cues: [cue] });
    publisher.socket.send(encodeWireFrame(testFrame(1)));
    for (const each of [watcher, controller, bot]) {
      const told = await each.message('readings');
      expect(told.readings[0]).toEqual(reading('test.a', 1, 7));
      expect(told.cues).toEqual([cue]);
      await each.settled();
    }
    await watcher.until(() => watcher.frames.length === 1, 'the pose');
    expect([controller.frames.length, bot.frames.length]).toEqual([0, 0]);
  });

  it('are there for a late joiner, the newest of each, and gone with their publisher', async () => {
    const server = await start();
    const publisher = await publish(server);
    tell(publisher, reading('test.a', 1, 1), { ...reading('test.a', 1, 2), poseId: 3 });
    tell(publisher, reading('test.a', 2, 5), reading('test.word', 2, 'jump'));
    await publisher.settled();
    const early = (await (await watch(server)).message('welcome')).readings ?? [];
    expect(early.filter(({ metric }) => metric.startsWith('test.')).map(({ value }) => value)).toEqual([
      2,
      5,
      'jump',
    ]);
    const second = await publish(server);
    await second.settled();
    expect((await (await watch(server)).message('welcome')).readings).toEqual([]);
  });

  it('of the stage are the server’s to make: points and combo that everybody sees alike', async () => {
    const server = await start();
    const [publisher, watcher, controller] = await Promise.all([
      publish(server),
      watch(server),
      control(server),
    ]);
    const score = (each: RawClient) =>
      each
        .all('readings')
        .flatMap(({ readings }) => readings)
        .filter(({ metric, status }) => metric === 'stage.score' && status === 'ok')
        .at(-1)?.value;
    // Within 30 ms of the music's beat it is 100 points; at 50 ms half of them.
    tell(publisher, reading('dance.onBeat.each', 1, 12), reading('stage.score', 1, 99_999));
    tell(publisher, reading('dance.onBeat.each', 2, -50));
    await watcher.until(() => score(watcher) === 150, 'the points');
    // Nobody can claim points.
    expect(JSON.stringify(watcher.messages)).not.toContain('99999');
    expect((await controller.ask('score.reset', {})).result).toEqual({});
    await watcher.until(() => score(watcher) === 0, 'the reset');
    expect(watcher.all('effect').map(({ effect }) => effect)).toEqual([{ kind: 'score-reset' }]);
    await controller.settled();
    expect(score(controller)).toBe(0);
  });

  it('are a publisher’s to send', async () => {
    const server = await start();
    for (const join of [watch, control]) {
      const wrong = await join(server);
      tell(wrong, reading('test.a', 1));
      expect((await wrong.closed).code).toBe(4400);
    }
  });
});

describe('the session', () => {
  it('goes on for a publisher that comes back within 15 s, with its time', async () => {
    const server = await start();
    const watcher = await watch(server);
    const first = await publish(server);
    const { liveSince } = await first.message('welcome');
    expect(liveSince).toEqual(expect.any(Number));
    first.socket.close();
    await watcher.until(() => watcher.all('source').length === 2, 'the going');
    expect(watcher.all('source')[1]).toEqual({ type: 'source', live: false });
    await publish(server);
    await watcher.until(() => watcher.all('source').length === 3, 'the coming back');
    expect(watcher.all('source')[2]).toEqual({ type: 'source', live: true, liveSince });
  });

  it('is a new one after that', async () => {
    let ahead = 0;
    const clock = { now: () => Date.now() + ahead, delay: () => () => {}, nextFrame: () => () => {} };
    const server = await start({ clock });
    const watcher = await watch(server);
    const first = await publish(server);
    const before = (await first.message('welcome')).liveSince ?? 0;
    first.socket.close();
    await watcher.until(() => watcher.all('source').length === 2, 'the going');
    ahead = 16_000;
    const after = (await (await publish(server)).message('welcome')).liveSince ?? 0;
    expect(after - before).toBeGreaterThanOrEqual(16_000);
  });
});

describe('the stage', () => {
  it('is given to watchers and controllers, and every change of it told to all of them', async () => {
    const server = await start();
    const [watcher, controller, other] = await Promise.all([watch(server), control(server), control(server)]);
    for (const each of [watcher, controller, other]) {
      expect((await each.message('welcome')).stage?.stage).toEqual(defaultStage());
    }
    const base = (await controller.message('welcome')).stage?.revision ?? -1;
    const change = { scenes: [scene('dance', { name: 'Ours' })], hidden: true };
    expect((await controller.ask('stage.change', { change, base })).result).toEqual({ revision: base + 1 });
    for (const each of [watcher, controller, other]) {
      expect(await each.message('stage')).toEqual({ type: 'stage', revision: base + 1, change });
    }
    expect((await (await watch(server)).message('welcome')).stage).toMatchObject({
      revision: base + 1,
      stage: { hidden: true, current: 'dance' },
    });
  });

  it('is told to watchers without what it does behind the picture, such as where it posts to', async () => {
    const server = await start();
    const [watcher, controller] = await Promise.all([watch(server), control(server)]);
    const SECRET = 'https://hooks.example/a-secret-path';
    await arrange(controller, [{ do: 'webhook', url: SECRET }]);
    const late = await watch(server);
    const [first] = (await watcher.message('stage')).change.scenes ?? [];
    expect(first).toEqual(scene('jumps'));
    expect((await late.message('welcome')).stage?.stage.scenes).toContainEqual(scene('jumps'));
    for (const { messages } of [watcher, late]) expect(JSON.stringify(messages)).not.toContain(SECRET);
    const { stage } = await (await control(server)).message('welcome');
    expect(JSON.stringify(stage)).toContain(SECRET);
  });

  it('refuses the later of two who change one scene at once, whose connection stays', async () => {
    const server = await start();
    const [one, two] = await Promise.all([control(server), control(server)]);
    const base = (await one.message('welcome')).stage?.revision ?? -1;
    const rename = (name: string) => ({ change: { scenes: [scene('dance', { name })] }, base });
    expect((await one.ask('stage.change', rename('first'))).error).toBeUndefined();
    const refused = await two.ask('stage.change', rename('second'));
    expect(refused.error).toMatchObject({ code: 'STAGE_OUTDATED' });
    expect(refused.result).toBeUndefined();
    expect((await two.ask('stage.change', { ...rename('second'), base: base + 1 })).error).toBeUndefined();
  });

  it('is the same after a restart, with a higher revision', async () => {
    const data = join(folder, 'restart');
    const first = await start({ data });
    const controller = await control(first);
    const base = (await controller.message('welcome')).stage?.revision ?? -1;
    const change = { scenes: [scene('mine')], current: 'mine', removed: ['vertical'] };
    const { result } = await controller.ask('stage.change', { change, base });
    await first.close();
    const welcome = await (await watch(await start({ data }))).message('welcome');
    expect(welcome.stage?.stage.scenes.map(({ id }) => id)).toEqual(['dance', 'skeleton', 'mine']);
    expect(welcome.stage?.stage.current).toBe('mine');
    expect(welcome.stage?.revision).toBeGreaterThan((result as { revision: number }).revision);
  });

  it('stays while nobody is on the channel, also where nothing is written', async () => {
    const server = await start();
    const controller = await control(server);
    await controller.ask('stage.change', { change: { current: 'vertical' }, base: 0 });
    controller.socket.close();
    await expect.poll(() => server.health().channels).toEqual([]);
    expect((await (await watch(server)).message('welcome')).stage?.stage.current).toBe('vertical');
  });
});

describe('a controller', () => {
  it('needs the token: a viewer key watches', async () => {
    const server = await start();
    const stranger = await client(server).open();
    stranger.say({ type: 'hello', version: 1, role: 'controller', channel: 'main', token: KEY });
    expect((await stranger.closed).code).toBe(4401);
  });

  it('is answered with an error for what cannot be, and stays connected', async () => {
    const server = await start();
    const controller = await control(server);
    const refusals: ReadonlyArray<readonly [string, unknown, string, string]> = [
      ['stage.explode', {}, 'MESSAGE_INVALID', 'stage.explode'],
      ['__proto__', {}, 'MESSAGE_INVALID', '__proto__'],
      ['toString', {}, 'MESSAGE_INVALID', 'toString'],
      ['stage.change', { change: {} }, 'MESSAGE_INVALID', 'base'],
      ['stage.change', { change: { scenes: [{ id: 'x' }] }, base: 0 }, 'STAGE_INVALID', 'scenes.0'],
      ['stage.change', { change: { current: 'nowhere' }, base: 0 }, 'STAGE_INVALID', 'nowhere'],
      ['overlay.link', { scene: 'nowhere' }, 'STAGE_INVALID', 'nowhere'],
      ['trigger.test', { scene: 'dance', trigger: 'x', dry: true }, 'STAGE_INVALID', 'trigger'],
      ['command.run', { command: 'dance.tap', values: [] }, 'CONNECTION_LOST', 'go live'],
      ['obs.scene', { scene: 'Chorus' }, 'OBS_UNREACHABLE', 'OBS'],
    ];
    for (const [method, params, code, word] of refusals) {
      const { error } = await controller.request(method, params);
      expect(error, method).toMatchObject({ code });
      expect(error?.message, method).toContain(word);
    }
    expect((await controller.ask('webhook.origins', {})).result).toEqual({ origins: [] });
  });

  it('is told the address of an overlay, of any scene or one, where it found the server', async () => {
    const server = await start();
    const controller = await control(server);
    const link = async (params: { scene?: string }) => {
      const { result } = await controller.ask('overlay.link', params);
      return new URL((result as { overlay: string }).overlay);
    };
    expect((await link({})).href).toBe(server.addresses.overlay);
    const one = await link({ scene: 'vertical' });
    expect(Object.fromEntries(one.searchParams)).toEqual({ channel: 'main', key: KEY, scene: 'vertical' });
    expect(one.origin).toBe(server.addresses.server);
  });

  it('has a command run where the channel is published from', async () => {
    const server = await start();
    const [publisher, controller] = await Promise.all([publish(server), control(server)]);
    const answer = await controller.ask('command.run', { command: 'dance.tapTempo', values: [1, 'x'] });
    expect(answer.result).toEqual({});
    expect(await publisher.message('command')).toEqual({
      type: 'command',
      command: 'dance.tapTempo',
      values: [1, 'x'],
    });
  });

  it('measures how late overlays paint', async () => {
    const server = await start();
    const [watcher, controller] = await Promise.all([watch(server), control(server)]);
    expect((await controller.ask('delay.measure', {})).result).toMatchObject({ overlays: 0 });
    watcher.say({ type: 'painted', frames: 60, median: 83, longest: 140 });
    await watcher.settled();
    expect((await controller.ask('delay.measure', {})).result).toMatchObject({
      median: 83,
      longest: 140,
      overlays: 1,
    });
    watcher.socket.close();
    await watcher.closed;
    await expect
      .poll(async () => (await controller.ask('delay.measure', {})).result)
      .toMatchObject({ overlays: 0 });
  });

  it('of another channel has no hand on OBS, and is not told of it', async () => {
    const server = await start();
    const own = await control(server);
    expect((await own.message('welcome')).obs).toEqual({ status: 'off' });
    const other = await client(server).join('controller', TOKEN, 'elsewhere');
    expect(await other.message('welcome')).not.toHaveProperty('obs');
    expect((await other.ask('obs.show', { visible: false })).error).toMatchObject({
      code: 'OBS_UNSUPPORTED',
      message: expect.stringContaining('--channel'),
    });
  });

  it('that floods is closed, and nobody else', async () => {
    const server = await start({ limits: { controllerMessages: 30 } });
    const [flood, calm] = await Promise.all([control(server), control(server)]);
    for (let id = 1; id < 500; id += 1)
      flood.say({ type: 'request', id, method: 'webhook.origins', params: {} });
    expect((await flood.closed).code).toBe(4429);
    expect((await calm.ask('webhook.origins', {})).error).toBeUndefined();
  });
});

describe('a trigger', () => {
  it('fires on what is read: scene, item, sound, command, in one go, and says what became of each', async () => {
    const server = await start();
    const [publisher, watcher, controller] = await Promise.all([
      publish(server),
      watch(server),
      control(server),
    ]);
    await arrange(controller, [
      { do: 'show-item', item: 'combo', seconds: 3 },
      { do: 'sound', sound: 'chime' },
      { do: 'command', command: 'dance.tapTempo' },
      { do: 'obs-scene', scene: 'Chorus' },
      { do: 'stage-scene', scene: 'vertical' },
      { do: 'stage-scene', scene: 'nowhere' },
    ]);
    tell(publisher, reading('test.jump', 1));
    const fired = await controller.message('fired');
    expect(fired).toMatchObject({ scene: 'jumps', trigger: 'one', at: expect.any(Number) });
    expect(fired.outcomes.map(({ action, ok }) => [action.do, ok])).toEqual([
      ['show-item', true],
      ['sound', true],
      ['command', true],
      ['obs-scene', false],
      ['stage-scene', true],
      ['stage-scene', false],
    ]);
    for (const { message } of fired.outcomes) expect(message).toMatch(/^(Done|Not done): .+\.$/);
    await watcher.settled();
    expect(watcher.all('effect').map(({ effect }) => effect)).toEqual([
      { kind: 'show-item', scene: 'jumps', item: 'combo', seconds: 3 },
      { kind: 'sound', sound: 'chime' },
    ]);
    expect(watcher.all('stage').at(-1)?.change).toEqual({ current: 'vertical' });
    expect(publisher.all('command')).toEqual([{ type: 'command', command: 'dance.tapTempo', values: [] }]);
    // In another scene now, whose triggers there are none.
    tell(publisher, reading('test.jump', 2));
    await publisher.settled();
    expect(server.health().channels).toMatchObject([{ fired: 1 }]);
  });

  it('measures “for” in the time of the frames, not in that of the messages', async () => {
    const server = await start();
    const [publisher, controller] = await Promise.all([publish(server), control(server)]);
    await arrange(
      controller,
      [{ do: 'sound', sound: 'rise' }],
      [{ metric: 'test.intensity', when: { above: 80 }, for: 10 }],
    );
    publisher.say({
      type: 'state',
      entries: { metrics: [{ id: 'test.intensity', title: 'Intensity', kind: 'gauge', range: [0, 100] }] },
    });
    for (let second = 0; second < 10; second += 0.5) tell(publisher, reading('test.intensity', second, 90));
    await publisher.settled();
    expect(controller.all('fired')).toEqual([]);
    tell(publisher, reading('test.intensity', 10, 90));
    await controller.message('fired');
  });

  it('fires when something has held for long enough, also when nothing more is read of it', async () => {
    const server = await start();
    const [publisher, controller] = await Promise.all([publish(server), control(server)]);
    await arrange(
      controller,
      [{ do: 'sound', sound: 'rise' }],
      [{ metric: 'test.pose', when: { equals: 'tree' }, for: 2 }],
    );
    const frames = (from: number, to: number) => {
      for (let time = from; time < to; time += 33) {
        publisher.socket.send(encodeWireFrame({ ...testFrame(1), timestamp: time }));
      }
    };
    frames(0, 100);
    tell(publisher, reading('test.pose', 0.1, 'tree'));
    frames(100, 2000);
    await publisher.settled();
    expect(controller.all('fired')).toEqual([]);
    frames(2000, 2500);
    await publisher.settled();
    await controller.settled();
    expect(controller.all('fired')).toHaveLength(1);
  });

  it('begins anew when the film jumps: what held before does not count', async () => {
    const server = await start();
    const [publisher, controller] = await Promise.all([publish(server), control(server)]);
    await arrange(
      controller,
      [{ do: 'sound', sound: 'rise' }],
      [{ metric: 'test.intensity', when: { above: 80 }, for: 5 }],
    );
    const frame = (second: number, epoch: number) =>
      publisher.socket.send(encodeWireFrame({ ...testFrame(1), epoch, timestamp: second * 1000 }));
    const play = (from: number, to: number, epoch: number) => {
      for (let second = from; second < to; second += 0.5) {
        frame(second, epoch);
        tell(publisher, reading('test.intensity', second, 90));
      }
    };
    play(0, 4, 1);
    play(1, 5.5, 2);
    // A jump ahead is one, too.
    play(6, 10.5, 3);
    await publisher.settled();
    expect(controller.all('fired')).toEqual([]);
    play(10.5, 11.5, 3);
    await controller.message('fired');
  });

  it('can be rehearsed, which does nothing, and tried, which does it', async () => {
    const server = await start();
    const [watcher, controller] = await Promise.all([watch(server), control(server)]);
    await arrange(controller, [
      { do: 'sound', sound: 'drum' },
      { do: 'command', command: 'dance.tapTempo' },
      { do: 'webhook', url: 'https://example.org/hook' },
    ]);
    const test = (dry: boolean) => controller.ask('trigger.test', { scene: 'jumps', trigger: 'one', dry });
    expect((await test(true)).result).toMatchObject({
      outcomes: [
        { ok: true, message: 'Would: play the sound “drum”.' },
        { ok: false, message: expect.stringContaining('go live') },
        { ok: false, message: expect.stringContaining('--webhook https://example.org') },
      ],
    });
    await watcher.settled();
    expect(watcher.all('effect')).toEqual([]);
    expect((await test(false)).result).toMatchObject({
      outcomes: [{ ok: true }, { ok: false }, { ok: false }],
    });
    await watcher.settled();
    expect(watcher.all('effect').map(({ effect }) => effect)).toEqual([{ kind: 'sound', sound: 'drum' }]);
    expect(controller.all('fired')).toEqual([]);
  });

  it('posts a webhook to an allowed site', async () => {
    const bodies: unknown[] = [];
    const site: Server = createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += String(part);
      bodies.push(JSON.parse(body));
      response.end();
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    const server = await start({ webhooks: [origin] });
    const [publisher, controller] = await Promise.all([publish(server), control(server)]);
    expect((await controller.ask('webhook.origins', {})).result).toEqual({ origins: [origin] });
    await arrange(controller, [{ do: 'webhook', url: `${origin}/jump` }]);
    tell(publisher, reading('test.jump', 1));
    const fired = await controller.message('fired');
    site.close();
    site.closeAllConnections();
    expect(fired.outcomes).toEqual([
      {
        action: { do: 'webhook', url: `${origin}/jump` },
        ok: true,
        message: `Done: post to ${origin}/jump.`,
      },
    ]);
    expect(bodies).toEqual([{ channel: 'main', scene: 'jumps', trigger: 'one', at: fired.at }]);
  });
});
