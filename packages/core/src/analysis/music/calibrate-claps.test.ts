import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../../../../tests/motion/random-numbers.ts';
import { BODY_LANDMARK_COUNT, BODY_LANDMARKS, type Landmark, type PoseFrame } from '../../pose/index.ts';
import { calibrateClaps } from './calibrate-claps.ts';
import { handClaps } from './hand-claps.ts';

/** Metres: a grown-up's shoulders, the wrists of hands that meet, and hands that are ready to clap. */
const [SHOULDERS, MEETING, APART] = [0.36, 0.1, 0.5];
/** Seconds in which hands come together, evenly faster until they meet, and part again, slower. */
const [CLOSING, PARTING] = [0.3, 0.4];
/** Seconds that hands stay together where they do not rebound. */
const HOLD = 0.06;
/** Seconds: uneven, as people clap. */
const CLAPS = [1.013, 1.96, 3.04, 3.911, 5.027, 5.944, 6.871, 8.002];

interface Clapping {
  readonly rate: number;
  readonly claps?: readonly number[];
  readonly rebound?: boolean;
  /** Metres: the standard deviation of each coordinate. */
  readonly noise?: number;
  readonly seed?: number;
  readonly hidden?: boolean;
  /** Seconds. */
  readonly closing?: number;
}

/** Metres between the wrists at a moment, by the mechanics of a clap. */
function wristDistance(seconds: number, claps: readonly number[], rebound: boolean, closing: number): number {
  for (const clap of claps) {
    const passed = seconds - clap;
    if (passed < -closing || passed > HOLD + PARTING) continue;
    if (passed <= 0) return MEETING + (APART - MEETING) * (1 - (1 + passed / closing) ** 2);
    const parting = rebound ? passed : passed - HOLD;
    if (parting <= 0) return MEETING;
    return Math.min(APART, MEETING + (APART - MEETING) * (parting / PARTING));
  }
  return APART;
}

function clapping({
  rate,
  claps = CLAPS,
  rebound = false,
  noise = 0,
  seed = 1,
  hidden = false,
  closing = CLOSING,
}: Clapping): PoseFrame[] {
  const { uniform, normal } = randomNumbers(seed);
  // The camera does not begin with the second.
  const phase = uniform() / rate;
  return Array.from({ length: Math.round(9 * rate) }, (_, index) => {
    const seconds = phase + index / rate;
    const half = wristDistance(seconds, claps, rebound, closing) / 2;
    const landmarks: Landmark[] = Array.from({ length: BODY_LANDMARK_COUNT }, () => ({
      x: 0.5,
      y: 0.5,
      z: 0,
      visibility: 1,
    }));
    // 0.5 m fill the picture's width, of 16:9.
    const place = (name: keyof typeof BODY_LANDMARKS, x: number, y: number) => {
      landmarks[BODY_LANDMARKS[name]] = {
        x: 0.5 + (x + noise * normal()) / 4,
        y: 0.5 + ((y + noise * normal()) / 4) * (16 / 9),
        z: 0,
        visibility: hidden && name === 'leftWrist' ? 0.1 : 1,
      };
    };
    place('leftShoulder', SHOULDERS / 2, -0.3);
    place('rightShoulder', -SHOULDERS / 2, -0.3);
    place('leftWrist', half, 0);
    place('rightWrist', -half, 0);
    return {
      sequence: index,
      epoch: 1,
      timestamp: 1000 * seconds,
      width: 1920,
      height: 1080,
      poses: [{ id: 3, score: 1, landmarks, worldLandmarks: landmarks }],
      hands: [],
      dropped: 0,
      timings: { capturedAt: 1000 * seconds, stages: {} },
    };
  });
}

const heardAt = (delay: number, claps: readonly number[] = CLAPS) =>
  claps.map((seconds) => 1000 * seconds + delay);

