import { map, type Observable, take } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { syntheticBody, syntheticFrame, syntheticPose } from '../../../../tests/synthetic-pose.ts';
import { type AnalyzerFactory, type ClassifiedFrame, classify } from '../analysis/index.ts';
import { jointAngles } from '../pose/index.ts';
import type { CoachFrame } from './coach-frame.ts';
import { frameAt, readingAt, rule } from './coached.test-support.ts';
import { coach } from './coaching.ts';
import type { RuleFactory } from './rule.ts';

const marbles = (run: Parameters<TestScheduler['run']>[0]) =>
  new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(run);

const classified = (second: number, value: number, epoch = 1): ClassifiedFrame => ({
  frame: frameAt(second, [0], epoch),
  readings: [readingAt(second, value)],
});

const frames = {
  a: classified(0, 80),
  b: classified(1, 120),
  c: classified(2, 120),
  d: classified(12, 120),
  e: classified(13, 120, 2),
};

/** What was said, as it can be written in a diagram. */
const said = (source: Observable<CoachFrame>) =>
  source.pipe(map(({ cues }) => cues.map((cue) => `${cue.source} ${cue.id}`).join()));

/** Speaks at every second frame since it was made or reset. */
const everySecond: RuleFactory = {
  create() {
    let count = 0;
    return {
      step({ readings }) {
        count += readings.length;
        return count % 2 === 0 ? { severity: 'praise', message: 'Second.', poseId: 0 } : undefined;
      },
      reset() {
        count = 0;
      },
    };
  },
};

describe('coach', () => {
  it('passes frames and readings on as they are, at once, with what is to be said', () => {
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('-a-b--(c|)', frames).pipe(coach([rule('knee')]))).toBe('-a-b--(c|)', {
        a: { ...frames.a, cues: [] },
        b: {
          ...frames.b,
          cues: [
            {
              id: 'knee',
              timestamp: 1000,
              severity: 'hint',
              message: 'Mind knee.',
              joints: [],
              poseId: 0,
              source: 'coach',
            },
          ],
        },
        c: { ...frames.c, cues: [] },
      });
    });
  });

  it('names its source, and rules in code as they are called or by their place', () => {
    marbles(({ cold, expectObservable }) => {
      const rules = [rule('knee', { when: { above: 500 } }), everySecond];
      expectObservable(said(cold('a-b|', frames).pipe(coach(rules, { source: 'gym' })))).toBe('a-b|', {
        a: '',
        b: 'gym rule.1',
      });
      const named = [{ ...everySecond, id: 'second' }];
      expectObservable(said(cold('a-b|', frames).pipe(coach(named)))).toBe('a-b|', {
        a: '',
        b: 'coach second',
      });
    });
  });

  it('resets rules in code when the epoch changes', () => {
    marbles(({ cold, expectObservable }) => {
      // Without the reset the fourth frame would be an even one.
      const options = { coolDown: 0, gap: 0 };
      expectObservable(said(cold('abce|', frames).pipe(coach([everySecond], options)))).toBe('abce|', {
        a: '',
        b: 'coach rule.0',
        // Stands for half a second, not for a whole one.
        c: '',
        e: '',
      });
    });
  });

  it('has a memory for every subscription', () => {
    marbles(({ hot, expectObservable }) => {
      const coached = said(hot('a-b-c-d', frames).pipe(coach([rule('knee')])));
      expectObservable(coached).toBe('a-b-c-d', { a: '', b: 'coach knee', c: '', d: 'coach knee' });
      expectObservable(coached, '---^').toBe('----c-d', { c: 'coach knee', d: 'coach knee' });
    });
  });

  it('passes errors on, its own and those of rules, and lets go of its source', () => {
    const broken: RuleFactory = {
      create: () => ({
        step({ frame }) {
          if (frame.timestamp > 0) throw 'error';
          return undefined;
        },
        reset() {},
      }),
    };
    marbles(({ hot, expectObservable, expectSubscriptions }) => {
      expectObservable(said(hot('-a-#', frames).pipe(coach([])))).toBe('-a-#', { a: '' });
      const source = hot('-a-b-c', frames);
      expectObservable(said(source.pipe(coach([broken])))).toBe('-a-#', { a: '' });
      expectObservable(said(source.pipe(coach([]), take(1)))).toBe('-(a|)', { a: '' });
      expectSubscriptions(source.subscriptions).toBe(['^--!', '^!']);
    });
  });

  it.each([
    ['"knee": for must be', [rule('knee', { for: -1 })]],
    ['"knee": until must not', [rule('knee', { when: { above: 1, until: 2 } })]],
    ['"knee": another rule has this id', [rule('knee'), rule('knee')]],
  ])('refuses a faulty rule before anybody subscribes: %s', (message, rules) => {
    expect(() => coach(rules)).toThrowError(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(message) }),
    );
  });

  it('refuses faulty options before anybody subscribes', () => {
    expect(() => coach([], { gap: -1 })).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });

  it('stands behind classify: from a pose to a cue', () => {
    const knees: AnalyzerFactory = {
      create: () => ({
        step: ({ frame }) =>
          frame.poses.map((pose) => {
            const { degrees, confidence } = jointAngles(pose).joints.leftKnee;
            const about = { metric: 'squat.knee', timestamp: frame.timestamp, poseId: pose.id, confidence };
            return degrees === undefined
              ? { ...about, status: 'unknown', reason: 'The knee is not in the picture.' }
              : { ...about, status: 'ok', value: degrees };
          }),
        reset() {},
      }),
    };
    const squat = (second: number, knee: number) =>
      syntheticFrame(second * 1000, [syntheticPose(0, syntheticBody({ knee }))]);
    const rules = [rule('deeper', { metric: 'squat.knee', when: { above: 110, until: 100 }, for: 1 })];
    marbles(({ cold, expectObservable }) => {
      const source = cold('abcd|', {
        a: squat(0, 90),
        b: squat(0.4, 120),
        c: squat(0.8, 105),
        d: squat(1.4, 105),
      });
      expectObservable(said(source.pipe(classify(knees), coach(rules)))).toBe('abcd|', {
        a: '',
        b: '',
        c: '',
        d: 'coach deeper',
      });
    });
  });
});
