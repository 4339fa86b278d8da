import { afterEach, describe, expect, it } from 'vitest';
import type { Beat } from '../../analysis/index.ts';
import { RecordingWriter } from '../../session/index.ts';
import type { ExtensionContext, ExtensionModule, PoseCoachApi } from '../api/extension-api.ts';
import { memoryStorage } from '../manager/storage.ts';
import { syntheticFrames } from './synthetic-person.ts';
import { type ExtensionTest, type TestExtensionOptions, testExtension } from './test-extension.ts';

const manifest = {
  name: 'extension-under-test',
  version: '1.0.0',
  poseCoach: {
    apiVersion: 1,
    prefix: 'try',
    main: './extension.js',
    permissions: ['poses', 'audio', 'storage'],
    contributes: {
      analyzers: [
        { id: 'try.all', title: 'All', inputs: ['poses', 'beats'], metrics: ['try.people', 'try.beats'] },
      ],
      metrics: [
        { id: 'try.people', title: 'People', kind: 'series' },
        { id: 'try.beats', title: 'Beats', kind: 'event' },
      ],
      feedback: [
        {
          id: 'try.nobody',
          metric: 'try.people',
          when: { below: 1 },
          cue: { severity: 'hint', message: 'Come into view.' },
        },
      ],
      commands: [{ id: 'try.visit', title: 'Visit' }],
      configuration: {
        properties: { 'try.factor': { title: 'Factor', type: 'number', minimum: 0, default: 1 } },
      },
    },
  },
};

/** Counts the people in view times a factor, tells the beats it hears, and how often it was visited. */
const counting: ExtensionModule = {
  activate(context, coach) {
    let seen = 0;
    const create = () => ({
      step({
        frame,
        beats,
      }: {
        frame: { timestamp: number; poses: readonly unknown[] };
        beats: readonly Beat[];
      }) {
        seen += 1;
        const { timestamp } = frame;
        const factor = Number(context.configuration.get('try.factor'));
        const about = { timestamp, status: 'ok', confidence: 1 } as const;
        return [
          { ...about, metric: 'try.people', value: frame.poses.length * factor },
          ...beats.map((beat) => ({ ...about, metric: 'try.beats', value: beat.timestamp })),
        ];
      },
      reset() {},
      finish: () => ({ readings: [], details: { seen } }),
    });
    context.subscriptions.push(
      coach.analyzers.register('try.all', { create }),
      coach.commands.register('try.visit', async () => {
        const visits = Number((await context.globalState.get('visits')) ?? 0) + 1;
        await context.globalState.set('visits', visits);
        return visits;
      }),
    );
  },
};

const tests: ExtensionTest[] = [];
const start = async (options: Partial<TestExtensionOptions> = {}) => {
  const test = await testExtension({ manifest, module: counting, ...options });
  tests.push(test);
  return test;
};
afterEach(() => {
  for (const test of tests.splice(0)) test.dispose();
});

