import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RecordedObs, startRecordedObs } from '../../../../tests/obs/recorded-obs.ts';
import { createObsControl } from './create-obs-control.ts';
import type { ObsControl } from './obs-control.ts';

let obs: RecordedObs;
let folder: string;
const controls: ObsControl[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pose-coach-memory-'));
  obs = await startRecordedObs({ password: 'secret' });
});

afterEach(async () => {
  for (const made of controls.splice(0)) await made.dispose();
  await obs.close();
  rmSync(folder, { recursive: true });
});

function control(): ObsControl {
  const made = createObsControl({
    overlayLink: () => 'http://127.0.0.1:8787/overlay',
    places: { platform: 'linux', environment: {}, home: folder },
    dataFolder: folder,
  });
  controls.push(made);
  return made;
}

const connect = (made: ObsControl, password: string, remember = true) =>
  made.methods['obs.connect']({ address: obs.address, password, remember });

describe('an OBS that is to be remembered', () => {
  it('is kept for the next start, in a file that only this user can read', async () => {
    await connect(control(), 'secret');
    const file = join(folder, 'obs.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ address: obs.address, password: 'secret' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const next = control();
    await next.resume();
    expect(next.status).toMatchObject({ status: 'connected', address: obs.address });
  });

  it('is not kept with a password that it refused, nor when nobody wishes it', async () => {
    await connect(control(), 'wrong');
    await connect(control(), 'secret', false);
    expect(existsSync(join(folder, 'obs.json'))).toBe(false);
  });

  it('is kept without a password when it is the one of this machine, whose own settings have it', async () => {
    const settings = join(folder, '.config/obs-studio/plugin_config/obs-websocket');
    mkdirSync(settings, { recursive: true });
    writeFileSync(
      join(settings, 'config.json'),
      JSON.stringify({
        server_enabled: true,
        server_port: Number(new URL(obs.address).port),
        server_password: 'secret',
      }),
    );
    const { status } = await control().methods['obs.connect']({ remember: true });
    expect(status).toMatchObject({ status: 'connected', address: obs.address });
    expect(JSON.parse(readFileSync(join(folder, 'obs.json'), 'utf8'))).toEqual({});
    const next = control();
    await next.resume();
    expect(next.status).toMatchObject({ status: 'connected', address: obs.address });
  });

  it('is forgotten when it is disconnected', async () => {
    const made = control();
    await connect(made, 'secret');
    await made.methods['obs.disconnect']({});
    expect(made.status).toEqual({ status: 'off' });
    expect(existsSync(join(folder, 'obs.json'))).toBe(false);
    await expect.poll(() => obs.connections()).toBe(0);
  });

  it('is let go of all the same when it cannot be forgotten, and that is said', async () => {
    const made = control();
    await connect(made, 'secret', false);
    // A folder where the file should be: not even an administrator can remove it as one.
    mkdirSync(join(folder, 'obs.json'));
    await expect(made.methods['obs.disconnect']({})).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining(join(folder, 'obs.json')),
    });
    expect(made.status).toEqual({ status: 'off' });
  });

  it.each(['', '{"address":', '{"address":5}', 'null'])('is nobody when the file holds %j', async (text) => {
    writeFileSync(join(folder, 'obs.json'), text);
    const made = control();
    await made.resume();
    expect(made.status).toEqual({ status: 'off' });
  });

  it('is connected all the same when it cannot be kept, and that is said', async () => {
    const made = createObsControl({ overlayLink: () => 'http://127.0.0.1:8787/overlay' });
    controls.push(made);
    await expect(connect(made, 'secret')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect(made.status.status).toBe('connected');
    // A folder where the file should be: not even an administrator can write it.
    mkdirSync(join(folder, 'obs.json'));
    await expect(connect(control(), 'secret')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  });
});
