import { map, NEVER, type Observable, of, take, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { syntheticFrame } from '../../../../tests/synthetic-pose.ts';
import type { AnalyzerFactory, Beat } from './analyzer.ts';
import { type ClassifiedFrame, classify, classifyWithBeats } from './classify.ts';

const marbles = (run: Parameters<TestScheduler['run']>[0]) =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(run);

/** Counts frames since it was made or reset. */
const counter: AnalyzerFactory = {
  create() {
    let count = 0;
    return {
      step({ frame: { timestamp } }) {
        count += 1;
        return [{ metric: 'test.count', timestamp, status: 'ok', value: count, confidence: 1 }];
      },
      reset() {
        count = 0;
      },
    };
  },
};

/** Reads the time of every beat, and nothing where there is none. */
const listener: AnalyzerFactory = {
  create: () => ({
    step: ({ beats }) =>
      beats.map(({ timestamp, strength }) => ({
        metric: 'test.beat',
        timestamp,
        status: 'ok',
        value: timestamp,
        confidence: strength,
      })),
    reset() {},
  }),
};

/** What was read, as it can be written in a diagram. */
const written = (source: Observable<ClassifiedFrame>) =>
  source.pipe(
    map(
      ({ frame, readings }) =>
        `${frame.timestamp}: ${readings.map(({ metric, value }) => `${metric.slice(5)} ${value}`).join()}`,
    ),
  );

const frames = {
  a: syntheticFrame(0, []),
  b: syntheticFrame(40, []),
  c: syntheticFrame(80, []),
  d: syntheticFrame(20, [], { epoch: 2 }),
};

describe('classify', () => {
  it('gives every frame with its readings at once, in the order of the analyzers', () => {
    marbles(({ cold, expectObservable }) => {
      const source = cold('-a-b--(c|)', frames);
      expectObservable(written(source.pipe(classify(counter, listener, counter)))).toBe('-a-b--(c|)', {
        a: '0: count 1,count 1',
        b: '40: count 2,count 2',
        c: '80: count 3,count 3',
      });
    });
  });

  it('passes frames through where there is no analyzer', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-a|', frames).pipe(classify())).toBe('-a|', {
        a: { frame: frames.a, readings: [] },
      });
    });
  });

  it('lets analyzers forget when the epoch changes', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(written(cold('-a-b-d|', frames).pipe(classify(counter)))).toBe('-a-b-d|', {
        a: '0: count 1',
        b: '40: count 2',
        d: '20: count 1',
      });
    });
  });

  it('has a memory for every subscription', () => {
    marbles(({ hot, expectObservable }) => {
      const classified = written(hot('a-b-', frames).pipe(classify(counter)));
      expectObservable(classified).toBe('a-b-', { a: '0: count 1', b: '40: count 2' });
      expectObservable(classified, '-^-').toBe('--b-', { b: '40: count 1' });
    });
  });

  it('passes errors on, its own and those of analyzers, and lets go of its source', () => {
    const broken: AnalyzerFactory = {
      create: () => ({
        step({ frame }) {
          if (frame.timestamp > 0) throw 'error';
          return [];
        },
        reset() {},
      }),
    };
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      expectObservable(written(hot('-a-#', frames).pipe(classify(counter)))).toBe('-a-#', {
        a: '0: count 1',
      });
      const source = hot('-a-b-c', frames);
      expectObservable(written(source.pipe(classify(broken)))).toBe('-a-#', { a: '0: ' });
      expectObservable(written(source.pipe(classify(counter), take(1)))).toBe('-(a|)', {
        a: '0: count 1',
      });
      expectSubscriptions(source.subscriptions).toBe(['^--!', '^!']);
    });
  });
});

describe('classifyWithBeats', () => {
  const beats: Record<string, Beat> = {
    x: { timestamp: 0, strength: 1 },
    y: { timestamp: 30, strength: 1 },
    z: { timestamp: 70, strength: 1 },
  };

  it('gives every beat once, with the first frame that is not before it', () => {
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('--a--b---(c|)', frames);
      const music = hot('-xz-y-----', beats);
      expectObservable(written(source.pipe(classifyWithBeats(music, listener)))).toBe('--a--b---(c|)', {
        a: '0: beat 0',
        b: '40: beat 30',
        c: '80: beat 70',
      });
      expectSubscriptions(music.subscriptions).toBe('^--------!');
    });
  });

  it('takes beats that are all known before the first frame', () => {
    marbles(({ cold, expectObservable }) => {
      const music = of(...Object.values(beats));
      const source = cold('a-b-c-|', frames);
      expectObservable(written(source.pipe(classifyWithBeats(music, listener)))).toBe('a-b-c-|', {
        a: '0: beat 0',
        b: '40: beat 30',
        c: '80: beat 70',
      });
    });
  });

  it('ends with its frames, and with an error of the beats', () => {
    marbles(({ cold, hot, expectObservable, expectSubscriptions }) => {
      expectObservable(written(cold('a|', frames).pipe(classifyWithBeats(NEVER, counter)))).toBe('a|', {
        a: '0: count 1',
      });
      const source = hot('a--b', frames);
      expectObservable(written(source.pipe(classifyWithBeats(cold('--#'), counter)))).toBe('a-#', {
        a: '0: count 1',
      });
      expectSubscriptions(source.subscriptions).toBe('^-!');
      const silent = hot('a--b', frames);
      const dead = throwError(() => 'error');
      expectObservable(silent.pipe(classifyWithBeats(dead, counter))).toBe('#');
      expectSubscriptions(silent.subscriptions).toBe([]);
    });
  });
});
