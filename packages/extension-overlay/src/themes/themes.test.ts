import type { OverlayMoment, PoseFrame } from '@pose-coach/core/extension';
import { describe, expect, it } from 'vitest';
import {
  frameOf,
  painted,
  pixelsOf,
  SIDE,
  sampleFrames,
  skeletonOf,
  standing,
  themeMoment,
  themeNames,
} from '../overlay.test-support.ts';

const calm = (theme: string, frame: PoseFrame, changes: Partial<OverlayMoment> = {}) =>
  themeMoment(theme, { calm: true, frame, ...changes });

/** Distance of a point from a line between two points. */
function distance(
  x: number,
  y: number,
  from: { x: number; y: number },
  to: { x: number; y: number },
): number {
  const [alongX, alongY] = [to.x - from.x, to.y - from.y];
  const share = ((x - from.x) * alongX + (y - from.y) * alongY) / (alongX ** 2 + alongY ** 2 || 1);
  const nearest = Math.max(0, Math.min(1, share));
  return Math.hypot(x - from.x - alongX * nearest, y - from.y - alongY * nearest);
}

/** Limbs by their joints, as anatomy has them: not taken from the code under test. */
const LIMBS = [
  [11, 13],
  [13, 15],
  [12, 14],
  [14, 16],
  [11, 12],
  [11, 23],
  [12, 24],
  [23, 24],
  [23, 25],
  [25, 27],
  [24, 26],
  [26, 28],
  [27, 31],
  [28, 32],
  [27, 29],
  [28, 30],
  [15, 19],
  [16, 20],
  [15, 17],
  [16, 18],
  [15, 21],
  [16, 22],
] as const;

