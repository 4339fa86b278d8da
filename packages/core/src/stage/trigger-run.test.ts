import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syntheticBody, syntheticFrame, syntheticPose } from '../../../../tests/synthetic-pose.ts';
import { Feedback, type RuleCondition } from '../feedback/index.ts';
import { firedAt, readAt, triggerOn } from './readings.test-support.ts';
import type { TriggerCondition } from './trigger.ts';
import { TriggerRun } from './trigger-run.ts';

const RATES = [10, 30, 60];

const isEvent = (id: string) => ({ id, title: id, kind: 'event' as const });

/** Whether a second lies between two, the first included, give or take what frames of a rate cannot tell. */
const isWithin = (second: number, start: number, end: number) =>
  second > start - 0.001 && second < end - 0.001;

const INTENSE: TriggerCondition = { metric: 'dance.intensity', when: { above: 80 }, for: 10 };
const TEMPO: readonly TriggerCondition[] = [
  { metric: 'dance.rhythm', when: { above: 110 } },
  { metric: 'dance.rhythm', when: { below: 130 } },
];
const JUMP: TriggerCondition = { metric: 'dance.jump', when: { happens: true } };

describe.each(RATES)('a trigger, with %d readings a second', (rate) => {
  it('fires once when a pose has been held for two seconds', () => {
    const run = new TriggerRun([triggerOn([{ metric: 'test.pose', when: { equals: 'armsUp' }, for: 2 }])]);
    const pose = (second: number) => (isWithin(second, 1, 6) ? 'armsUp' : 'standing');
    expect(firedAt(run, { rate, to: 9 }, (second) => [readAt(second, 'test.pose', pose(second))])).toEqual([
      3,
    ]);
  });

  it('does not fire for a pose that is held for a frame less than two seconds, or left in between', () => {
    const run = new TriggerRun([triggerOn([{ metric: 'test.pose', when: { equals: 'armsUp' }, for: 2 }])]);
    const pose = (second: number) =>
      isWithin(second, 1, 3) || (isWithin(second, 4, 7) && !isWithin(second, 5.5, 5.6))
        ? 'armsUp'
        : 'standing';
    expect(firedAt(run, { rate, to: 8 }, (second) => [readAt(second, 'test.pose', pose(second))])).toEqual(
      [],
    );
  });

  it('fires for every jump, when it is told of, and once for one that is told again', () => {
    const run = new TriggerRun([triggerOn([JUMP])], isEvent);
    // Jumps at 1 s and 1.4 s are told half a second later; that of 1 s again at once, and long after.
    const told = new Map([
      [1.5, 1],
      [1.6, 1],
      [1.9, 1.4],
      [3, 1],
    ]);
    const jumps = (second: number) =>
      [...told]
        .filter(([at]) => isWithin(at, second, second + 1 / rate))
        .map(([, of]) => readAt(of, 'dance.jump', 30));
    expect(firedAt(run, { rate, to: 5 }, jumps)).toEqual([1.5, 1.9]);
  });

  it('fires when the intensity has been over 80 for ten seconds', () => {
    const run = new TriggerRun([triggerOn([INTENSE])]);
    const intensity = (second: number) => (isWithin(second, 2, 14) ? 85 : 60);
    expect(
      firedAt(run, { rate, to: 20 }, (second) => [readAt(second, 'dance.intensity', intensity(second))]),
    ).toEqual([12]);
  });

  it('fires each time that the tempo comes to lie between 110 and 130', () => {
    const run = new TriggerRun([triggerOn(TEMPO)]);
    // 90 BPM, then 10 BPM more with every second up to 160, and back.
    const tempo = (second: number) => 160 - Math.abs(7 - Math.floor(second + 0.001)) * 10;
    const fired = firedAt(run, { rate, to: 15 }, (second) => [readAt(second, 'dance.rhythm', tempo(second))]);
    // 120 at 3 s and at 11 s; 110 and 130 themselves are not between.
    expect(fired).toEqual([3, 11]);
  });

  it('takes no break for what is unknown for less than half a second, and one for longer', () => {
    const fires = (gap: number) => {
      const run = new TriggerRun([triggerOn([{ ...INTENSE, for: 2 }])]);
      return firedAt(run, { rate, to: 6 }, (second) => [
        readAt(second, 'dance.intensity', isWithin(second, 1, 1 + gap) ? undefined : 90),
      ]);
    };
    expect(fires(0.4)).toEqual([2]);
    // Known again at 1.8 s, it begins anew.
    expect(fires(0.8)).toEqual([3.8]);
  });
});

