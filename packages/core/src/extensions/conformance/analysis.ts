import { describe, expect, it, vi } from 'vitest';
import type { AnalyzerFactory, AnalyzerInput, Reading, TakeSummary } from '../../analysis/index.ts';
import type { PoseFrame } from '../../pose/index.ts';
import { frameAt, frameWithNose, recordedFrames, walkingFrames } from './frames.ts';
import { MOTION, RULED, SEEN, stepping } from './sample-extensions.ts';
import { freeManifest, manifestOf, type Started, type Subject } from './subject.ts';

/** Frames of each clip: long enough for means to move and for people to come and go. */
const FRAMES = 90;

export const motionManifest = manifestOf(
  {
    analyzers: [
      {
        id: 'motion.analyzer',
        title: 'Motion',
        inputs: ['poses'],
        metrics: ['motion.lift', 'motion.mean', 'motion.raised', 'motion.place'],
      },
    ],
    metrics: [
      { id: 'motion.lift', title: 'Lift', kind: 'gauge', unit: 'm', range: [-1, 1] },
      { id: 'motion.mean', title: 'Mean lift', kind: 'series', unit: 'm' },
      { id: 'motion.raised', title: 'Raised', kind: 'label' },
      { id: 'motion.place', title: 'Place', kind: 'series', unit: 'm' },
    ],
  },
  'motion',
);

const seenManifest = manifestOf(
  {
    analyzers: (['poses', 'hands', 'beats'] as const).map((name) => ({
      id: `seen.${name}`,
      title: name,
      inputs: [name],
      metrics: [`seen.${name}`],
    })),
    metrics: ['poses', 'hands', 'beats'].map((name) => ({ id: `seen.${name}`, title: name, kind: 'series' })),
  },
  'seen',
);

const ruledManifest = manifestOf(
  {
    analyzers: [{ id: 'ruled.analyzer', title: 'Level', inputs: ['poses'], metrics: ['ruled.level'] }],
    metrics: [{ id: 'ruled.level', title: 'Level', kind: 'gauge', range: [0, 3] }],
    feedback: [{ id: 'ruled.rise', title: 'Rise' }],
  },
  'ruled',
);

/** Clips by what is in them; each is run where its frames are to be had. */
const CLIPS = ['dance_phrase_talmolab', 'squat_front_5reps', 'pushup_side'] as const;

