import { BodyMotions } from '@pose-coach/core/analysis';
import { describe, expect, it } from 'vitest';
import { dancerFrames, standing, together, twoStep } from '../../../../tests/motion/synthetic-dancer.ts';
import { GRID_CHANNELS, GRID_RATE, MotionGrid } from './motion-grid.ts';
import { TakeMotion } from './take-motion.ts';

const ACROSS = GRID_CHANNELS - 2;

describe('motion on an even grid', () => {
  it('has the velocities that were danced, from any rate', () => {
    // The hips go from side to side by ±0.15 m once in two seconds: ±0.15 · π m/s at most.
    const move = together(standing(0), twoStep(60));
    for (const rate of [24, 30, 60]) {
      const motions = new BodyMotions();
      const grid = new MotionGrid();
      for (const frame of dancerFrames({ move }, { seconds: 6, rate })) {
        for (const motion of motions.step(frame)) grid.step(motion);
      }
      let most = 0;
      for (let row = grid.firstRow; row < grid.nextRow; row += 1) {
        const expected = -0.15 * Math.PI * Math.sin((Math.PI * grid.timeOf(row)) / 1000);
        const velocity = grid.velocity(row, ACROSS);
        if (grid.timeOf(row) < 1000) continue;
        expect(Math.abs(Math.abs(velocity) - Math.abs(expected)), `${rate} Hz`).toBeLessThan(0.04);
        most = Math.max(most, Math.abs(velocity));
      }
      expect(most).toBeGreaterThan(0.43);
      expect(grid.nextRow - grid.firstRow).toBeGreaterThan(5.5 * GRID_RATE);
    }
  });

  it('leaves a gap unknown instead of drawing a line through it', () => {
    const motions = new BodyMotions();
    const grid = new MotionGrid();
    const absent = [{ from: 3, until: 5 }];
    for (const frame of dancerFrames({ move: twoStep(60), absent }, { seconds: 7 })) {
      for (const motion of motions.step(frame)) grid.step(motion);
    }
    expect(grid.meanSpeed(4 * GRID_RATE)).toBeNaN();
    expect(grid.meanSpeed(6 * GRID_RATE)).toBeGreaterThan(0);
  });
});

describe('the motion of a take', () => {
  function record(seconds: number, take = new TakeMotion()): TakeMotion {
    const motions = new BodyMotions();
    const grid = new MotionGrid();
    for (const frame of dancerFrames({ move: twoStep(60) }, { seconds })) {
      for (const motion of motions.step(frame)) {
        grid.step(motion);
        take.record(grid);
      }
    }
    return take;
  }

  it('keeps every row to a millimetre per second', () => {
    const take = record(40);
    expect(take.length / GRID_RATE).toBeGreaterThan(39.5);
    const across = take.channel(ACROSS);
    const fastest = across.reduce(
      (most, value) => Math.max(most, Number.isNaN(value) ? 0 : Math.abs(value)),
      0,
    );
    expect(fastest).toBeGreaterThan(0.43);
    expect(fastest).toBeLessThan(0.5);
    expect(across.filter((value) => Number.isNaN(value)).length).toBeLessThan(GRID_RATE);
  });

  it('goes on after a discontinuity, a second apart', () => {
    const take = record(5);
    const before = take.length;
    take.interrupt();
    expect(take.length - before).toBe(GRID_RATE);
    expect(take.channel(0).slice(before)).toEqual(new Float32Array(GRID_RATE).fill(Number.NaN));
    record(5, take);
    expect(take.length - before).toBeGreaterThan(5.5 * GRID_RATE);
  });

  it('keeps an hour and says when there was more', () => {
    const take = new TakeMotion();
    const grid = new MotionGrid();
    const motions = new BodyMotions();
    const frames = dancerFrames({ move: twoStep(60) }, { seconds: 1 });
    for (const frame of frames) for (const motion of motions.step(frame)) grid.step(motion);
    const rows = grid.nextRow - grid.firstRow;
    for (let count = 0; count * (rows + GRID_RATE) < 3600 * GRID_RATE; count += 1) {
      take.record(grid);
      take.interrupt();
    }
    take.record(grid);
    expect(take.length).toBe(3600 * GRID_RATE);
    expect(take.isComplete).toBe(false);
    take.clear();
    expect(take).toMatchObject({ length: 0, isComplete: true });
  });
});
