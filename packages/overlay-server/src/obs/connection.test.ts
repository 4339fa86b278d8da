import { createServer } from 'node:net';
import type { ObsStatus } from '@pose-coach/core/stage';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { ManualClock } from '../../../../packages/core/src/base/manual-clock.ts';
import { untilStatus } from '../../../../tests/obs/obs-status.ts';
import {
  type RecordedObs,
  type RecordedObsOptions,
  startRecordedObs,
} from '../../../../tests/obs/recorded-obs.ts';
import { createObsControl } from './create-obs-control.ts';
import type { ObsControl } from './obs-control.ts';

const LINK = 'http://127.0.0.1:8787/overlay?channel=main&key=abc';

const released: Array<() => unknown> = [];

afterEach(async () => {
  for (const release of released.splice(0).reverse()) await release();
});

function control(clock?: ManualClock): ObsControl {
  const made = createObsControl({ overlayLink: () => LINK, ...(clock ? { clock } : {}) });
  released.push(() => made.dispose());
  return made;
}

async function peer(options?: RecordedObsOptions): Promise<RecordedObs> {
  const started = await startRecordedObs(options);
  released.push(() => started.close());
  return started;
}

async function connect(made: ObsControl, address: string, password?: string): Promise<ObsStatus> {
  const given = password === undefined ? {} : { password };
  return (await made.methods['obs.connect']({ address, ...given, remember: false })).status;
}

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}

