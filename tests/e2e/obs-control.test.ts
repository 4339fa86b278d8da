import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObsStatus } from '@pose-coach/core/stage';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createObsControl, type ObsControl } from '../../packages/overlay-server/src/obs/index.ts';
import { findProgram } from '../browsers.ts';
import { untilStatus } from '../obs/obs-status.ts';
import { hasObs, NO_OBS, OBS_PASSWORD, type RealObs, startObs } from '../obs/real-obs.ts';

const LINK = 'http://127.0.0.1:8787/overlay?channel=main&key=abc';

describe('control of real OBS Studio', () => {
  let obs: RealObs;
  let folder: string;
  const controls: ObsControl[] = [];

  function control(): ObsControl {
    const made = createObsControl({
      overlayLink: (scene) => (scene === undefined ? LINK : `${LINK}&scene=${scene}`),
      dataFolder: folder,
      places: { platform: 'linux', environment: {}, home: obs.home },
    });
    controls.push(made);
    return made;
  }

  /** One that is connected, with the password. */
  async function connected(): Promise<ObsControl> {
    const made = control();
    const { status } = await connect(made);
    expect(status.status).toBe('connected');
    return made;
  }

  function connect(made: ObsControl, password = OBS_PASSWORD): Promise<{ status: ObsStatus }> {
    return made.methods['obs.connect']({ address: obs.address, password, remember: false });
  }

  beforeAll(async () => {
    if (hasObs()) obs = await startObs();
    folder = mkdtempSync(join(tmpdir(), 'pose-coach-obs-data-'));
  });

  beforeEach((context) => {
    if (!hasObs()) context.skip(NO_OBS);
  });

  afterEach(async () => {
    for (const made of controls.splice(0)) await made.dispose();
  });

  afterAll(async () => {
    await obs?.close();
    rmSync(folder, { recursive: true });
  });

  it('connects, and says what it is and can do', async () => {
    const made = await connected();
    expect(made.status).toMatchObject({
      status: 'connected',
      address: obs.address,
      obsVersion: expect.stringMatching(/^\d+\.\d+/),
      websocketVersion: expect.stringMatching(/^5\./),
      abilities: { renderDelay: true, textKind: expect.stringMatching(/^text_ft2_source/) },
      recording: false,
      streaming: false,
      overlays: [],
    });
    if (made.status.status !== 'connected') throw new Error('It is not connected.');
    expect(made.status.scenes).toContain(made.status.scene);
  });

  it.each([
    ['a wrong one', 'not the password'],
    ['none', ''],
  ])('says where to find the password when it is given %s, and does not try again', async (_, password) => {
    const made = control();
    const heard: ObsStatus[] = [];
    made.onDidChange((status) => heard.push(status));
    const { status } = await connect(made, password);
    expect(status).toEqual({
      status: 'refused',
      address: obs.address,
      message: expect.stringContaining('Tools → WebSocket Server Settings → Show Connect Info'),
    });
    expect(heard.map((each) => each.status)).toEqual(['connecting', 'refused']);
    await expect(made.methods['obs.scene']({ scene: 'Scene' })).rejects.toMatchObject({
      code: 'OBS_REFUSED',
    });
  });

  it('finds OBS by its own settings on this machine, and connects with the password in them', async () => {
    const made = control();
    expect(await made.methods['obs.find']({})).toMatchObject({ found: true, address: obs.address });
    const { status } = await made.methods['obs.connect']({ remember: true });
    expect(status).toMatchObject({ status: 'connected', address: obs.address });
    // What OBS keeps is not kept a second time.
    expect(readFileSync(join(folder, 'obs.json'), 'utf8')).not.toContain(OBS_PASSWORD);
    const next = control();
    await next.resume();
    expect(next.status).toMatchObject({ status: 'connected', address: obs.address });
    await next.methods['obs.disconnect']({});
    expect(next.status).toEqual({ status: 'off' });
    expect(existsSync(join(folder, 'obs.json'))).toBe(false);
  });

  it('remembers another machine’s OBS in a file that only this user can read', async () => {
    const made = control();
    await made.methods['obs.connect']({ address: obs.address, password: OBS_PASSWORD, remember: true });
    expect(statSync(join(folder, 'obs.json')).mode & 0o777).toBe(0o600);
    const next = control();
    await next.resume();
    expect(next.status).toMatchObject({ status: 'connected', address: obs.address });
    await next.methods['obs.disconnect']({});
  });

  it('sets up a scene once, and changes nothing the second time', async () => {
    const made = await connected();
    const first = await made.methods['obs.setup']({ scene: 'Dance' });
    expect(first.steps[0]).toEqual({ what: 'Scene “Dance”', outcome: 'created' });
    const second = await made.methods['obs.setup']({ scene: 'Dance' });
    expect(second.steps[0]).toEqual({ what: 'Scene “Dance”', outcome: 'unchanged' });
    if (made.status.status !== 'connected') throw new Error('It is not connected.');
    expect(made.status.scenes).toContain('Dance');
    if (made.status.abilities.browserSource) {
      expect(second.steps.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'unchanged']);
      expect(made.status.overlays).toEqual(['Pose Coach']);
    } else {
      // Debian's.
      expect(second.steps[1]).toMatchObject({
        what: 'Browser source “Pose Coach”',
        outcome: 'impossible',
        detail: expect.stringContaining('obsproject.com'),
      });
      expect(first.steps[1]).toEqual(second.steps[1]);
    }
  });

  it('switches scenes, and says so to every connected control', async () => {
    const [made, other] = [await connected(), await connected()];
    await made.methods['obs.setup']({ scene: 'Finale' });
    await made.methods['obs.scene']({ scene: 'Finale' });
    expect(made.status).toMatchObject({ scene: 'Finale' });
    await untilStatus(other, (status) => status.status === 'connected' && status.scene === 'Finale');
    await expect(made.methods['obs.scene']({ scene: 'Nowhere' })).rejects.toMatchObject({
      code: 'OBS_FAILED',
      message: expect.stringContaining('Nowhere'),
    });
  });

  it('records a film, with chapters in a file beside it where OBS has none', async () => {
    const made = await connected();
    await made.methods['obs.record']({ to: 'start' });
    expect(made.status).toMatchObject({ recording: true });
    // A second time there is nothing to do.
    await made.methods['obs.record']({ to: 'start' });
    await untilStatus(made, (status) => status.status === 'connected' && (status.recordedFor ?? 0) >= 1500);
    const chapter = await made.methods['obs.chapter']({ title: 'First\njump' });
    const { file = '' } = await made.methods['obs.record']({ to: 'stop' });
    expect(made.status).toMatchObject({ recording: false });
    expect(await made.methods['obs.record']({ to: 'stop' })).toEqual({});

    const probe = findProgram(undefined, ['ffprobe']);
    if (!probe) throw new Error('No ffprobe on this machine: install ffmpeg.');
    const shown = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'stream=codec_name,width,height'];
    const found = execFileSync(probe, [...shown, '-show_entries', 'format=duration', '-of', 'json', file]);
    const { streams, format } = JSON.parse(found.toString()) as {
      streams: readonly unknown[];
      format: { duration: string };
    };
    expect(streams).toEqual([{ codec_name: 'h264', width: 1280, height: 720 }]);
    expect(Number(format.duration)).toBeGreaterThan(1);

    if (chapter.how === 'chapter') return;
    expect(chapter.file).toBe(file.replace(/\.mkv$/, '.chapters.txt'));
    const [, seconds] =
      /^00:00:(\d\d\.\d{3}) First jump\n$/.exec(readFileSync(chapter.file ?? '', 'utf8')) ?? [];
    expect(Number(seconds)).toBeGreaterThanOrEqual(1.5);
    expect(Number(seconds)).toBeLessThanOrEqual(Number(format.duration));
  });

  it('says that nothing is recorded when a chapter is set', async () => {
    const made = await connected();
    await expect(made.methods['obs.chapter']({ title: 'x' })).rejects.toMatchObject({ code: 'OBS_FAILED' });
  });

  it('says where to set a streaming service before OBS opens a message box about it', async () => {
    const made = await connected();
    await expect(made.methods['obs.stream']({ to: 'start' })).rejects.toMatchObject({
      code: 'OBS_FAILED',
      message: expect.stringContaining('Settings → Stream'),
    });
    expect(await made.methods['obs.stream']({ to: 'stop' })).toEqual({});
  });

  describe('with a text source', () => {
    beforeAll(async () => {
      if (!hasObs()) return;
      await obs.ask('CreateScene', { sceneName: 'Texts' });
      await obs.ask('CreateInput', {
        sceneName: 'Texts',
        inputName: 'Tempo',
        inputKind: 'text_ft2_source_v2',
        inputSettings: { text: '' },
      });
    });

    it('makes it say something, the newest when OBS cannot keep up', async () => {
      const made = await connected();
      await Promise.all(['98 BPM', '99 BPM', '100 BPM'].map((text) => made.setText('Tempo', text)));
      const { inputSettings } = await obs.ask('GetInputSettings', { inputName: 'Tempo' });
      expect(inputSettings).toMatchObject({ text: '100 BPM' });
      await expect(made.setText('Nothing', 'x')).rejects.toMatchObject({
        code: 'OBS_FAILED',
        message: expect.stringContaining('Nothing'),
      });
    });

    it('gives it a Render Delay, sets the one it has, and holds it to what OBS allows', async () => {
      const made = await connected();
      const set = async (milliseconds: number) =>
        (await made.methods['obs.delay']({ source: 'Tempo', milliseconds })).step;
      const stored = async () => {
        const { filters } = await obs.ask('GetSourceFilterList', { sourceName: 'Tempo' });
        return filters.map(({ filterKind, filterSettings }) => [filterKind, filterSettings]);
      };
      expect(await set(119.6)).toMatchObject({ outcome: 'created', detail: 'Set to 120 ms.' });
      expect(await set(120)).toMatchObject({ outcome: 'unchanged' });
      expect(await stored()).toEqual([['gpu_delay', { delay_ms: 120 }]]);
      expect(await set(730)).toMatchObject({
        outcome: 'updated',
        detail: expect.stringContaining('730 ms were measured'),
      });
      expect(await stored()).toEqual([['gpu_delay', { delay_ms: 500 }]]);
      const { sources } = await made.methods['obs.sources']({});
      expect(sources).toContainEqual({
        name: 'Tempo',
        kind: 'text_ft2_source_v2',
        filters: [{ name: 'Pose Coach: delay', kind: 'gpu_delay' }],
      });
    });

    it('sets a number of a filter, and names the filter that is not there', async () => {
      await obs.ask('CreateSourceFilter', {
        sourceName: 'Tempo',
        filterName: 'Glow',
        filterKind: 'color_filter_v2',
        filterSettings: { opacity: 1 },
      });
      const made = await connected();
      await made.setFilterValue('Tempo', 'Glow', 'opacity', 0.25);
      const filter = await obs.ask('GetSourceFilter', { sourceName: 'Tempo', filterName: 'Glow' });
      expect(filter.filterSettings).toMatchObject({ opacity: 0.25 });
      await expect(made.setFilterValue('Tempo', 'Gloom', 'opacity', 0)).rejects.toMatchObject({
        code: 'OBS_FAILED',
        message: expect.stringContaining('Gloom'),
      });
    });
  });

  it('survives that OBS is closed and opened again, and has no request wait for ever', async () => {
    const made = await connected();
    // On its way when OBS goes: obs-websocket-js itself would never settle it.
    const pending = made.methods['obs.sources']({}).then(
      () => 'answered',
      ({ code }: { code: string }) => code,
    );
    await obs.kill();
    expect(['answered', 'OBS_UNREACHABLE']).toContain(await pending);
    const lost = await untilStatus(made, ({ status }) => status === 'waiting');
    expect(lost).toMatchObject({ address: obs.address, retryAt: expect.any(Number) });
    await expect(made.methods['obs.record']({ to: 'start' })).rejects.toMatchObject({
      code: 'OBS_UNREACHABLE',
    });
    await obs.start();
    await untilStatus(made, ({ status }) => status === 'connected');
    await made.methods['obs.setup']({ scene: 'Encore' });
    expect(made.status).toMatchObject({ scenes: expect.arrayContaining(['Encore']) });
  });

  it('never says the password', async () => {
    const made = control();
    const heard: unknown[] = [];
    made.onDidChange((status) => heard.push(status));
    await connect(made);
    const wrong = control();
    wrong.onDidChange((status) => heard.push(status));
    await connect(wrong, 'another password');
    const error = await wrong.methods['obs.record']({ to: 'start' }).catch((thrown: unknown) => thrown);
    const { inspect } = await import('node:util');
    const said = inspect([heard, made, wrong, error], { depth: 20, showHidden: true });
    expect(said).toContain('connected');
    expect(said).not.toContain(OBS_PASSWORD);
    expect(said).not.toContain('another password');
  });
});
