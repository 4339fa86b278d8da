import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { untilStatus } from '../../../../tests/obs/obs-status.ts';
import { type RecordedObs, startRecordedObs } from '../../../../tests/obs/recorded-obs.ts';
import { createObsControl } from './create-obs-control.ts';
import type { ObsControl } from './obs-control.ts';

let obs: RecordedObs;
let control: ObsControl;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pose-coach-chapters-'));
  obs = await startRecordedObs();
  control = createObsControl({
    overlayLink: () => 'http://127.0.0.1:8787/overlay',
    dataFolder: join(folder, 'data'),
  });
  await control.methods['obs.connect']({ address: obs.address, remember: false });
});

afterEach(async () => {
  await control.dispose();
  await obs.close();
  rmSync(folder, { recursive: true });
});

/** Has an output of the peer be in a state, and tell of it. */
function tell(event: string, state: string, outputPath: string | null = null): void {
  obs.tell(event, {
    outputActive: state === 'STARTED',
    outputState: `OBS_WEBSOCKET_OUTPUT_${state}`,
    outputPath,
  });
}

/** Answers a request, and tells what becomes of it. */
function outcome(request: string, event: string, states: readonly string[], outputPath?: string): void {
  obs.answer(request, () => {
    for (const state of states) setImmediate(() => tell(event, state, outputPath));
    return {};
  });
}

/** A recording that runs for so many milliseconds. */
function recording(outputDuration: number, file: string): void {
  obs.answer('GetRecordStatus', { data: { outputActive: true, outputPaused: false, outputDuration } });
  tell('RecordStateChanged', 'STARTED', file);
}

describe('recording', () => {
  it('has begun when OBS says so, and ended with the file that OBS names', async () => {
    outcome('StartRecord', 'RecordStateChanged', ['STARTING', 'STARTED'], '/films/dance.mkv');
    await control.methods['obs.record']({ to: 'start' });
    expect(control.status).toMatchObject({ recording: true });
    outcome('StopRecord', 'RecordStateChanged', ['STOPPING', 'STOPPED'], '/films/dance.mkv');
    expect(await control.methods['obs.record']({ to: 'stop' })).toEqual({ file: '/films/dance.mkv' });
    expect(control.status).toMatchObject({ recording: false });
  });

  it('says where to look when it ends before it has begun', async () => {
    outcome('StartRecord', 'RecordStateChanged', ['STARTING', 'STOPPED']);
    await expect(control.methods['obs.record']({ to: 'start' })).rejects.toMatchObject({
      code: 'OBS_FAILED',
      message: expect.stringContaining('Settings → Output'),
    });
  });
});

describe('streaming', () => {
  const service = (streamServiceType: string, streamServiceSettings: object) =>
    obs.answer('GetStreamServiceSettings', { data: { streamServiceType, streamServiceSettings } });

  it.each([
    ['rtmp_common', { service: 'Twitch', server: 'auto', key: '' }],
    ['rtmp_common', {}],
    ['rtmp_custom', { server: '', key: 'k' }],
  ])('is not begun without a service: %s %j', async (type, settings) => {
    service(type, settings);
    obs.taken();
    await expect(control.methods['obs.stream']({ to: 'start' })).rejects.toMatchObject({
      code: 'OBS_FAILED',
      message: expect.stringContaining('Settings → Stream'),
    });
    expect(obs.changes()).toEqual([]);
  });

  it.each([
    ['rtmp_common', { service: 'Twitch', server: 'auto', key: 'live_key' }],
    ['rtmp_custom', { server: 'rtmp://127.0.0.1/live', key: '' }],
    ['whip_custom', { server: 'https://whip.example' }],
  ])('begins and ends with one: %s %j', async (type, settings) => {
    service(type, settings);
    outcome('StartStream', 'StreamStateChanged', ['STARTING', 'STARTED']);
    await control.methods['obs.stream']({ to: 'start' });
    expect(control.status).toMatchObject({ streaming: true });
    outcome('StopStream', 'StreamStateChanged', ['STOPPING', 'STOPPED']);
    await control.methods['obs.stream']({ to: 'stop' });
    expect(control.status).toMatchObject({ streaming: false });
  });

  it('says where to look when the service is not reached, without the key', async () => {
    service('rtmp_common', { service: 'Twitch', key: 'live_key' });
    outcome('StartStream', 'StreamStateChanged', ['STARTING', 'STOPPED']);
    const error: unknown = await control.methods['obs.stream']({ to: 'start' }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'OBS_FAILED' });
    expect(JSON.stringify([error, (error as Error).message, control.status])).not.toContain('live_key');
  });
});