/** Lets what is under way on sockets of this machine arrive. */
const arrival = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('the connection to OBS', () => {
  it('is off until somebody asks for it, and says what to do', async () => {
    const made = control();
    expect(made.status).toEqual({ status: 'off' });
    await made.resume();
    expect(made.status).toEqual({ status: 'off' });
    await expect(made.methods['obs.scene']({ scene: 'x' })).rejects.toMatchObject({
      code: 'OBS_UNREACHABLE',
      message: expect.stringContaining('connect it in the studio'),
    });
  });

  it('waits for an OBS that is not there, twice as long each time up to eight seconds', async () => {
    const clock = new ManualClock(1_000_000);
    const made = control(clock);
    const delays: number[] = [];
    const address = `ws://127.0.0.1:${await closedPort()}`;
    made.onDidChange((status) => {
      if (status.status === 'waiting') delays.push(status.retryAt - clock.now());
    });
    expect(await connect(made, address)).toMatchObject({
      status: 'waiting',
      address,
      message: expect.stringContaining('Enable WebSocket server'),
    });
    while (delays.length < 8) {
      const heard = delays.length;
      clock.advance(8000);
      while (delays.length === heard) await arrival();
    }
    for (const [index, delay] of delays.entries()) {
      const longest = Math.min(8000, 250 * 2 ** index);
      expect(delay).toBeGreaterThanOrEqual(longest / 2);
      expect(delay).toBeLessThanOrEqual(longest);
    }
  });

  it('is tried soon again after it was had, however long it was waited for before', async () => {
    const clock = new ManualClock();
    const made = control(clock);
    const port = await closedPort();
    await connect(made, `ws://127.0.0.1:${port}`);
    const waiting = async (least: number) => {
      const status = await untilStatus(
        made,
        (each) => each.status === 'waiting' && each.retryAt > clock.now() + least,
      );
      return status.status === 'waiting' ? status.retryAt - clock.now() : Number.NaN;
    };
    for (const least of [250, 500, 1000]) {
      clock.advance(8000);
      await waiting(least);
    }
    const obs = await peer({ port });
    clock.advance(8000);
    await untilStatus(made, ({ status }) => status === 'connected');
    obs.drop(1001);
    expect(await waiting(0)).toBeLessThanOrEqual(250);
  });

  it('is taken up again by itself after OBS has closed, and follows what is new there', async () => {
    const obs = await peer();
    const made = control();
    await connect(made, obs.address);
    obs.scenes.scenes.set('Later', []);
    obs.drop(1001);
    const lost = await untilStatus(made, ({ status }) => status === 'waiting');
    expect(lost).toMatchObject({ message: expect.stringContaining('OBS was closed') });
    const back = await untilStatus(made, ({ status }) => status === 'connected');
    expect(back).toMatchObject({ scenes: ['Scene', 'Later'] });
  });

  it('looks at OBS again when a browser source has another address, and not for every text that follows a metric', async () => {
    const obs = await peer();
    const made = control();
    await connect(made, obs.address);
    obs.taken();
    const changed = (inputName: string, inputSettings: object) =>
      obs.tell('InputSettingsChanged', { inputName, inputUuid: inputName, inputSettings });
    changed('Score', { text: '100' });
    // Answered after all that the events before it have set off.
    await made.methods['obs.sources']({});
    expect(obs.taken().map(({ requestType }) => requestType)).not.toContain('GetSceneList');
    changed('Overlay', { url: LINK });
    await made.methods['obs.sources']({});
    expect(obs.taken().map(({ requestType }) => requestType)).toContain('GetSceneList');
  });

  it('is not taken up again when somebody ends it in OBS', async () => {
    const obs = await peer();
    const made = control();
    await connect(made, obs.address);
    obs.drop(4011);
    const { status } = await untilStatus(made, (each) => each.status !== 'connected');
    expect(status).toBe('refused');
  });

  it.each([
    ['one that wants another version of the protocol', 'update Pose Coach', () => peer({ rpcVersion: 2 })],
    [
      'a WebSocket server that is not OBS',
      'not the WebSocket server of OBS',
      async () => {
        const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => false });
        await new Promise<void>((resolve) => server.once('listening', resolve));
        released.push(() => server.close());
        const address = server.address();
        if (address === null || typeof address === 'string') throw new Error('No port was given.');
        return { address: `ws://127.0.0.1:${address.port}` };
      },
    ],
  ])('is refused with words by %s', async (_, words, start) => {
    const { address } = await start();
    expect(await connect(control(), address)).toMatchObject({
      status: 'refused',
      message: expect.stringContaining(words),
    });
  });

  it('is given up when nothing comes from what took it', async () => {
    const clock = new ManualClock();
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const sockets: Array<{ destroy(): void }> = [];
    silent.on('connection', (socket) => sockets.push(socket));
    released.push(() => {
      for (const socket of sockets) socket.destroy();
      silent.close();
    });
    const address = silent.address();
    if (address === null || typeof address === 'string') throw new Error('No port was given.');
    const made = control(clock);
    const outcome = connect(made, `ws://127.0.0.1:${address.port}`);
    while (sockets.length === 0) await arrival();
    clock.advance(5000);
    expect(await outcome).toMatchObject({
      status: 'waiting',
      message: expect.stringContaining('5 seconds'),
    });
  });

  it('gives a request up after five seconds', async () => {
    const clock = new ManualClock();
    const obs = await peer();
    const made = control(clock);
    await connect(made, obs.address);
    obs.answer('SetCurrentProgramScene', () => undefined);
    const outcome = made.methods['obs.scene']({ scene: 'Scene' }).catch((error: unknown) => error);
    let settled = false;
    void outcome.finally(() => {
      settled = true;
    });
    clock.advance(4999);
    await arrival();
    expect(settled).toBe(false);
    clock.advance(1);
    expect(await outcome).toMatchObject({
      code: 'OBS_UNREACHABLE',
      message: expect.stringContaining('SetCurrentProgramScene'),
    });
  });

  it('is left when OBS hangs, and taken up when it answers again', async () => {
    const clock = new ManualClock();
    const obs = await peer();
    const made = control(clock);
    await connect(made, obs.address);
    let hangs = true;
    obs.answer('GetRecordStatus', () =>
      hangs ? undefined : { data: { outputActive: false, outputDuration: 0 } },
    );
    // The look that comes after five seconds, and its own five.
    clock.advance(5000);
    clock.advance(5000);
    await untilStatus(made, ({ status }) => status === 'waiting');
    hangs = false;
    clock.advance(500);
    await untilStatus(made, ({ status }) => status === 'connected');
  });

  it('ends requests that are under way when OBS is lost', async () => {
    const obs = await peer();
    const made = control();
    await connect(made, obs.address);
    obs.answer('SetCurrentProgramScene', () => {
      obs.drop(1001);
      return undefined;
    });
    await expect(made.methods['obs.scene']({ scene: 'Scene' })).rejects.toMatchObject({
      code: 'OBS_UNREACHABLE',
      message: expect.stringContaining('OBS was closed'),
    });
  });

  it('survives answers that nobody understands', async () => {
    const obs = await peer();
    obs.answer('GetVersion', { data: { obsVersion: 31 } });
    expect(await connect(control(), obs.address)).toMatchObject({
      status: 'waiting',
      message: expect.stringContaining('GetVersion'),
    });
  });

  it('goes to the last OBS that was asked for when two are asked for at once', async () => {
    const [one, other] = [await peer(), await peer()];
    const made = control();
    await Promise.all([connect(made, one.address), connect(made, other.address)]);
    expect(made.status).toMatchObject({ status: 'connected', address: other.address });
    await expect.poll(() => one.connections()).toBe(0);
  });

  it('holds no timer and no connection after it was disposed, at whatever moment', async () => {
    for (const moment of [0, 1, 2, 3, 5, 8, 13]) {
      const clock = new ManualClock();
      const obs = await startRecordedObs({ password: 'secret' });
      const made = createObsControl({ overlayLink: () => LINK, clock });
      const outcome = connect(made, obs.address, 'secret').catch(() => undefined);
      for (let turn = 0; turn < moment; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await made.dispose();
      await outcome;
      expect(clock.pending).toBe(0);
      expect(made.status).toEqual({ status: 'off' });
      await obs.close();
    }
  });
});
