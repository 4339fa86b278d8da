import { expect, it } from 'vitest';
import { Slowness } from './slowness.ts';

function told(costs: readonly number[]): readonly number[] {
  const slowness = new Slowness();
  return costs.flatMap((cost, index) => (slowness.notice(cost, index * 100) ? [index * 100] : []));
}

it('A part is slow when each of its paintings took over 12 ms for two seconds, and that is told once', () => {
  expect(told(new Array<number>(100).fill(13))).toEqual([2000]);
});

it('A part whose paintings are short now and then is not slow', () => {
  expect(told(Array.from({ length: 100 }, (_, index) => (index % 15 === 0 ? 12 : 100)))).toEqual([]);
});
