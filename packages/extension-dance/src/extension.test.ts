import type { Beat, PoseFrame } from '@pose-coach/core';
import { type ExtensionTest, testExtension } from '@pose-coach/core/extension-testing';
import { readManifest } from '@pose-coach/core/extensions';
import { afterEach, describe, expect, it } from 'vitest';
import {
  beatTimes,
  dancerFrames,
  dancing,
  inTurn,
  jumping,
  standing,
} from '../../../tests/motion/synthetic-dancer.ts';
import manifest from '../package.json' with { type: 'json' };
import { dance } from './dance.ts';
import { DANCE_METRICS } from './dance-metrics.ts';
import { EVENTS } from './dance-parts.ts';
import * as module from './extension.ts';
import { readDanceSummary } from './take/index.ts';

const BPM = 120;
const beats = (seconds: number) => beatTimes([{ beatsPerMinute: BPM, seconds }]);
const music = (seconds: number, late = 0): readonly Beat[] =>
  beats(seconds).map((second) => ({ timestamp: second * 1000 + late, strength: 1 }));

let extension: ExtensionTest | undefined;
afterEach(() => extension?.dispose());

async function started(
  settings = {},
  rest: { readonly permissions?: readonly ('poses' | 'audio')[] } = {},
): Promise<ExtensionTest> {
  extension = await testExtension({ manifest, module, settings, ...rest });
  return extension;
}

const dancer = (seconds: number): PoseFrame[] =>
  dancerFrames({ move: dancing(beats(seconds)) }, { seconds, noise: 0.002 });

describe('the manifest', () => {
  it('is in order, without warnings', () => {
    expect(readManifest(manifest)).toMatchObject({ ok: true, warnings: [] });
  });

  it('declares the metrics that the code does, and one analyzer that reads them all', () => {
    const { metrics, analyzers } = manifest.poseCoach.contributes;
    expect(metrics).toEqual(DANCE_METRICS);
    expect(analyzers.map(({ metrics: read }) => read)).toEqual([DANCE_METRICS.map(({ id }) => id)]);
  });

  it('knows which of its metrics are events', () => {
    const events = DANCE_METRICS.filter(({ kind }) => kind === 'event').map(({ id }) => id);
    expect([...EVENTS].sort()).toEqual(events.sort());
  });

  it('announces the rules that the code has', () => {
    const announced = manifest.poseCoach.contributes.feedback.map(({ id }) => id);
    expect(announced).toEqual(dance().rules.map(({ id }) => id));
  });

  it('describes every metric in words, and every number on a scale', () => {
    const described = (id: string): boolean =>
      DANCE_METRICS.some((metric) => metric.id === id && Boolean(metric.description)) ||
      // A part of something that is described: dance.activity.head.
      (id.split('.').length > 2 && described(id.split('.').slice(0, -1).join('.')));
    for (const { id, kind, range, labels } of DANCE_METRICS) {
      expect(described(id), id).toBe(true);
      if (kind === 'gauge' || kind === 'bar') expect(range, id).toBeDefined();
      if (kind === 'label') expect(Object.keys(labels ?? {}).length, id).toBeGreaterThan(1);
    }
  });
});

describe('the extension', () => {
  it('reads a dance to music, offline, and sums it up', async () => {
    const test = await started();
    expect(test.status.warnings).toEqual([]);
    const { readings } = await test.feed(dancer(20), music(20));
    const ok = (id: string) =>
      readings.filter(({ metric, status: state }) => metric === id && state === 'ok');
    expect(ok('dance.intensity').length).toBeGreaterThan(100);
    expect(ok('dance.movement').at(-1)?.value).toBe('dancing');
    const summaries = await test.finish();
    const { people } = readDanceSummary(summaries['dance.analysis']?.details);
    expect(people).toHaveLength(1);
    expect(test.status).toMatchObject({ state: 'active', restarts: 0 });
  });

  it('reads the same live, frame by frame', async () => {
    const frames = dancer(12);
    const offline = (await (await started()).feed(frames)).readings;
    extension?.dispose();
    const { extensions } = await started();
    // Live, code that is not loaded yet is not waited for: let it be there before the first frame.
    await extensions.commands.execute('dance.resetTempo');
    const live = frames.flatMap((frame) => extensions.step(frame).readings);
    expect(live.length).toBeGreaterThan(100);
    expect(live).toEqual(offline);
  });

  it('has room for eight dancers who come and leave together', async () => {
    const people = Array.from({ length: 8 }, (_, id) => ({
      id,
      move: dancing(beats(20)),
      absent: [{ from: 6, until: 99 }],
    }));
    const test = await started();
    const { readings } = await test.feed(dancerFrames(people, { seconds: 7, rate: 20 }), music(7));
    expect(test.status).toMatchObject({ state: 'active', restarts: 0 });
    const gone = readings.filter(({ reason }) => reason === 'Not in view.');
    expect(new Set(gone.map(({ poseId }) => poseId)).size).toBe(8);
  });

  it('says how high a jump was', async () => {
    const move = inTurn([standing(), 3], [jumping([{ takeOff: 1.5, height: 0.4 }]), 4]);
    const { cues } = await (await started()).feed(dancerFrames({ move }, { seconds: 7, rate: 60 }));
    const [said] = cues.filter(({ id }) => id === 'dance.big-jump');
    const height = Number(/(\d+) cm/.exec(said?.message ?? '')?.[1]);
    expect(height).toBeGreaterThan(30);
    expect(height).toBeLessThan(50);
  });

  it('takes the delay from its setting', async () => {
    const measured = async (settings: object) => {
      const { readings } = await (await started(settings)).feed(dancer(25), music(25, 100));
      extension?.dispose();
      const offsets = readings.filter(
        ({ metric, status }) => metric === 'dance.onBeat.offset' && status === 'ok',
      );
      return Number(offsets.at(-1)?.value);
    };
    const before = await measured({});
    const after = await measured({ 'dance.delay': 100 });
    expect(after - before).toBeCloseTo(100, -1);
  });
});

