import { Subject } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { latestWins } from './latest-wins.ts';

/** A project whose promises the test settles itself. */
function manualWork() {
  const started: string[] = [];
  const discarded: string[] = [];
  const settle: { resolve(result: string): void; reject(error: unknown): void }[] = [];
  return {
    started,
    discarded,
    settle,
    work: {
      project: (value: string) => {
        started.push(value);
        return new Promise<string>((resolve, reject) => settle.push({ resolve, reject }));
      },
      discard: (value: string) => void discarded.push(value),
    },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('latestWins', () => {
  it('keeps one value in work and only the newest waiting', async () => {
    const { started, discarded, settle, work } = manualWork();
    const source = new Subject<string>();
    const output: string[] = [];
    source.pipe(latestWins(work)).subscribe((result) => output.push(result));
    for (const value of ['a', 'b', 'c', 'd']) source.next(value);
    expect({ started, discarded }).toEqual({ started: ['a'], discarded: ['b', 'c'] });
    settle[0]?.resolve('A');
    await settled();
    expect({ started, discarded, output }).toEqual({
      started: ['a', 'd'],
      discarded: ['b', 'c'],
      output: ['A'],
    });
  });

  it('completes only when what waits has been worked on', async () => {
    const { settle, work } = manualWork();
    const source = new Subject<string>();
    const log: string[] = [];
    source
      .pipe(latestWins(work))
      .subscribe({ next: (result) => log.push(result), complete: () => log.push('|') });
    source.next('a');
    source.next('b');
    source.complete();
    settle[0]?.resolve('A');
    await settled();
    expect(log).toEqual(['A']);
    settle[1]?.resolve('B');
    await settled();
    expect(log).toEqual(['A', 'B', '|']);
  });

  it('discards what waits when it is unsubscribed, and says nothing of what was in work', async () => {
    const { discarded, settle, work } = manualWork();
    const source = new Subject<string>();
    const output: string[] = [];
    const subscription = source.pipe(latestWins(work)).subscribe((result) => output.push(result));
    source.next('a');
    source.next('b');
    subscription.unsubscribe();
    settle[0]?.resolve('A');
    await settled();
    expect({ discarded, output, observed: source.observed }).toEqual({
      discarded: ['b'],
      output: [],
      observed: false,
    });
  });

  it('ends with the error of the work, leaves the source and discards what waits', async () => {
    const { discarded, settle, work } = manualWork();
    const source = new Subject<string>();
    const errors: unknown[] = [];
    source.pipe(latestWins(work)).subscribe({ error: (error) => errors.push(error) });
    source.next('a');
    source.next('b');
    settle[0]?.reject('broken');
    await settled();
    expect({ errors, discarded, observed: source.observed }).toEqual({
      errors: ['broken'],
      discarded: ['b'],
      observed: false,
    });
  });

  it('discards what waits when the source fails', () => {
    const { discarded, work } = manualWork();
    const source = new Subject<string>();
    const errors: unknown[] = [];
    source.pipe(latestWins(work)).subscribe({ error: (error) => errors.push(error) });
    source.next('a');
    source.next('b');
    source.error('unplugged');
    expect({ errors, discarded }).toEqual({ errors: ['unplugged'], discarded: ['b'] });
  });

  it('takes the newest of what came before it was ready, and no older one', async () => {
    const { started, discarded, work } = manualWork();
    const source = new Subject<string>();
    let open = () => {};
    const ready = new Promise<void>((resolve) => {
      open = resolve;
    });
    source.pipe(latestWins({ ...work, ready })).subscribe();
    for (const value of ['a', 'b', 'c']) source.next(value);
    expect({ started, discarded }).toEqual({ started: [], discarded: ['a', 'b'] });
    open();
    await settled();
    expect(started).toEqual(['c']);
  });

  it('completes an empty source even before it is ready, and fails when it never will be', async () => {
    const { work, discarded } = manualWork();
    const errors: unknown[] = [];
    const source = new Subject<string>();
    source
      .pipe(latestWins({ ...work, ready: Promise.reject('no model') }))
      .subscribe({ error: (error) => errors.push(error) });
    source.next('a');
    await settled();
    expect({ errors, discarded }).toEqual({ errors: ['no model'], discarded: ['a'] });
  });

  it('passes the source’s completion on in the same moment when nothing is in work', () => {
    new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(
      ({ cold, expectObservable }) => {
        const work = { project: () => new Promise<string>(() => {}), discard: () => {} };
        expectObservable(cold('---|').pipe(latestWins(work))).toBe('---|');
      },
    );
  });
});
