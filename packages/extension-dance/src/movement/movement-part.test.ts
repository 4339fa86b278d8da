import type { PoseFrame, Reading } from '@pose-coach/core';
import { BodyMotions, readingFault } from '@pose-coach/core/analysis';
import { describe, expect, it } from 'vitest';
import {
  beatTimes,
  bouncing,
  type Camera,
  crouching,
  type DancerFramesOptions,
  dancerFrames,
  dancing,
  holding,
  inTurn,
  jumping,
  type Move,
  squatting,
  standing,
  swinging,
  together,
  turning,
  unevenTimes,
  walking,
} from '../../../../tests/motion/synthetic-dancer.ts';
import { MOVEMENT_METRICS } from './movement-metrics.ts';
import { MovementPart } from './movement-part.ts';
import type { MovementOrUnknown, MovementSummary } from './movement-summary.ts';

interface Watched {
  readonly readings: readonly Reading[];
  readonly summary: MovementSummary;
}

function watch(frames: readonly PoseFrame[], poseId = 0): Watched {
  const motions = new BodyMotions();
  const part = new MovementPart();
  const readings: Reading[] = [];
  for (const frame of frames) {
    for (const motion of motions.step(frame)) {
      if (motion.poseId === poseId) readings.push(...part.step({ frame, motion, beats: [] }));
    }
  }
  return { readings, summary: part.finish() };
}

const watchMove = (move: Move, options: DancerFramesOptions) => watch(dancerFrames({ move }, options));

/** Share of the take that a class has. */
function share({ milliseconds }: MovementSummary, movement: MovementOrUnknown): number {
  return milliseconds[movement] / Object.values(milliseconds).reduce((sum, each) => sum + each, 0);
}

/** What the label was at a moment, live. */
function labelAt({ readings }: Watched, seconds: number): string {
  const last = readings.filter(
    ({ metric, timestamp }) => metric === 'dance.movement' && timestamp <= seconds * 1000,
  );
  return String(last.at(-1)?.value ?? 'unknown');
}

const dance = (beatsPerMinute = 100, vigour = 1) =>
  dancing(beatTimes([{ beatsPerMinute, seconds: 30 }]), vigour);
const onTheSpot = (stepsPerMinute: number) => walking({ stepsPerMinute, stepLength: 0, heading: 0 });
/** Walks past a camera that sees all of its way. */
const past = (stepsPerMinute: number) => together(walking({ stepsPerMinute }), holding({ roomX: -4 }));

const ALL: readonly (readonly [string, MovementOrUnknown, Move, DancerFramesOptions])[] = [
  ['standing', 'standing', standing(), { seconds: 8 }],
  ['standing with half a percent of noise', 'standing', standing(), { seconds: 8, noise: 0.005 }],
  ['standing with one percent of noise', 'standing', standing(), { seconds: 8, noise: 0.01 }],
  ...[80, 100, 120, 140].flatMap((steps): [string, MovementOrUnknown, Move, DancerFramesOptions][] => [
    [
      `walking past at ${steps} steps a minute`,
      'walking',
      past(steps),
      { seconds: 5, camera: { distance: 9 } },
    ],
    [`walking on the spot at ${steps}`, 'walking', onTheSpot(steps), { seconds: 8 }],
    [`the same with noise`, 'walking', onTheSpot(steps), { seconds: 8, noise: 0.005 }],
  ]),
  [
    'walking towards the camera',
    'walking',
    together(walking({ stepsPerMinute: 110, heading: 0 }), holding({ roomZ: -4 })),
    { seconds: 5, camera: { distance: 5 } },
  ],
  ...[80, 110, 140].map((tempo): [string, MovementOrUnknown, Move, DancerFramesOptions] => [
    `dancing at ${tempo} BPM`,
    'dancing',
    dance(tempo),
    { seconds: 10 },
  ]),
  ['a small dance', 'dancing', dance(100, 0.5), { seconds: 10 }],
  ['bouncing in the knees', 'dancing', bouncing(2, 0.08), { seconds: 8 }],
  [
    'waving while standing',
    'dancing',
    together(standing(), swinging('rightArmSpread', 1, 40, 60)),
    { seconds: 8 },
  ],
  [
    'running on the spot, as in a shuffle',
    'dancing',
    together(
      onTheSpot(264),
      swinging('leftArmRaise', 2.2, 15, 20),
      swinging('rightArmRaise', 2.2, 15, 20, 0.5),
    ),
    { seconds: 8 },
  ],
  ['turning on the spot', 'dancing', together(standing(), turning(90)), { seconds: 8 }],
  [
    'crouching all the time',
    'crouching',
    holding({ hipsUp: -0.4, lean: 25, hipsForward: -0.1 }),
    { seconds: 6 },
  ],
];