describe('testExtension', () => {
  it('shows every frame to the analyzer and gives back what it said to each', async () => {
    const test = await start();
    const { readings, cues } = await test.feed(
      syntheticFrames(1, (second) => (second < 0.5 ? undefined : {}), { rate: 10 }),
    );
    expect(readings.map(({ value }) => value)).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    expect(readings.map(({ timestamp }) => timestamp)).toEqual([
      0, 100, 200, 300, 400, 500, 600, 700, 800, 900,
    ]);
    expect(cues.map(({ id, source }) => [id, source])).toEqual([['try.nobody', 'extension-under-test']]);
    expect((await test.finish())['try.all']?.details).toEqual({ seen: 10 });
    expect(test.status).toMatchObject({ state: 'active', trust: 'trusted' });
  });

  it('keeps all that was said, and gives each feed its own part', async () => {
    const test = await start();
    const first = await test.feed(syntheticFrames(1, () => ({}), { rate: 2 }));
    const second = await test.feed(syntheticFrames(1, () => ({}), { rate: 2, from: 1 }));
    expect(first.readings.map(({ timestamp }) => timestamp)).toEqual([0, 500]);
    expect(second.readings.map(({ timestamp }) => timestamp)).toEqual([1000, 1500]);
    expect(test.readings).toEqual([...first.readings, ...second.readings]);
  });

  it('gives the same readings and cues each time', async () => {
    const frames = syntheticFrames(4, (second) => (Math.floor(second) % 2 ? {} : undefined));
    const [first, second] = [await (await start()).feed(frames), await (await start()).feed(frames)];
    expect(second).toEqual(first);
  });

  it('lets beats be heard with the first frame that is not before them', async () => {
    const test = await start();
    const beats = [40, 250, 300].map((timestamp) => ({ timestamp, strength: 1 }));
    const { readings } = await test.feed(
      syntheticFrames(0.5, () => ({}), { rate: 10 }),
      beats,
    );
    const heard = readings.filter(({ metric }) => metric === 'try.beats');
    expect(heard.map(({ timestamp, value }) => [timestamp, value])).toEqual([
      [100, 40],
      [300, 250],
      [300, 300],
    ]);
  });

  it('plays a recording', async () => {
    const frames = syntheticFrames(1, () => ({}), { rate: 10 });
    const chunks: Uint8Array[] = [];
    const writer = new RecordingWriter((chunk) => void chunks.push(chunk));
    for (const frame of frames) writer.append(frame);
    await writer.close();
    const recording = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
    const test = await start();
    const { readings } = await test.feed(recording);
    expect(readings.map(({ value }) => value)).toEqual(Array.from({ length: 10 }, () => 1));
    await expect(test.feed(recording.slice(0, -20))).rejects.toMatchObject({ code: 'BYTES_INVALID' });
    await expect(test.feed(new Uint8Array(100))).rejects.toMatchObject({ code: 'BYTES_INVALID' });
  });

  it('begins with settings that were given, and changes them while it runs', async () => {
    const test = await start({ settings: { 'try.factor': 3 } });
    const value = async () =>
      (await test.feed(syntheticFrames(0.1, () => ({}), { rate: 10 }))).readings[0]?.value;
    expect(await value()).toBe(3);
    await test.set('try.factor', 5);
    expect(await value()).toBe(5);
    await expect(test.set('try.factor', -1)).rejects.toMatchObject({ code: 'SETTING_INVALID' });
    await expect(start({ settings: { 'try.other': 1 } })).rejects.toMatchObject({ code: 'SETTING_INVALID' });
  });

  it('runs a module whose settings are typed by an interface', async () => {
    interface Settings {
      readonly 'try.factor': number;
    }
    const typed = {
      activate({ configuration }: ExtensionContext<Settings>, coach: PoseCoachApi): void {
        coach.commands.register('try.visit', (): number => 2 * configuration.get('try.factor'));
      },
    };
    const test = await start({ module: typed, settings: { 'try.factor': 21 } });
    expect(await test.execute('try.visit')).toBe(42);
  });

  it('grants what the manifest asks for, unless it is told what to grant', async () => {
    const granting = await start();
    expect(await granting.execute('try.visit')).toBe(1);
    const refusing = await start({ permissions: [] });
    await expect(refusing.execute('try.visit')).rejects.toThrow(/storage/);
    expect(refusing.status.granted).toEqual(['poses']);
  });

  it('keeps nothing from one test to the next, unless they are given one storage', async () => {
    expect(await (await start()).execute('try.visit')).toBe(1);
    expect(await (await start()).execute('try.visit')).toBe(1);
    const storage = memoryStorage();
    expect(await (await start({ storage })).execute('try.visit')).toBe(1);
    expect(await (await start({ storage })).execute('try.visit')).toBe(2);
  });

  it('refuses a faulty manifest with every fault', async () => {
    const faulty = { ...manifest, poseCoach: { ...manifest.poseCoach, apiVersion: 'one', prefix: 'Try' } };
    const refusal = testExtension({ manifest: faulty, module: counting });
    await expect(refusal).rejects.toMatchObject({ code: 'MANIFEST_INVALID' });
    await expect(refusal).rejects.toThrow(/\/poseCoach\/apiVersion.*\n.*\/poseCoach\/prefix/);
  });

  it.each(['feed', 'finish'] as const)(
    'fails in `%s` when an analyzer reads what only another one lists',
    async (call) => {
      const { poseCoach } = manifest;
      const [all] = poseCoach.contributes.analyzers;
      const analyzers = [
        { ...all, metrics: ['try.people'] },
        { ...all, id: 'try.other', metrics: ['try.beats'] },
      ];
      const contributes = { ...poseCoach.contributes, analyzers };
      const module: ExtensionModule = {
        activate(_context, coach) {
          const beat = { metric: 'try.beats', timestamp: 0, status: 'ok', value: 1, confidence: 1 } as const;
          coach.analyzers.register('try.all', {
            create: () => ({
              step: () => (call === 'feed' ? [beat] : []),
              reset: () => undefined,
              finish: () => ({ readings: [beat] }),
            }),
          });
        },
      };
      const test = await start({
        manifest: { ...manifest, poseCoach: { ...poseCoach, contributes } },
        module,
      });
      const run = async () => {
        await test.feed(syntheticFrames(0.1, () => ({})));
        await test.finish();
      };
      await expect(run()).rejects.toMatchObject({
        code: 'EXTENSION_FAILED',
        message: expect.stringContaining(
          'analyzer try.all: it read try.beats, and the manifest lists try.people as its metrics.',
        ),
      });
    },
  );

  it('fails the test when the extension fails', async () => {
    const create = () => ({
      step() {
        throw new Error('no knee');
      },
      reset() {},
    });
    const throwing: ExtensionModule = {
      activate: (_context, coach) => void coach.analyzers.register('try.all', { create }),
    };
    const test = await start({ module: throwing });
    await expect(test.feed(syntheticFrames(1, () => ({})))).rejects.toThrow(/no knee/);
    const broken = await start({ module: { activate: () => Promise.reject(new Error('no camera')) } });
    const began = performance.now();
    await expect(broken.feed(syntheticFrames(1, () => ({})))).rejects.toThrow(/no camera/);
    expect(performance.now() - began, 'ms, without waiting for it to be started again').toBeLessThan(400);
    await expect(broken.execute('try.visit')).rejects.toThrow();
  });
});