describe.each(themeNames)('%s', (theme) => {
  it('paints nothing while there is no source, and nothing for nobody', () => {
    for (const changes of [
      {},
      { frame: frameOf([]) },
      { frame: frameOf([standing()]), skeleton: undefined },
    ]) {
      const { skeleton, ...rest } = themeMoment(theme, changes as Partial<OverlayMoment>);
      const moments = [skeleton ? { ...rest, skeleton } : rest];
      expect(pixelsOf(painted(theme, moments)).lit).toBe(0);
    }
  });

  it('paints real people where their limbs are, and nowhere else', () => {
    const frame = sampleFrames().find(({ poses }) =>
      poses[0]?.landmarks.every(({ visibility }) => visibility > 0.7),
    );
    const landmarks = frame?.poses[0]?.landmarks;
    if (!frame || !landmarks) throw new Error('Nobody is seen whole.');
    const size = { width: 640, height: 480 };
    const skeleton = skeletonOf(size.width, size.height);
    const canvas = painted(theme, [calm(theme, frame, { size, skeleton })]);
    const place = (joint: number) => ({
      x: (landmarks[joint]?.x ?? 0) * 640,
      y: (landmarks[joint]?.y ?? 0) * 480,
    });
    const { data, at } = pixelsOf(canvas);
    for (const [from, to] of LIMBS.slice(0, 12)) {
      const x = (place(from).x + place(to).x) / 2;
      const y = (place(from).y + place(to).y) / 2;
      const around = [-4, -2, 0, 2, 4].flatMap((dx) =>
        [-4, -2, 0, 2, 4].map((dy) => at(x + dx, y + dy)[3] ?? 0),
      );
      expect(Math.max(...around), `${from}–${to}`).toBeGreaterThan(100);
    }
    const height =
      Math.max(...landmarks.map(({ y }) => y * 480)) - Math.min(...landmarks.map(({ y }) => y * 480));
    const head = place(0);
    let astray = 0;
    for (let y = 0; y < 480; y += 2) {
      for (let x = 0; x < 640; x += 2) {
        if ((data[(y * 640 + x) * 4 + 3] ?? 0) < 50) continue;
        const near = Math.min(
          distance(x, y, head, head) - 0.1 * height,
          distance(x, y, place(0), {
            x: (place(11).x + place(12).x) / 2,
            y: (place(11).y + place(12).y) / 2,
          }),
          distance(
            x,
            y,
            { x: (place(11).x + place(12).x) / 2, y: (place(11).y + place(12).y) / 2 },
            { x: (place(23).x + place(24).x) / 2, y: (place(23).y + place(24).y) / 2 },
          ) -
            0.1 * height,
          ...LIMBS.map(([from, to]) => distance(x, y, place(from), place(to))),
        );
        if (near > 0.09 * height) astray += 1;
      }
    }
    expect(astray).toBe(0);
  });

  it('paints a mirrored person on the other side, alike', () => {
    // One arm raised, so that left and right differ.
    const frame = frameOf([
      standing({
        15: { y: 0.06, x: 0.72 },
        19: { y: 0.04, x: 0.73 },
        17: { y: 0.04, x: 0.74 },
        21: { y: 0.05, x: 0.71 },
      }),
    ]);
    const plain = pixelsOf(painted(theme, [calm(theme, frame)]));
    const mirrored = pixelsOf(
      painted(theme, [calm(theme, frame, { skeleton: skeletonOf(SIDE, SIDE, { mirror: true }) })]),
    );
    // Lit far above the shoulder: the raised hand, on the right of the picture, or mirrored on the left.
    const raised = { x: 0.71 * SIDE, y: 0.09 * SIDE };
    const lit = (pixels: typeof plain, x: number, y: number) =>
      Math.max(...[-5, 0, 5].flatMap((dx) => [-5, 0, 5].map((dy) => pixels.at(x + dx, y + dy)[3] ?? 0)));
    expect(lit(plain, raised.x, raised.y)).toBeGreaterThan(80);
    expect(lit(mirrored, SIDE - raised.x, raised.y)).toBeGreaterThan(80);
    expect(lit(plain, SIDE - raised.x, raised.y)).toBeLessThan(20);
    expect(lit(mirrored, raised.x, raised.y)).toBeLessThan(20);
    expect(Math.abs(plain.lit - mirrored.lit) / plain.lit).toBeLessThan(0.05);
  });

  it('is calm: the same again seconds later, on a beat or off it', () => {
    const frame = frameOf([standing()]);
    const skeleton = skeletonOf(SIDE, SIDE, { highlights: [13], trails: [15, 16] });
    const at = (now: number) =>
      calm(theme, frame, { now, elapsed: 16, skeleton, beat: { tempo: 120, at: 1000 } });
    const once = painted(theme, [at(1000)]);
    const later = painted(theme, [at(1000), at(1016), at(6180)]);
    expect(Buffer.compare(once.data(), later.data())).toBe(0);
  });

  it('leaves out limbs that are not seen, and fades those that are hardly seen', () => {
    const middleOfShin = (changes: Parameters<typeof standing>[0]) => {
      const pixels = pixelsOf(painted(theme, [calm(theme, frameOf([standing(changes)]))]));
      const around = [-3, 0, 3].map((dx) => pixels.at(0.56 * SIDE + dx, 0.78 * SIDE)[3] ?? 0);
      return Math.max(...around);
    };
    const hidden = { 27: { visibility: 0.05 }, 29: { visibility: 0.05 }, 31: { visibility: 0.05 } };
    const faint = { 27: { visibility: 0.2 }, 29: { visibility: 0.2 }, 31: { visibility: 0.2 } };
    expect(middleOfShin(hidden)).toBeLessThan(12);
    expect(middleOfShin(faint)).toBeGreaterThan(12);
    expect(middleOfShin(faint)).toBeLessThan(middleOfShin({}));
  });

  it('paints a hand finger by finger where it is found, for as long as it is new', () => {
    const finger = { x: 0.95, y: 0.4 };
    // A hand that hangs down from the wrist, its finger tips far from where the body’s own knuckles are.
    const landmarks = Array.from({ length: 21 }, (_, joint) => ({
      x: 0.81 + 0.007 * joint,
      y: 0.26 + 0.007 * joint,
      z: 0,
      visibility: 1,
    }));
    const hand = { poseId: 1, side: 'left' as const, score: 1, landmarks, worldLandmarks: [] };
    const tip = (age: number) => {
      const frame = frameOf([standing()], { hands: [{ ...hand, timestamp: 1000 - age }] });
      const pixels = pixelsOf(painted(theme, [calm(theme, frame)]));
      return Math.max(...[-3, 0, 3].map((dx) => pixels.at(finger.x * SIDE + dx, finger.y * SIDE)[3] ?? 0));
    };
    expect(tip(0)).toBeGreaterThan(60);
    expect(tip(700)).toBe(0);
  });

  it('paints everybody who is there', () => {
    const two = [standing({}, 0.5, 1), standing({}, 0.5, 2)].map((pose, index) => ({
      ...pose,
      landmarks: pose.landmarks.map((landmark) => ({ ...landmark, x: landmark.x + (index - 0.5) * 0.4 })),
    }));
    const one = pixelsOf(painted(theme, [calm(theme, frameOf(two.slice(0, 1)))])).lit;
    const both = pixelsOf(painted(theme, [calm(theme, frameOf(two))])).lit;
    expect(both / one).toBeGreaterThan(1.9);
    expect(both / one).toBeLessThan(2.1);
  });

  it('paints who is twice as far away half as large and half as bold', () => {
    const big = 1200;
    const area = (scale: number) =>
      pixelsOf(
        painted(theme, [
          calm(theme, frameOf([standing({}, scale)]), {
            size: { width: big, height: big },
            skeleton: skeletonOf(big, big),
          }),
        ]),
      ).lit;
    // Half the length times half the width is a quarter of the area.
    expect(area(0.35) / area(0.7)).toBeGreaterThan(0.22);
    expect(area(0.35) / area(0.7)).toBeLessThan(0.29);
  });

  it('marks the joints that a cue names, in the colour of warnings, of the person it names', () => {
    const skeleton = skeletonOf(SIDE, SIDE, { highlights: [25] });
    const cue = {
      id: 'a.b',
      timestamp: 0,
      severity: 'hint' as const,
      message: '',
      joints: ['leftKnee' as const],
      source: 'a',
    };
    const said = (poseId: number) => [{ since: 0, cue: { ...cue, poseId } }];
    const plain = painted(theme, [calm(theme, frameOf([standing()]))]).data();
    const marked = painted(theme, [calm(theme, frameOf([standing()]), { skeleton, cues: said(1) })]).data();
    const another = painted(theme, [calm(theme, frameOf([standing()]), { skeleton, cues: said(2) })]).data();
    expect(Buffer.compare(plain, another)).toBe(0);
    // Two cues about two people: what is said of one is not shown on the other.
    const elbow = { since: 0, cue: { ...cue, id: 'a.c', joints: ['rightElbow' as const], poseId: 2 } };
    const both = { ...skeleton, highlights: [25, 14] };
    const shared = painted(theme, [
      calm(theme, frameOf([standing()]), { skeleton: both, cues: [...said(1), elbow] }),
    ]).data();
    expect(Buffer.compare(marked, shared)).toBe(0);
    const [knee, reach] = [{ x: 0.56 * SIDE, y: 0.7 * SIDE }, 0.12 * SIDE];
    let changed = 0;
    for (let index = 0; index < plain.length; index += 4) {
      if (plain.readUInt32LE(index) === marked.readUInt32LE(index)) continue;
      const x = (index / 4) % SIDE;
      const y = Math.floor(index / 4 / SIDE);
      expect(Math.hypot(x - knee.x, y - knee.y)).toBeLessThan(reach);
      changed += 1;
    }
    expect(changed).toBeGreaterThan(80);
  });

  it('takes jumps of time, a pause and a new epoch without a streak across the stage', () => {
    const trails = skeletonOf(SIDE, SIDE, { trails: [15, 16, 27, 28] });
    const left = (pose: ReturnType<typeof standing>) => ({
      ...pose,
      landmarks: pose.landmarks.map((landmark) => ({ ...landmark, x: landmark.x - 0.55 })),
    });
    const person = standing({}, 0.4);
    const alone = pixelsOf(
      painted(theme, [themeMoment(theme, { frame: frameOf([left(person)]), skeleton: trails, now: 9000 })]),
    );
    for (const [elapsed, epoch] of [
      [0, 1],
      [5000, 1],
      [33, 2],
    ] as const) {
      const moments = [
        themeMoment(theme, { frame: frameOf([person]), skeleton: trails, now: 9000 - (elapsed || 5000) }),
        themeMoment(theme, {
          frame: frameOf([left(person)], { epoch }),
          skeleton: trails,
          now: 9000,
          elapsed,
        }),
      ];
      expect(Math.abs(pixelsOf(painted(theme, moments)).lit - alone.lit) / alone.lit).toBeLessThan(0.06);
    }
  });
});

describe('overlay.particles', () => {
  it('keeps its colours where the mist of several limbs comes together, as in a body seen from the side', () => {
    const person = standing();
    const landmarks = person.landmarks.map((landmark) => ({
      ...landmark,
      x: 0.5 + (landmark.x - 0.5) * 0.3,
    }));
    const frame = frameOf([{ ...person, landmarks }]);
    const { data } = pixelsOf(painted('overlay.particles', [calm('overlay.particles', frame)]));
    let white = 0;
    for (let index = 0; index < data.length; index += 4) {
      if (Math.min(data[index] ?? 0, data[index + 1] ?? 0, data[index + 2] ?? 0) > 230) white += 1;
    }
    // Stars and the line within are white-hot, some 450 pixels; a hip that burns out doubles that.
    expect(white).toBeGreaterThan(0);
    expect(white).toBeLessThan(650);
  });
});