describe('the class of a movement', () => {
  it.each(ALL)('is right for %s', (_, movement, move, options) => {
    for (const rate of [24, 30, 60]) {
      const watched = watchMove(move, { ...options, rate });
      expect(share(watched.summary, movement), `take at ${rate} Hz`).toBeGreaterThan(0.95);
      expect(labelAt(watched, options.seconds), `live at ${rate} Hz`).toBe(movement);
      expect(watched.summary.jumps.count).toBe(0);
    }
  });

  const parts: readonly (readonly [Move, number])[] = [
    [standing(), 5],
    [dance(), 6],
    [standing(), 4],
    [onTheSpot(100), 6],
    [standing(), 4],
    [crouching(1, 4), 6],
  ];
  const options: DancerFramesOptions = { seconds: 31 };
  /** What it is in the middle of each part, and when the crouch is. */
  const expected = [
    [3, 'standing'],
    [8, 'dancing'],
    [13.5, 'standing'],
    [18, 'walking'],
    [23, 'standing'],
    [28, 'crouching'],
    [30.8, 'standing'],
  ] as const;

  it('follows one after another, live within two seconds and in the take where it was', () => {
    const watched = watchMove(inTurn(...parts), options);
    for (const [seconds, movement] of expected) {
      const stretch = watched.summary.stretches.find(
        ({ start, end }) => start <= seconds * 1000 && seconds * 1000 < end,
      );
      expect(stretch?.movement, `take at ${seconds} s`).toBe(movement);
      expect(labelAt(watched, seconds), `live at ${seconds} s`).toBe(movement);
    }
    const changes = watched.summary.stretches.map(({ start }) => start / 1000);
    for (const change of [5, 11, 15, 21]) {
      expect(Math.min(...changes.map((each) => Math.abs(each - change)))).toBeLessThan(1);
    }
    expect(labelAt(watched, 7)).toBe('dancing');
    expect(labelAt(watched, 17)).toBe('walking');
  });

  const sameAs = (frames: readonly PoseFrame[]) => {
    const { milliseconds } = watch(frames).summary;
    const reference = watchMove(inTurn(...parts), options).summary.milliseconds;
    for (const movement of ['standing', 'walking', 'dancing', 'crouching'] as const) {
      expect(Math.abs(milliseconds[movement] - reference[movement]), movement).toBeLessThan(1300);
    }
  };
  const move = inTurn(...parts);

  it.each<[string, Camera]>([
    ['in a mirror', { mirrored: true }],
    ['from far away', { distance: 9 }],
    ['from above', { height: 2.2, tilt: 20, distance: 4 }],
    ['in an upright picture', { pictureWidth: 720, pictureHeight: 1280 }],
  ])('is the same %s', (_, camera) => {
    sameAs(dancerFrames({ move }, { ...options, camera }));
  });

  it('is the same at other rates, with noise, with every tenth frame lost, and from an uneven camera', () => {
    sameAs(dancerFrames({ move }, { ...options, rate: 24 }));
    sameAs(dancerFrames({ move }, { ...options, rate: 60 }));
    sameAs(dancerFrames({ move }, { ...options, noise: 0.005 }));
    sameAs(dancerFrames({ move }, { ...options, droppedShare: 0.1 }));
    sameAs(dancerFrames({ move }, { ...options, times: unevenTimes(31, 30, 0.4) }));
  });

  it('is crouching at the bottom of squats, slow or fast, and standing between', () => {
    for (const hertz of [0.25, 0.4, 0.5]) {
      const { summary } = watchMove(squatting(hertz), { seconds: 16 });
      const bottoms = Array.from({ length: Math.floor(16 * hertz) }, (_, index) => (index + 0.5) / hertz);
      for (const bottom of bottoms) {
        const stretch = summary.stretches.find(
          ({ start, end }) => start <= bottom * 1000 && bottom * 1000 < end,
        );
        expect(stretch?.movement, `${bottom} s at ${hertz} Hz`).toBe('crouching');
      }
      expect(share(summary, 'dancing')).toBe(0);
      expect(share(summary, 'standing')).toBeGreaterThan(0.3);
    }
  });

  it('is jumping while somebody jumps, with every jump and its height in the summary', () => {
    const jumps = [2, 3.4, 4.8, 6.2].map((takeOff, index) => ({ takeOff, height: 0.1 + 0.1 * index }));
    const watched = watchMove(jumping(jumps), { seconds: 9 });
    expect(watched.summary.jumps.count).toBe(4);
    expect(watched.summary.jumps.highest).toBeCloseTo(40, -0.5);
    for (const [index, { timestamp, height }] of watched.summary.jumps.each.entries()) {
      expect(Math.abs(timestamp - (jumps[index]?.takeOff ?? 0) * 1000)).toBeLessThan(20);
      expect(Math.abs(height - 100 * (jumps[index]?.height ?? 0))).toBeLessThan(1);
    }
    const events = watched.readings.filter(({ metric }) => metric === 'dance.jump');
    expect(events).toHaveLength(4);
    // 30 cm: 0.495 s in the air, told half a second after the middle, and motion is a little behind the frames.
    const third = events[2];
    expect(third?.start).toBeGreaterThan(4780);
    expect((third?.timestamp ?? 0) - (third?.start ?? 0)).toBeLessThan(900);
    expect(labelAt(watched, 3.4 + 0.9)).toBe('jumping');
    expect(labelAt(watched, 9)).toBe('standing');
    // Bending the knees before and after belongs to the jumps.
    expect(share(watched.summary, 'dancing')).toBe(0);
  });

  it('knows of a jump that ends with the take', () => {
    // 20 cm: lands 0.404 s after take-off.
    const watched = watchMove(jumping([{ takeOff: 3, height: 0.2 }]), { seconds: 3.57 });
    expect(watched.summary.jumps.each.map(({ height }) => Math.round(height / 2))).toEqual([10]);
    expect(watched.readings.some(({ metric }) => metric === 'dance.jump')).toBe(false);
  });

  it('stays dancing around the jumps of a dance', () => {
    const jumps = [2, 4.5, 7].map((takeOff) => ({ takeOff, height: 0.15 }));
    const { summary } = watchMove(together(dance(110, 0.8), jumping(jumps)), { seconds: 9 });
    expect(summary.jumps.count).toBe(3);
    expect(share(summary, 'dancing') + share(summary, 'jumping')).toBeGreaterThan(0.98);
  });
});

