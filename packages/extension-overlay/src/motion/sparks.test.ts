import type { OverlayMoment } from '@pose-coach/core/extension';
import { describe, expect, it } from 'vitest';
import { frameOf, moment, mulberry, skeletonOf, standing } from '../overlay.test-support.ts';
import { Figures } from '../skeleton/figures.ts';
import { type Launch, Particles } from './particles.ts';
import { type SparkStyle, Sparks } from './sparks.ts';

const STYLE: SparkStyle = {
  from: 1,
  rate: 50,
  carried: 0,
  scattered: 0,
  size: [0.01, 0.01],
  life: [1e6, 1e6],
  onBeat: 0,
};

/** Counts what is launched. */
class Counted extends Particles {
  readonly launched: Launch[] = [];
  override launch(launch: Launch): void {
    this.launched.push(launch);
  }
}

/** Somebody who moves the left hand evenly downwards, by body heights per second, for so many seconds. */
function moving(
  speed: number,
  {
    rate = 60,
    scale = 0.4,
    seconds = 0.5,
    beat,
  }: { rate?: number; scale?: number; seconds?: number; beat?: OverlayMoment['beat'] } = {},
): readonly Launch[] {
  const particles = new Counted(1);
  const sparks = new Sparks(mulberry(3));
  const figures = new Figures();
  // By the trunk of `standing()`, 0.23 of the picture, a body is 0.23 / 0.288 = 0.8 of it high.
  const height = 0.8 * scale;
  for (let frame = 0; frame <= rate * seconds; frame += 1) {
    const way = speed * height * (frame / rate);
    const arm = { y: 0.2 + way, x: 0.7, visibility: 1 };
    const painted = moment({
      now: 1000 + (frame * 1000) / rate,
      elapsed: frame === 0 ? 0 : 1000 / rate,
      size: { width: 1000, height: 1000 },
      skeleton: skeletonOf(1000, 1000),
      // Elbow and wrist together: the hand moves as fast as the arm.
      frame: frameOf([standing({ 13: arm, 15: arm }, scale)]),
      ...(beat ? { beat } : {}),
    });
    sparks.update(particles, figures.update(painted), painted, STYLE, 1);
  }
  return particles.launched;
}

describe('Sparks', () => {
  it.each([15, 30, 60, 144])('throws off what the speed asks for at %i frames a second', (rate) => {
    // (3 − 1) body heights per second · 50 · 0.5 s = 50, less what the velocity needs to be followed.
    const count = moving(3, { rate }).length;
    expect(count).toBeGreaterThan(42);
    expect(count).toBeLessThanOrEqual(51);
  });

  it('throws off as much from somebody who is half as large in the picture, half as large', () => {
    const near = moving(2.5, { scale: 0.5 });
    const far = moving(2.5, { scale: 0.25 });
    expect(Math.abs(near.length - far.length)).toBeLessThanOrEqual(1);
    expect((near[0]?.size ?? 0) / (far[0]?.size ?? 1)).toBeCloseTo(2, 3);
  });

  it('throws off nothing for gentle moves, and nothing for a hand that leaps across the room', () => {
    expect(moving(0.9)).toEqual([]);
    expect(moving(40, { seconds: 0.1 })).toEqual([]);
  });

  it('launches along the way of the hand', () => {
    for (const { x, y } of moving(3, { scale: 0.4 })) {
      expect(x).toBeCloseTo(700, 0);
      expect(y).toBeGreaterThan(199);
      expect(y).toBeLessThan(200 + 3 * 0.4 * 0.8 * 1000 * 0.5 + 1);
    }
  });
});

describe('Particles', () => {
  it('fly the same way in one long step as in many short ones', () => {
    const launch = { x: 0, y: 0, velocityX: 100, velocityY: -50, size: 1, life: 5000, kind: 0 };
    const flown = (steps: number) => {
      const particles = new Particles(4);
      particles.launch(launch);
      for (let step = 0; step < steps; step += 1) particles.step(1000 / steps, { drag: 0.2, gravity: 80 });
      const places: number[] = [];
      particles.forEach((x, y) => {
        places.push(x, y);
      });
      return places;
    };
    // With drag v(t) = v · 0.2^t, the way of a second is v · (1 − 0.2) / −ln 0.2.
    expect(flown(1)[0]).toBeCloseTo((100 * 0.8) / -Math.log(0.2), 3);
    expect(flown(60)[0]).toBeCloseTo(flown(1)[0] ?? 0, 2);
    expect(flown(60)[1]).toBeCloseTo(flown(1)[1] ?? 0, 2);
  });

  it('are as many as there is room for, and none after their life', () => {
    const particles = new Particles(3);
    for (let count = 0; count < 10; count += 1) {
      particles.launch({ x: count, y: 0, velocityX: 0, velocityY: 0, size: 1, life: 100, kind: 0 });
    }
    expect(particles.flying).toBe(3);
    particles.step(99, { drag: 0.5, gravity: 0 });
    expect(particles.flying).toBe(3);
    particles.step(1, { drag: 0.5, gravity: 0 });
    expect(particles.flying).toBe(0);
  });
});