describe('a trigger', () => {
  it('does not fire again after a moment in which it was only unknown', () => {
    const run = new TriggerRun([triggerOn([{ metric: 'dance.intensity', when: { above: 80 } }])]);
    const unsure = (second: number) => (second % 1 > 0.6 ? undefined : 90);
    expect(firedAt(run, { to: 10 }, (second) => [readAt(second, 'dance.intensity', unsure(second))])).toEqual(
      [0],
    );
  });

  it('waits out its cool-down, and fires then if it still holds and had ceased to in between', () => {
    const jumpy = (second: number) => (second % 2 < 0.999 ? 90 : 10);
    const run = new TriggerRun([
      triggerOn([{ metric: 'dance.intensity', when: { above: 80 } }], { coolDown: 4.5 }),
    ]);
    const readings = (second: number) => [readAt(second, 'dance.intensity', jumpy(second))];
    expect(firedAt(run, { to: 12 }, readings)).toEqual([0, 4.5, 10]);

    const steady = new TriggerRun([
      triggerOn([{ metric: 'dance.intensity', when: { above: 80 } }], { coolDown: 2 }),
    ]);
    expect(firedAt(steady, { to: 12 }, (second) => [readAt(second, 'dance.intensity', 90)])).toEqual([0]);
  });

  it('goes on until it is passed the other way, where “until” says so', () => {
    const run = new TriggerRun([triggerOn([{ metric: 'dance.intensity', when: { above: 80, until: 60 } }])]);
    const values = [70, 90, 70, 90, 50, 70, 90];
    expect(
      firedAt(run, { rate: 1, to: values.length }, (second) => [
        readAt(second, 'dance.intensity', values[second]),
      ]),
    ).toEqual([1, 6]);
  });

  it('counts no reading of a confidence below one half', () => {
    const run = new TriggerRun([triggerOn([JUMP])], isEvent);
    expect(
      firedAt(run, { to: 1 }, (second) => [readAt(second, 'dance.jump', 30, { confidence: 0.49 })]),
    ).toEqual([]);
  });

  it('begins anew when time goes back, and lets no time of its cool-down pass for it', () => {
    const run = new TriggerRun([triggerOn([{ ...INTENSE, for: 2 }], { coolDown: 5 })]);
    const readings = (second: number) => [readAt(second, 'dance.intensity', 90)];
    // A film of four seconds in a loop: 2 s are needed in each, and 5 s of film between two firings.
    expect(firedAt(run, { to: 4 }, readings)).toEqual([2]);
    expect(firedAt(run, { to: 4 }, readings)).toEqual([3.033]);
    expect(firedAt(run, { to: 4 }, readings)).toEqual([]);
    expect(firedAt(run, { to: 4 }, readings)).toEqual([2]);
  });

  it('begins anew with another publisher, also one whose time is later, and hears nothing of before', () => {
    const run = new TriggerRun([triggerOn([{ ...INTENSE, for: 2 }], { coolDown: 1 })]);
    const readings = (second: number) => [readAt(second, 'dance.intensity', 90)];
    expect(firedAt(run, { to: 1.9 }, readings)).toEqual([]);
    run.reset();
    expect(
      firedAt(run, { from: 100, to: 104 }, (second) => [
        ...(second === 100 ? readings(1.5) : []),
        ...readings(second),
      ]),
    ).toEqual([102]);
  });

  it('hears nothing of before a break of a moment', () => {
    const run = new TriggerRun([triggerOn([{ ...INTENSE, for: 2 }])]);
    const readings = (second: number) => [readAt(second, 'dance.intensity', 90)];
    expect(firedAt(run, { to: 1.9 }, readings)).toEqual([]);
    run.reset();
    expect(firedAt(run, { from: 3, to: 6 }, readings)).toEqual([5]);
  });

  it('has ceased to hold also when it came to hold again before anybody asked', () => {
    const run = new TriggerRun([triggerOn([{ metric: 'dance.intensity', when: { above: 80 } }])]);
    const at = (second: number, ...values: readonly number[]) => {
      const readings = values.map((value, index) => readAt(second + index / 100, 'dance.intensity', value));
      run.note(readings, second * 1000 + 50);
      return run.step(second * 1000 + 50).length;
    };
    expect([at(1, 90), at(2, 90), at(3, 10, 90), at(4, 90)]).toEqual([1, 0, 1, 0]);
  });

  it('ignores readings from after its time, or of no time', () => {
    const run = new TriggerRun([triggerOn([{ metric: 'dance.intensity', when: { above: 80 } }])]);
    const at = (timestamp: number) => (second: number) =>
      second === 1 ? [readAt(0, 'dance.intensity', 90, { timestamp })] : [];
    expect(firedAt(run, { to: 2 }, at(1001))).toEqual([]);
    expect(firedAt(run, { from: 2, to: 3 }, at(Number.NaN))).toEqual([]);
  });

  it('fires for several triggers in their order, and for none that is switched off', () => {
    const when: readonly TriggerCondition[] = [{ metric: 'dance.intensity', when: { above: 80 } }];
    const run = new TriggerRun([
      triggerOn(when, { id: 'b' }),
      triggerOn(when, { id: 'off', enabled: false }),
      triggerOn(when, { id: 'a' }),
    ]);
    run.note([readAt(0, 'dance.intensity', 90)], 0);
    expect(run.step(0).map(({ id }) => id)).toEqual(['b', 'a']);
  });

  it('goes on where it was when only its name, actions or neighbours change, and begins when its condition does', () => {
    const trigger = triggerOn([{ ...INTENSE, for: 2 }]);
    const run = new TriggerRun([trigger]);
    const readings = (second: number) => [readAt(second, 'dance.intensity', 90)];
    expect(firedAt(run, { to: 1 }, readings)).toEqual([]);
    run.setTriggers([triggerOn([JUMP], { id: 'other' }), { ...trigger, name: 'Renamed' }]);
    expect(firedAt(run, { from: 1, to: 3 }, readings)).toEqual([2]);
    run.setTriggers([{ ...trigger, when: [{ ...INTENSE, for: 1 }] }]);
    expect(firedAt(run, { from: 3, to: 6 }, readings)).toEqual([4]);
  });

  it('fires first when a rule of the same condition would first be said', () => {
    const body = syntheticBody();
    const condition: fc.Arbitrary<{ when: RuleCondition; for?: number }> = fc.record(
      {
        when: fc.oneof(
          fc.constant({ above: 50 }),
          fc.constant({ above: 50, until: 30 }),
          fc.constant({ below: 50 }),
          fc.constant({ below: 50, until: 70 }),
        ),
        for: fc.constantFrom(0.2, 0.5, 1),
      },
      { requiredKeys: ['when'] },
    );
    // A tenth of a second each: a value, nothing known, unsure, or nothing read.
    const moment = fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 100 }) },
      { weight: 2, arbitrary: fc.constantFrom('unknown', 'unsure', 'silent') },
    );
    let fired = 0;
    fc.assert(
      fc.property(
        condition,
        fc.constantFrom(2, 5, 10),
        fc.array(moment, { minLength: 1, maxLength: 12 }),
        (asked, steadiness, moments) => {
          const run = new TriggerRun([triggerOn([{ metric: 'test.knee', ...asked }])]);
          const feedback = new Feedback({ coolDown: 0, gap: 0 });
          const cue = { severity: 'hint', message: 'Now.' } as const;
          feedback.setRules([{ id: 'a', source: 'test', metric: 'test.knee', cue, ...asked }]);
          const first = { fired: undefined as number | undefined, said: undefined as number | undefined };
          for (let index = 0; index < moments.length * steadiness; index += 1) {
            const second = index / 10;
            const what = moments[Math.floor(index / steadiness)];
            const readings =
              what === 'silent' || what === undefined
                ? []
                : typeof what === 'number'
                  ? [readAt(second, 'test.knee', what)]
                  : what === 'unsure'
                    ? [readAt(second, 'test.knee', 99, { confidence: 0.3 })]
                    : [readAt(second, 'test.knee', undefined)];
            const frame = syntheticFrame(second * 1000, [syntheticPose(0, body)], { epoch: 1 });
            if (feedback.step(frame, readings).length > 0) first.said ??= second;
            run.note(readings, second * 1000);
            if (run.step(second * 1000).length > 0) first.fired ??= second;
          }
          if (first.fired !== undefined) fired += 1;
          expect(first.fired).toBe(first.said);
        },
      ),
      { numRuns: 300, seed: 20_261_121 },
    );
    expect(fired).toBeGreaterThan(100);
  });
});