describe('chapters', () => {
  it('are set in the recording where OBS has them', async () => {
    recording(1000, '/films/dance.mp4');
    obs.answer('CreateRecordChapter', {});
    obs.taken();
    expect(await control.methods['obs.chapter']({ title: 'Turn\n' })).toEqual({ how: 'chapter' });
    expect(obs.changes()).toEqual([
      { requestType: 'CreateRecordChapter', requestData: { chapterName: 'Turn' } },
    ]);
  });

  it('are lines of a file beside a recording that has none, hours, minutes, seconds', async () => {
    const film = join(folder, 'dance.mkv');
    writeFileSync(film, '');
    obs.answer('CreateRecordChapter', {
      code: 702,
      comment: 'Verify that the output supports chapter markers.',
    });
    recording(3_723_045.6, film);
    const file = join(folder, 'dance.chapters.txt');
    expect(await control.methods['obs.chapter']({ title: 'Jump' })).toEqual({ how: 'file', file });
    recording(3_730_000, film);
    await control.methods['obs.chapter']({ title: 'Turn' });
    expect(readFileSync(file, 'utf8')).toBe('01:02:03.045 Jump\n01:02:10.000 Turn\n');
  });

  it.each([
    ['C:\\Films\\..\\dance 1.mkv', 'dance 1.chapters.txt'],
    ['/nowhere/../.hidden.mkv', 'hidden.chapters.txt'],
  ])('lie in the data folder when the recording %s is not here', async (path, name) => {
    obs.answer('CreateRecordChapter', { code: 702 });
    recording(0, path);
    const { file } = await control.methods['obs.chapter']({ title: 'Jump' });
    expect(file).toBe(join(folder, 'data', name));
    expect(readdirSync(join(folder, 'data'))).toEqual([name]);
  });

  it('begin a new file with a new recording', async () => {
    obs.answer('CreateRecordChapter', { code: 702 });
    for (const name of ['one', 'two']) {
      recording(0, `/nowhere/${name}.mkv`);
      await control.methods['obs.chapter']({ title: 'Jump' });
      tell('RecordStateChanged', 'STOPPED', `/nowhere/${name}.mkv`);
    }
    expect(readdirSync(join(folder, 'data')).sort()).toEqual(['one.chapters.txt', 'two.chapters.txt']);
  });

  it('do not go on with the file of a recording that ended while OBS was not connected', async () => {
    obs.answer('CreateRecordChapter', { code: 702 });
    recording(0, '/nowhere/one.mkv');
    await control.methods['obs.chapter']({ title: 'Jump' });
    const again = untilStatus(control, ({ status }) => status === 'waiting');
    obs.drop(1001);
    await again;
    await untilStatus(control, ({ status }) => status === 'connected');
    const { file } = await control.methods['obs.chapter']({ title: 'Turn' });
    expect(file).not.toContain('one.chapters.txt');
    expect(readFileSync(join(folder, 'data', 'one.chapters.txt'), 'utf8')).not.toContain('Turn');
  });

  it('are refused with words while nothing is recorded', async () => {
    await expect(control.methods['obs.chapter']({ title: 'x' })).rejects.toMatchObject({
      code: 'OBS_FAILED',
      message: expect.stringContaining('start recording'),
    });
    expect(existsSync(join(folder, 'data'))).toBe(false);
  });
});