describe('handClaps', () => {
  it.each([24, 30, 60])('finds each clap within half a frame at %i Hz', (rate) => {
    for (const rebound of [false, true]) {
      const found = handClaps(clapping({ rate, rebound }));
      expect(found).toHaveLength(CLAPS.length);
      for (const [index, clap] of CLAPS.entries()) {
        expect(Math.abs((found[index] ?? 0) - 1000 * clap)).toBeLessThan(500 / rate);
      }
    }
  });

  it('takes hands that are laid together slowly for no clap', () => {
    const frames = clapping({ rate: 30 }).map((frame) => ({ ...frame, timestamp: frame.timestamp * 5 }));
    expect(handClaps(frames)).toEqual([]);
  });

  it('finds nothing where a wrist is hidden, nobody is there, or hands never meet', () => {
    expect(handClaps(clapping({ rate: 30, hidden: true }))).toEqual([]);
    expect(handClaps(clapping({ rate: 30 }).map((frame) => ({ ...frame, poses: [] })))).toEqual([]);
    expect(handClaps(clapping({ rate: 30, claps: [], noise: 0.02 }))).toEqual([]);
    expect(handClaps([])).toEqual([]);
  });
});

describe('calibrateClaps', () => {
  const cases = [24, 30, 60].flatMap((rate) =>
    [
      { delay: -60, closing: 0.2 },
      { delay: 0, closing: 0.3 },
      { delay: 85, closing: 0.4 },
      { delay: 240, closing: 0.25 },
    ].flatMap((known) => [false, true].map((rebound) => ({ rate, rebound, ...known }))),
  );
  it.each(cases)('measures $delay ms at $rate Hz within 10 ms, 15 at 24 Hz (rebound: $rebound)', (known) => {
    const tolerance = known.rate === 24 ? 15 : 10;
    for (let seed = 1; seed <= 10; seed += 1) {
      // 3 mm: what filtered landmarks of a person who fills the picture tremble by.
      const result = calibrateClaps(clapping({ ...known, noise: 0.003, seed }), heardAt(known.delay));
      if (result.status !== 'ok') throw new Error(result.reason);
      expect(Math.abs(result.delay - known.delay)).toBeLessThan(tolerance);
      expect(result.claps).toBe(CLAPS.length);
    }
  });

  it.each([24, 30, 60])(
    'is right to the frames’ interval over √n when landmarks tremble at %i Hz',
    (rate) => {
      const squares: number[] = [];
      for (let seed = 1; seed <= 30; seed += 1) {
        // 8 mm: half a hundredth of the body's height.
        const result = calibrateClaps(clapping({ rate, noise: 0.008, seed }), heardAt(85));
        if (result.status !== 'ok') throw new Error(result.reason);
        squares.push((result.delay - 85) ** 2);
        expect(result.claps).toBeGreaterThanOrEqual(CLAPS.length - 1);
      }
      const deviation = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
      expect(deviation).toBeLessThan(1000 / rate / Math.sqrt(CLAPS.length));
    },
  );

  it('is not misled by a few claps nobody heard and sounds that are no claps', () => {
    const frames = clapping({ rate: 30, noise: 0.008 });
    const heard = heardAt(85)
      .filter((_, index) => index !== 2 && index !== 5)
      .concat([700, 2200, 2480, 4300, 6500])
      .sort((a, b) => a - b);
    const result = calibrateClaps(frames, heard);
    expect(result).toMatchObject({ status: 'ok', claps: 6 });
    if (result.status === 'ok') expect(Math.abs(result.delay - 85)).toBeLessThan(10);
  });

  it('takes the nearest of the delays at which claps at an even pace agree', () => {
    const even = [1, 1.4, 1.8, 2.2, 2.6, 3].map((seconds) => seconds * 2.4 - 1);
    const result = calibrateClaps(clapping({ rate: 60, claps: even }), heardAt(120, even));
    expect(result).toMatchObject({ status: 'ok', claps: 6 });
    if (result.status === 'ok') expect(Math.abs(result.delay - 120)).toBeLessThan(10);
  });

  it.each([
    ['nobody claps', [], heardAt(0), 'No clap was seen.'],
    ['two claps', CLAPS.slice(0, 2), heardAt(0), '2 claps were seen.'],
    ['nothing is heard', CLAPS, [], '8 claps were seen, 0 heard.'],
    ['something else is heard', CLAPS, [1300, 1700, 2500, 3500, 4600], 'heard at the same distance.'],
  ])('says what is missing when %s', (_, claps, heard, words) => {
    const result = calibrateClaps(clapping({ rate: 30, claps }), heard);
    expect(result).toMatchObject({ status: 'unknown', reason: expect.stringContaining(words) });
  });
});
