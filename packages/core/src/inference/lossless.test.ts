import { from, Subject, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { lossless } from './lossless.ts';

describe('lossless', () => {
  it('works on every value, in order and never on two at once', async () => {
    let inWork = 0;
    let most = 0;
    const output = await new Promise<number[]>((resolve) =>
      from([1, 2, 3, 4, 5])
        .pipe(
          lossless({
            project: async (value) => {
              most = Math.max(most, ++inWork);
              // Later values are quicker: order is kept all the same.
              await new Promise((done) => setTimeout(done, 10 - value));
              inWork -= 1;
              return value * 10;
            },
            discard: () => expect.unreachable('nothing may be discarded'),
          }),
          toArray(),
        )
        .subscribe(resolve),
    );
    expect({ output, most }).toEqual({ output: [10, 20, 30, 40, 50], most: 1 });
  });

  it('discards all that waits when it is unsubscribed', () => {
    const discarded: number[] = [];
    const source = new Subject<number>();
    const subscription = source
      .pipe(
        lossless({ project: () => new Promise(() => {}), discard: (value) => void discarded.push(value) }),
      )
      .subscribe();
    for (const value of [1, 2, 3]) source.next(value);
    subscription.unsubscribe();
    expect(discarded).toEqual([2, 3]);
  });
});