describe('without the permission to follow the music', () => {
  it('says so, and does everything else', async () => {
    const test = await started({}, { permissions: ['poses'] });
    const { readings } = await test.feed(dancer(8), music(8));
    const last = (id: string) => readings.filter(({ metric }) => metric === id).at(-1);
    for (const id of ['dance.onBeat', 'dance.onBeat.offset']) {
      expect(last(id)?.reason, id).toBe('Dance may not follow the music: it was not allowed to.');
    }
    expect(last('dance.intensity')?.status).toBe('ok');
  });
});

describe('a delay', () => {
  it.each(['x', Number.NaN, 1e9, Number.POSITIVE_INFINITY, -2001, null])('is not %s', (delay) => {
    const refusal = expect.objectContaining({
      code: 'OPTION_INVALID',
      message: expect.stringContaining('2000'),
    });
    const untyped = (options: unknown) => options as Parameters<typeof dance>[0];
    expect(() => dance(untyped({ delay }))).toThrow(refusal);
    const analyzer = dance(untyped({ delay: () => delay })).create();
    expect(() => {
      for (const frame of dancer(2)) analyzer.step({ frame, beats: [] });
    }).toThrow(refusal);
  });

  it('is anything up to two seconds either way, and nothing when it was not measured', () => {
    for (const delay of [-2000, 0, 2000, undefined]) {
      expect(() => dance(delay === undefined ? {} : { delay })).not.toThrow();
    }
  });
});

describe('the commands', () => {
  it('answer in words that can be shown', async () => {
    const test = await started();
    await test.feed(dancer(0.2));
    expect(await test.execute('dance.doubleTempo')).toBe('Twice the movement’s tempo.');
    expect(await test.execute('dance.doubleTempo')).toBe('Four times the movement’s tempo.');
    expect(await test.execute('dance.resetTempo')).toBe('The movement decides.');
    expect(await test.execute('dance.halveTempo')).toBe('Half the movement’s tempo.');
    expect(await test.execute('dance.halveTempo')).toBe('A quarter of the movement’s tempo.');
    expect(await test.execute('dance.setTempo', 60)).toBe('60 BPM');
    expect(await test.execute('dance.doubleTempo')).toBe('120 BPM');
    expect(await test.execute('dance.halveTempo')).toBe('60 BPM');
    expect(await test.execute('dance.tapTempo')).toBe('Tap twice more.');
    expect(await test.execute('dance.resetTempo')).toBe('The movement decides.');
  });

  it('set, halve, double and reset the tempo that is looked for', async () => {
    const test = await started();
    await test.feed(dancer(5));
    await test.execute('dance.setTempo', 60);
    await test.feed(dancer(20).map((frame) => ({ ...frame, timestamp: frame.timestamp + 5000 })));
    const tempo = () =>
      test.readings.filter(({ metric, status }) => metric === 'dance.rhythm' && status === 'ok').at(-1)
        ?.value;
    expect(tempo()).toBeGreaterThan(55);
    expect(tempo()).toBeLessThan(65);
    await test.execute('dance.doubleTempo');
    await test.feed(dancer(10).map((frame) => ({ ...frame, timestamp: frame.timestamp + 25_000 })));
    expect(tempo()).toBeGreaterThan(110);
    expect(tempo()).toBeLessThan(130);
    await test.execute('dance.halveTempo');
    await test.execute('dance.resetTempo');
  });

  it('take the tempo from taps at the newest frames', async () => {
    const test = await started();
    const given: unknown[] = [];
    for (const frame of dancer(3)) {
      await test.feed([frame]);
      if (Math.round(frame.timestamp) % 500 === 0) given.push(await test.execute('dance.tapTempo'));
    }
    expect(given.slice(0, 3)).toEqual(['Tap twice more.', 'Tap once more.', '120 BPM']);
    expect(given.at(-1)).toBe('120 BPM');
  });

  it.each([
    ['no number', ['fast']],
    ['nothing', []],
    ['a tempo nobody dances to', [10_000]],
    ['an infinite one', [null]],
  ])('refuse %s', async (_what, values) => {
    const test = await started();
    await test.feed(dancer(0.2));
    await expect(test.execute('dance.setTempo', ...values)).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      message: expect.stringContaining('30 to 300'),
    });
  });

  it('say what to do when the tempo is tapped before there is a picture', async () => {
    const test = await started();
    await expect(test.execute('dance.tapTempo')).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      message: expect.stringContaining('camera'),
    });
  });
});