export function describeAnalysis(subject: Subject): void {
  /** All readings of `frames`, in order: lossless, each step awaited. */
  const run = async ({ step }: Started, frames: readonly PoseFrame[]) => {
    const readings: Reading[] = [];
    for (const frame of frames) readings.push(...(await step(frame)).readings);
    return readings;
  };

  /** What the module's analyzer gives when it is called directly, without any host. */
  const direct = async (text: string, frames: readonly PoseFrame[]) => {
    const { analyzer } = (await subject.conformance.importText(text)) as { analyzer: AnalyzerFactory };
    const running = analyzer.create();
    const input = (frame: PoseFrame): AnalyzerInput => ({ frame: { ...frame, hands: [] }, beats: [] });
    const readings = frames.flatMap((frame) => running.step(input(frame)));
    return { readings, summary: running.finish?.() as TakeSummary };
  };

  describe('analysis', () => {
    it('gives for walking what arithmetic gives, and what the analyzer gives when it is called directly', async () => {
      const frames = walkingFrames(FRAMES);
      const started = await subject.start({ text: MOTION, manifest: motionManifest });
      const readings = await run(started, frames);
      expect(readings).toEqual((await direct(MOTION, frames)).readings);
      const lifts = liftsOf(frames);
      expect(readings.filter(({ metric, status }) => metric === 'motion.lift' && status === 'ok')).toEqual(
        lifts.map(({ timestamp, poseId, value }) => ({
          metric: 'motion.lift',
          timestamp,
          poseId,
          status: 'ok',
          value,
          uncertainty: 0.02,
          confidence: 1,
        })),
      );
      // Every fifth frame hides the wrist of the first person; the second one's right wrist is then their left.
      const unknown = readings.filter(({ status }) => status === 'unknown');
      expect(unknown).toHaveLength(FRAMES / 5);
      expect(new Set(unknown.map(({ reason }) => reason))).toEqual(new Set(['The left wrist is hidden.']));
      const values = lifts.map(({ value }) => value);
      const mean = readings.filter(({ metric }) => metric === 'motion.mean').at(-1)?.value;
      expect(mean).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 12);
    });

    it.for(CLIPS)(
      'gives for real motion what the analyzer gives when it is called directly: %s',
      async (clip, context) => {
        const zipped = await subject.conformance.fixture(`landmarks/${clip}.full.json.gz`);
        if (!zipped) return context.skip('skipped: no fixtures');
        const frames = await recordedFrames(zipped, FRAMES);
        const started = await subject.start({ text: MOTION, manifest: motionManifest });
        const readings = await run(started, frames);
        expect(readings.length).toBeGreaterThan(FRAMES);
        const expected = await direct(MOTION, frames);
        expect(readings).toEqual(expected.readings);
        expect(await started.running.finish()).toEqual({ 'motion.analyzer': expected.summary });
      },
    );

    it.for([0.1 + 0.2, 1 / 3, 5e-324, 2 ** 53 + 2, -1.7976931348623157e308])(
      'hands on the number %d as it is',
      async (x) => {
        const text = stepping('return [value(frame.poses[0].landmarks[0].x)];');
        const { step } = await subject.start({ text, manifest: freeManifest });
        const { readings } = await step(frameWithNose(0, x));
        expect(readings.map(({ value }) => value)).toEqual([x]);
      },
    );

    it('shows the whole frame: its numbers, its people and its hands', async () => {
      const text = stepping(`words.push(JSON.stringify(frame)); return [];`).replace(
        'let count',
        `const words = []; coach.commands.register('free.words', () => words); let count`,
      );
      const manifest = {
        ...freeManifest,
        contributes: { ...freeManifest.contributes, commands: [{ id: 'free.words', title: 'Words' }] },
      };
      const { running, step } = await subject.start({ text, manifest });
      const frames = walkingFrames(3).map((frame) => ({
        ...frame,
        dropped: 2,
        timings: { capturedAt: 1_790_000_000_000.25, stages: { body: 12.5, smoothing: 0.25 } },
      }));
      for (const frame of frames) await step(frame);
      const words = (await running.runCommand('free.words', [])) as readonly string[];
      expect(words.map((word) => JSON.parse(word))).toEqual(JSON.parse(JSON.stringify(frames)));
    });

    it('shows an analyzer nothing that it has not declared', async () => {
      const { step } = await subject.start({ text: SEEN, manifest: seenManifest });
      const frame = walkingFrames(3)[2] as PoseFrame;
      const beats = [{ timestamp: frame.timestamp, strength: 0.5 }];
      const { readings } = await step(frame, { beats });
      expect(readings.map(({ metric, value }) => [metric, value])).toEqual([
        ['seen.poses', [2, 0]],
        ['seen.hands', [0, 1]],
        ['seen.beats', [0, 0, 0.5]],
      ]);
    });

    it('hands over every beat once, with the first frame that is not before it', async () => {
      const { step } = await subject.start({ text: SEEN, manifest: seenManifest });
      const heard: unknown[] = [];
      const beatAt = (timestamp: number, strength: number) => ({ timestamp, strength });
      // Frames at 0, 33.3, 66.7 and 100 ms.
      const arriving = [
        [beatAt(0, 0.1), beatAt(40, 0.3)],
        [beatAt(20, 0.2), beatAt(100, 0.5)],
        [beatAt(66, 0.4)],
        [],
        [],
      ];
      for (const [index, beats] of arriving.entries()) {
        const { readings } = await step(frameAt(index), { beats });
        const value = readings.find(({ metric }) => metric === 'seen.beats')?.value as readonly number[];
        heard.push(value.slice(2));
      }
      expect(heard).toEqual([[0.1], [0.2], [0.3, 0.4], [0.5], []]);
    });

    it('resets what remembers when the epoch changes', async () => {
      const started = await subject.start({ text: MOTION, manifest: motionManifest });
      const frames = walkingFrames(20).map((frame, index) => ({ ...frame, epoch: index < 10 ? 1 : 2 }));
      const readings = await run(started, frames);
      const [first] = liftsOf(frames.slice(10));
      const after = readings.filter(({ timestamp }) => timestamp === frames[10]?.timestamp);
      // The mean begins again, and no span reaches over the break.
      expect(after.find(({ metric }) => metric === 'motion.mean')?.value).toBe(first?.value);
      expect(after.some(({ metric }) => metric === 'motion.place')).toBe(false);
    });

    it('sums up a take, and the next one apart from it', async () => {
      const started = await subject.start({ text: MOTION, manifest: motionManifest });
      const takes = [
        walkingFrames(30),
        walkingFrames(50)
          .slice(30)
          .map((frame) => ({ ...frame, epoch: 2 })),
      ];
      for (const take of takes) {
        await run(started, take);
        const known = liftsOf(take).map(({ value }) => value);
        const summaries = await started.running.finish();
        expect(Object.keys(summaries)).toEqual(['motion.analyzer']);
        const summary = summaries['motion.analyzer'];
        expect(summary?.details).toEqual({ frames: take.length, known: known.length });
        expect(summary?.readings).toMatchObject([{ metric: 'motion.mean', status: 'ok' }]);
        expect(summary?.readings[0]?.value).toBeCloseTo(
          known.reduce((sum, value) => sum + value, 0) / known.length,
          12,
        );
      }
    });

    it('says nothing of a take to which no analyzer has anything to say', async () => {
      const { running, step } = await subject.start({ text: SEEN, manifest: seenManifest });
      await step(frameAt(0));
      expect(await running.finish()).toEqual({});
    });

    it('runs rules in code with the frame’s readings and those of others, and resets them with the epoch', async () => {
      const { step } = await subject.start({ text: RULED, manifest: ruledManifest });
      const other: Reading = { metric: 'other.level', timestamp: 1, status: 'ok', value: 5, confidence: 1 };
      const somebody = walkingFrames(1)[0] as PoseFrame;
      const said = [];
      for (const [frame, readings] of [
        [frameAt(0), [other]],
        [{ ...somebody, sequence: 1 }, []],
        [frameAt(2), []],
        [{ ...frameAt(3), epoch: 2 }, []],
      ] as const) {
        const { proposals, readings: own } = await step(frame, { readings });
        expect(own.map(({ metric }) => metric)).toEqual(['ruled.level']);
        said.push(proposals);
      }
      const proposal = (message: string) => [
        { rule: 'ruled.rise', severity: 'hint', message, joints: ['leftWrist'], poseId: 3 },
      ];
      expect(said).toEqual([
        proposal('0: other.level=5 ruled.level=0'),
        [],
        proposal('2: other.level=5 ruled.level=0 ruled.level=1 ruled.level=0'),
        proposal('3: reset ruled.level=0'),
      ]);
    });

    it('lets rules in code start over when a take has ended', async () => {
      const { running, step } = await subject.start({ text: RULED, manifest: ruledManifest });
      await step(frameAt(0));
      await running.finish();
      expect((await step(frameAt(1))).proposals).toMatchObject([{ message: '1: reset ruled.level=0' }]);
    });

    it('tells the listeners of onFrame and onReadings, until they are disposed', async () => {
      const text = `export function activate(context, coach) {
        const say = (what) => context.log.info(JSON.stringify(what));
        const frames = coach.onFrame((frame) => { say(['frame', frame.sequence, frame.poses.length]); if (frame.sequence === 1) frames.dispose(); });
        coach.onReadings((readings) => say(['readings', ...readings.map(({ metric }) => metric)]));
        coach.analyzers.register('free.analyzer', { create: () => ({
          step: ({ frame }) => frame.sequence === 0 ? [] : [{ metric: 'free.value', timestamp: 0, status: 'ok', value: 1, confidence: 1 }],
          reset() {},
        }) });
      }`;
      const { step, services } = await subject.start({ text, manifest: freeManifest });
      const other: Reading = { metric: 'other.level', timestamp: 1, status: 'ok', value: 5, confidence: 1 };
      await step(frameAt(0));
      await step(walkingFrames(2)[1] as PoseFrame);
      await step(frameAt(2), { readings: [other] });
      await vi.waitFor(() =>
        expect(services.said).toEqual([
          ['frame', 0, 0],
          ['frame', 1, 1],
          ['readings', 'free.value'],
          ['readings', 'other.level', 'free.value'],
        ]),
      );
    });

    it('measures what the extension’s own code takes', async () => {
      const text = stepping(
        'const until = performance.now() + 25; while (performance.now() < until); return [value(1)];',
      );
      const { step } = await subject.start({ text, manifest: freeManifest });
      // Browsers round what a page measures, by up to a millisecond.
      expect((await step(frameAt(0))).cost).toBeGreaterThanOrEqual(24);
    });
  });
}

/** The known lifts of the left wrist above the hips, from the frames themselves. */
function liftsOf(frames: readonly PoseFrame[]) {
  return frames.flatMap(({ timestamp, poses }) =>
    poses.flatMap(({ id, worldLandmarks }) => {
      const [wrist, left, right] = [15, 23, 24].map((index) => worldLandmarks[index]);
      if (!wrist || !left || !right || wrist.visibility < 0.5) return [];
      return [{ timestamp, poseId: id, value: (left.y + right.y) / 2 - wrist.y }];
    }),
  );
}
