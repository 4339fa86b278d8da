import { expect, it } from 'vitest';
import { ContextClock } from './context-clock.ts';

const START = 1_700_000_000_000;

it('knows nothing before it was shown both clocks', () => {
  expect(new ContextClock().wallTime(0)).toBeUndefined();
});

it('believes the reading that was delayed least', () => {
  const clock = new ContextClock();
  for (const [index, delay] of [12, 40, 3, 250, 9].entries()) {
    clock.observe(index * 100, START + index * 100 + delay);
  }
  expect(clock.wallTime(1000)).toBe(START + 1003);
});

it('follows within a second when the sound card ran dry and the context’s clock fell behind', () => {
  const clock = new ContextClock();
  for (let time = 0; time < 5000; time += 100) clock.observe(time, START + time + (time % 300) / 10);
  for (let time = 5000; time < 6000; time += 100) clock.observe(time, START + 170 + time + (time % 300) / 10);
  expect(clock.wallTime(6000)).toBe(START + 6170);
});

it('follows clocks that drift apart', () => {
  const clock = new ContextClock();
  // Fifty millionths, for an hour.
  for (let time = 0; time <= 3_600_000; time += 100) clock.observe(time, START + time * 1.00005);
  expect(Math.abs((clock.wallTime(3_600_000) ?? 0) - (START + 3_600_180))).toBeLessThan(0.1);
});

it('forgets what it knew when the context stood', () => {
  const clock = new ContextClock();
  clock.observe(0, START);
  clock.reset();
  expect(clock.wallTime(0)).toBeUndefined();
  clock.observe(100, START + 60_100);
  expect(clock.wallTime(200)).toBe(START + 60_200);
});
