import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Backlog } from './backlog.ts';

describe('Backlog', () => {
  it('gives every reader each entry once and in order, whatever its pace', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({ max: 5 }), fc.boolean(), fc.boolean())), (turns) => {
        const backlog = new Backlog<number>(1000);
        const readers = [
          { place: 0, read: [] as number[] },
          { place: 0, read: [] as number[] },
        ];
        let next = 0;
        const read = (reader: (typeof readers)[number] | undefined) => {
          if (reader === undefined) return;
          reader.read.push(...backlog.since(reader.place));
          reader.place = backlog.end;
        };
        for (const [count, ...reads] of turns) {
          backlog.push(Array.from({ length: count }, () => next++));
          for (const [index, does] of reads.entries()) if (does) read(readers[index]);
        }
        for (const reader of readers) {
          read(reader);
          expect(reader.read).toEqual(Array.from({ length: next }, (_, index) => index));
        }
      }),
    );
  });

  it('keeps the newest for a reader that has fallen behind', () => {
    const backlog = new Backlog<number>(10);
    for (let index = 0; index < 1000; index += 1) backlog.push([index]);
    expect(backlog.since(0)).toEqual([990, 991, 992, 993, 994, 995, 996, 997, 998, 999]);
    expect(backlog.since(997)).toEqual([997, 998, 999]);
    expect(backlog.since(1000)).toEqual([]);
  });

  it('finds the place where something begins', () => {
    const backlog = new Backlog<number>(3);
    backlog.push([1, 2, 3, 4, 5, 6, 7]);
    expect(backlog.since(backlog.firstPlace((entry) => entry > 5))).toEqual([6, 7]);
    expect(backlog.firstPlace((entry) => entry > 7)).toBe(backlog.end);
    backlog.clear();
    expect([backlog.since(0), backlog.end]).toEqual([[], 7]);
  });
});
