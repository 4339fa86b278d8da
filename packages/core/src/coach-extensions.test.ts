import { from, lastValueFrom, map } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { ManualClock } from './base/manual-clock.ts';
import { CountedEngine, CountedSource, frameOf, settle } from './coach.test-support.ts';
import { createCoach } from './coach.ts';
import { createExtensions, type ExtensionPackage, memoryStorage } from './extensions/index.ts';
import type { CoachFrame } from './feedback/index.ts';
import type { PoseFrame } from './pose/index.ts';
import { playRecording, readRecording, record } from './session/index.ts';
import { danceFrames } from './session/recorded-dance.ts';

/** Says how many people it sees, and moves the picture's width on by one: an analyzer and a filter. */
const HEADS: ExtensionPackage = {
  manifest: {
    name: 'heads',
    version: '1.0.0',
    poseCoach: {
      apiVersion: 1,
      prefix: 'heads',
      permissions: ['poses'],
      activationEvents: ['onAnalyzer:heads.count'],
      contributes: {
        analyzers: [{ id: 'heads.count', title: 'Count', metrics: ['heads.people'] }],
        metrics: [{ id: 'heads.people', title: 'People', kind: 'series' }],
        filters: [{ id: 'heads.wider', title: 'Wider' }],
        feedback: [
          {
            id: 'heads.alone',
            metric: 'heads.people',
            when: { below: 2 },
            cue: { severity: 'hint', message: 'Bring a friend.' },
          },
        ],
      },
    },
  },
  module: {
    activate(context, coach) {
      context.subscriptions.push(
        coach.analyzers.register('heads.count', {
          create: () => ({
            step: ({ frame: { timestamp, poses } }) => [
              { metric: 'heads.people', timestamp, status: 'ok', value: poses.length, confidence: 1 },
            ],
            reset: () => {},
          }),
        }),
        coach.filters.register('heads.wider', {
          create: () => ({ step: (frame) => ({ ...frame, width: frame.width + 1 }), reset: () => {} }),
        }),
      );
    },
  },
};

function extensionsOf(clock = new ManualClock()) {
  return createExtensions({ clock, storage: memoryStorage() });
}

describe('a coach with extensions', () => {
  it('gives readings and cues with its frames, of a recording that was played', async () => {
    const bytes: Uint8Array<ArrayBuffer>[] = [];
    await lastValueFrom(from(danceFrames(30)).pipe(record((chunk) => void bytes.push(chunk))));
    const recording = readRecording(await new Blob(bytes).arrayBuffer());
    if (!recording.ok) throw recording.error;
    const clock = new ManualClock();
    const extensions = extensionsOf(clock);
    await extensions.add(HEADS);
    const coach = createCoach({
      estimator: new CountedEngine('none'),
      source: { kind: 'poses', frames: playRecording(recording.value, { clock }) },
      extensions,
      clock,
    });
    const seen: CoachFrame[] = [];
    coach.frames.subscribe((frame) => seen.push(frame));
    for (let index = 0; index < 40; index += 1) {
      clock.advance(40);
      await settle();
    }
    expect(seen.map(({ frame }) => frame.sequence)).toEqual(Array.from({ length: 30 }, (_, index) => index));
    expect(seen.at(-1)?.readings).toMatchObject([{ metric: 'heads.people', value: 1 }]);
    expect(seen.flatMap(({ cues }) => cues.map(({ message }) => message))).toEqual(['Bring a friend.']);
    coach.dispose();
    extensions.dispose();
  });

  it('loses no frame while they are added, switched, failing and removed, and none without them', async () => {
    const clock = new ManualClock();
    const extensions = extensionsOf(clock);
    const source = new CountedSource();
    const coach = createCoach({
      estimator: new CountedEngine('first'),
      source: { kind: 'pixels', frames: source.frames },
      extensions,
    });
    const raw: number[] = [];
    const seen: [sequence: number, width: number, readings: number][] = [];
    coach.rawFrames.subscribe(({ sequence }) => raw.push(sequence));
    coach.frames.subscribe(({ frame, readings }) =>
      seen.push([frame.sequence, frame.width, readings.length]),
    );
    await settle();
    const give = async () => {
      source.give();
      await settle();
    };
    await give();
    const width = seen[0]?.[1] ?? Number.NaN;
    await extensions.add(HEADS);
    await settle();
    await give();
    const off = extensions.disable('heads');
    await give();
    await off;
    await give();
    const on = extensions.enable('heads');
    await give();
    await on;
    await give();
    const removal = extensions.remove('heads');
    await give();
    await removal;
    extensions.dispose();
    await give();
    expect(raw).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(seen.map(([sequence]) => sequence)).toEqual(raw);
    expect(seen.map(([, wide, readings]) => [wide - width, readings])).toEqual([
      [0, 0],
      [1, 1],
      [0, 0],
      [0, 0],
      expect.anything(),
      [1, 1],
      [0, 0],
      [0, 0],
    ]);
    coach.dispose();
  });

  it('goes on with the frame that breaks an extension', async () => {
    const extensions = extensionsOf();
    await extensions.add({
      ...HEADS,
      module: {
        activate(_, coach) {
          coach.analyzers.register('heads.count', {
            create: () => ({
              step: () => {
                throw new Error('one head too many');
              },
              reset: () => {},
            }),
          });
        },
      },
    });
    const frames = from([0, 1, 2, 3, 4]).pipe(map((index): PoseFrame => frameOf(index * 33)));
    extensions.step(frameOf(0, 9));
    await settle();
    const coach = createCoach({
      estimator: new CountedEngine('none'),
      source: { kind: 'poses', frames },
      extensions,
    });
    const seen: number[] = [];
    coach.frames.subscribe(({ frame }) => seen.push(frame.sequence));
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(extensions.list[0]).toMatchObject({ state: 'failed' });
    coach.dispose();
    extensions.dispose();
  });
});
