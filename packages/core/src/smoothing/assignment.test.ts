import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assign } from './assignment.ts';

/** The lowest sum there is, by trying everything. */
function cheapest(costs: readonly (readonly number[])[], taken: ReadonlySet<number> = new Set()): number {
  const [row, ...rest] = costs;
  if (row === undefined) return 0;
  return Math.min(
    ...row.map((cost, column) =>
      taken.has(column) ? Infinity : cost + cheapest(rest, new Set([...taken, column])),
    ),
  );
}

describe('assign', () => {
  it('takes the cheapest sum, not the nearest pair first', () => {
    expect(
      assign([
        [1, 2],
        [2, 9],
      ]),
    ).toEqual([1, 0]);
    expect(assign([])).toEqual([]);
  });

  it('finds the cheapest of all assignments for any costs', () => {
    const matrix = fc
      .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 2 }))
      .chain(([rows, spare]) =>
        fc.array(
          fc.array(fc.integer({ min: 0, max: 30 }), { minLength: rows + spare, maxLength: rows + spare }),
          { minLength: rows, maxLength: rows },
        ),
      );
    fc.assert(
      fc.property(matrix, (costs) => {
        const columns = assign(costs);
        expect(new Set(columns).size).toBe(costs.length);
        const sum = columns.reduce((total, column, row) => total + (costs[row]?.[column] as number), 0);
        expect(sum).toBe(cheapest(costs));
      }),
      { numRuns: 300 },
    );
  });
});