describe('what is not known', () => {
  it('has a reason when the feet are out of the picture', () => {
    const { readings, summary } = watchMove(dance(), { seconds: 5, camera: { distance: 1.4, height: 1.25 } });
    expect(share(summary, 'unknown')).toBe(1);
    expect(readings.at(-1)).toMatchObject({ status: 'unknown', reason: 'The feet are not in view.' });
  });

  it('is forgotten when it lasts for a moment, and said when it lasts longer', () => {
    const hidden = [{ landmarks: ['leftAnkle', 'rightAnkle', 'leftKnee'] as const, from: 3, until: 3.4 }];
    const short = watch(dancerFrames({ move: dance(), hidden }, { seconds: 8 }));
    expect(share(short.summary, 'dancing')).toBeGreaterThan(0.95);
    const long = watch(
      dancerFrames(
        { move: dance(), hidden: [{ landmarks: ['leftAnkle', 'rightAnkle'], from: 3, until: 6 }] },
        { seconds: 10 },
      ),
    );
    expect(labelAt(long, 5.5)).toBe('unknown');
    expect(labelAt(long, 9.5)).toBe('dancing');
    expect(long.summary.milliseconds.unknown).toBeGreaterThan(2000);
    expect(long.summary.milliseconds.unknown).toBeLessThan(4000);
  });

  it('is not counted while nobody is there', () => {
    const { summary } = watch(
      dancerFrames({ move: standing(), absent: [{ from: 3, until: 8 }] }, { seconds: 11 }),
    );
    const total = Object.values(summary.milliseconds).reduce((sum, each) => sum + each, 0);
    expect(total).toBeGreaterThan(4500);
    expect(total).toBeLessThan(6500);
    expect(summary.milliseconds.standing).toBeGreaterThan(4500);
  });
});

describe('a movement part', () => {
  it('sees two people apart', () => {
    const frames = dancerFrames(
      [
        { move: together(standing(), holding({ roomX: -0.8 })) },
        { move: together(dance(), holding({ roomX: 0.8 })) },
      ],
      { seconds: 8 },
    );
    expect(share(watch(frames, 0).summary, 'standing')).toBeGreaterThan(0.95);
    expect(share(watch(frames, 1).summary, 'dancing')).toBeGreaterThan(0.95);
    expect(watch(frames, 1).readings.every(({ poseId }) => poseId === 1)).toBe(true);
  });

  it('says nothing that its declarations or a host would refuse', () => {
    const move = inTurn([standing(), 3], [jumping([{ takeOff: 1, height: 0.3 }]), 3], [dance(), 3]);
    const declared = new Map(MOVEMENT_METRICS.map((metric) => [metric.id, metric]));
    for (const reading of watchMove(move, { seconds: 9, noise: 0.005 }).readings) {
      expect(readingFault(reading, declared)).toBeUndefined();
    }
  });

  it('keeps an hour and then says that it is more, and counts every jump', () => {
    const motions = new BodyMotions();
    const part = new MovementPart();
    const length = 20;
    const move = inTurn([standing(), 4], [jumping([{ takeOff: 2, height: 0.2 }]), 6], [dance(), 10]);
    const frames = dancerFrames({ move }, { seconds: length, rate: 20 });
    const takes = 181;
    for (let take = 0; take < takes; take += 1) {
      for (const frame of frames) {
        const moved = { ...frame, timestamp: frame.timestamp + take * length * 1000 };
        for (const motion of motions.step(moved)) part.step({ frame: moved, motion, beats: [] });
      }
    }
    const { milliseconds, stretches, jumps, isComplete } = part.finish();
    expect(isComplete).toBe(false);
    expect(Object.values(milliseconds).reduce((sum, each) => sum + each, 0)).toBeCloseTo(3_600_000, -4);
    expect(stretches.length).toBeLessThanOrEqual(1000);
    expect(jumps.count).toBe(takes);
  });

  it('begins anew after a reset, keeps the take, and gives it up with the summary', () => {
    const motions = new BodyMotions();
    const part = new MovementPart();
    const frames = dancerFrames({ move: dance() }, { seconds: 4 });
    for (const frame of frames)
      for (const motion of motions.step(frame)) part.step({ frame, motion, beats: [] });
    part.reset();
    const again = dancerFrames({ move: standing() }, { seconds: 4, epoch: 2 });
    for (const frame of again)
      for (const motion of motions.step(frame)) part.step({ frame, motion, beats: [] });
    const { milliseconds, isComplete } = part.finish();
    expect(milliseconds.dancing).toBeGreaterThan(3500);
    expect(milliseconds.standing).toBeGreaterThan(3500);
    expect(isComplete).toBe(true);
    expect(Object.values(part.finish().milliseconds).every((each) => each === 0)).toBe(true);
  });
});
