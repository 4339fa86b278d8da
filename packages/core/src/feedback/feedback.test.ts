import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { frameAt, readingAt, rule, told } from './coached.test-support.ts';
import { Feedback, type OwnedProposal, type OwnedRule } from './feedback.ts';

const withRules = (...rules: readonly OwnedRule[]) => {
  const feedback = new Feedback();
  feedback.setRules(rules);
  return feedback;
};

const warning = { severity: 'warning', message: 'Stop.' } as const;
const hint = { severity: 'hint', message: 'Higher.' } as const;
const praise = { severity: 'praise', message: 'Well done.' } as const;

const propose = (name: string, rest: Partial<OwnedProposal> = {}): OwnedProposal => ({
  ...hint,
  rule: name,
  source: 'test',
  poseId: 0,
  ...rest,
});

const bent = (second: number) => [readingAt(second, 120)];

describe('Feedback', () => {
  it('gives a cue its rule, time, words, joints, person and source', () => {
    const feedback = withRules(
      rule('knee', { source: '@somebody/squats', cue: { ...warning, joints: ['leftKnee'] } }),
    );
    expect(feedback.step(frameAt(2, [7]), [readingAt(2, 120, { poseId: 7 })])).toEqual([
      {
        id: 'knee',
        timestamp: 2000,
        severity: 'warning',
        message: 'Stop.',
        joints: ['leftKnee'],
        poseId: 7,
        source: '@somebody/squats',
      },
    ]);
  });

  it('says to everybody what is read of nobody in particular', () => {
    const feedback = withRules(rule('tempo'));
    const { poseId: _, ...everybody } = readingAt(0, 120);
    const [cue] = feedback.step(frameAt(0, []), [everybody]);
    expect(cue).toMatchObject({ id: 'tempo', joints: [] });
    expect(cue).not.toHaveProperty('poseId');
  });

  it('says once what begins, and again only after ten seconds while it holds', () => {
    expect(told(withRules(rule('knee')), { to: 25, readings: bent })).toEqual([
      '0.00 knee',
      '10.00 knee',
      '20.00 knee',
    ]);
  });

  it('says nothing again within the cool-down that ends and begins anew', () => {
    const flapping = (second: number) => [readingAt(second, Math.floor(second) % 2 === 0 ? 120 : 80)];
    expect(told(withRules(rule('knee')), { to: 20, readings: flapping })).toEqual([
      '0.00 knee',
      '10.00 knee',
    ]);
  });

  it('leaves three seconds between any two cues to one person', () => {
    const rules = ['a', 'b', 'c'].map((id) => rule(id));
    expect(told(withRules(...rules), { to: 12, readings: bent })).toEqual([
      '0.00 a',
      '3.00 b',
      '6.00 c',
      '10.00 a',
    ]);
  });

  it('lets a warning go before a hint, and a hint before praise', () => {
    const feedback = withRules(
      rule('praise', { cue: praise }),
      rule('hint', { cue: hint }),
      rule('warning', { cue: warning }),
    );
    expect(told(feedback, { to: 9, readings: bent })).toEqual(['0.00 warning', '3.00 hint', '6.00 praise']);
  });

  it('says of equals what was not said for longest', () => {
    const feedback = new Feedback({ coolDown: 1, gap: 3 });
    feedback.setRules([rule('a'), rule('b'), rule('c')]);
    expect(told(feedback, { to: 18, readings: bent })).toEqual([
      '0.00 a',
      '3.00 b',
      '6.00 c',
      '9.00 a',
      '12.00 b',
      '15.00 c',
    ]);
  });

  it('gives every source its turn: one with hundreds of rules talks no other out', () => {
    const loud = Array.from({ length: 500 }, (_, index) =>
      rule(`loud ${index}`, { source: 'loud', cue: warning }),
    );
    const feedback = withRules(...loud, rule('quiet', { source: 'quiet', cue: warning }));
    const said = told(feedback, { to: 60, rate: 10, readings: bent });
    // Twenty can be said in a minute; the quiet one may repeat itself after ten seconds, so with every fourth.
    expect(said).toHaveLength(20);
    expect(said.filter((cue) => cue.endsWith('quiet'))).toEqual([
      '3.00 quiet',
      '15.00 quiet',
      '27.00 quiet',
      '39.00 quiet',
      '51.00 quiet',
    ]);
  });

  it('gives sources their turns with each person alone', () => {
    const rules = ['a1', 'a2', 'b1'].map((id) => rule(id, { source: id.charAt(0) }));
    const both = (second: number) => [
      readingAt(second, 120),
      ...(second >= 4 ? [readingAt(second, 120, { poseId: 1 })] : []),
    ];
    expect(told(withRules(...rules), { to: 8, people: () => [0, 1], readings: both })).toEqual([
      '0.00 a1',
      '3.00 b1',
      '4.00 a1 > 1',
      '6.00 a2',
      '7.00 b1 > 1',
    ]);
  });

  it('gives sources their turns where one speaks to everybody and to each', () => {
    const loud = (metric: string) =>
      Array.from({ length: 50 }, (_, index) => rule(`${metric} ${index}`, { source: 'loud', metric }));
    const feedback = withRules(
      ...loud('test.tempo'),
      ...loud('test.knee'),
      rule('quiet', { source: 'quiet' }),
    );
    const { poseId: _, ...tempo } = readingAt(0, 120, { metric: 'test.tempo' });
    const readings = (second: number) => [{ ...tempo, timestamp: second * 1000 }, readingAt(second, 120)];
    const said = told(feedback, { to: 60, rate: 10, readings });
    expect(said.filter((cue) => cue.endsWith('quiet')).length).toBeGreaterThanOrEqual(4);
    expect(said.filter((cue) => cue.endsWith('> all')).length).toBeGreaterThanOrEqual(4);
  });

  it('does not say what has ended while it had to wait', () => {
    const feedback = withRules(rule('a', { cue: warning }), rule('b'));
    const briefly = (second: number) => [readingAt(second, second < 2 ? 120 : 80)];
    expect(told(feedback, { to: 8, readings: briefly })).toEqual(['0.00 a']);
  });

  it('keeps people apart: each has conditions, cool-down and gap of their own', () => {
    const feedback = withRules(rule('a'), rule('b'));
    const both = (second: number) => [
      readingAt(second, 120),
      ...(second >= 1 ? [readingAt(second, 120, { poseId: 1 })] : []),
    ];
    expect(told(feedback, { to: 5, people: () => [0, 1], readings: both })).toEqual([
      '0.00 a',
      '1.00 a > 1',
      '3.00 b',
      '4.00 b > 1',
    ]);
  });

  it('counts what is said to everybody as said to each, and waits with it for each', () => {
    const feedback = withRules(rule('tempo', { metric: 'test.tempo' }), rule('knee'));
    const { poseId: _, ...tempo } = readingAt(0, 120, { metric: 'test.tempo' });
    const readings = (second: number) => [
      ...(second >= 2 ? [{ ...tempo, timestamp: second * 1000 }] : []),
      readingAt(second, second < 4 ? 80 : 120),
      readingAt(second, second < 1 ? 80 : 120, { poseId: 1 }),
    ];
    expect(told(feedback, { to: 10, people: () => [0, 1], readings })).toEqual([
      '1.00 knee > 1',
      // Person 1 was spoken to at 1; person 0 is spoken to at 4 first, as everybody.
      '4.00 tempo > all',
      '7.00 knee',
    ]);
  });

  it.each([24, 30, 60])('gives at %d frames per second what arithmetic says', (rate) => {
    // A knee that swings between 60° and 140° in eight seconds: 100 + 40 sin(2πt/8).
    const knee = (second: number) => 100 + 40 * Math.sin((2 * Math.PI * second) / 8);
    const feedback = withRules(
      // Above 120 from 0.67 (sin 30°), not below 110 until 3.68 (180° − 14.5°), and so every eight seconds.
      rule('high', { when: { above: 120, until: 110 }, cue: warning }),
      // Below 80 from 4.67 (210°), for half a second at 5.17, until 90 at 7.68 (360° − 14.5°).
      rule('low', { when: { below: 80, until: 90 }, for: 0.5, cue: hint }),
    );
    const said = told(feedback, { rate, to: 40, readings: (second) => [readingAt(second, knee(second))] });
    const expected: [second: number, id: string][] = [
      [2 / 3, 'high'],
      [14 / 3 + 0.5, 'low'],
      // While it holds again, from 8.67 to 11.68, the ten seconds are over.
      [2 / 3 + 10, 'high'],
      [14 / 3 + 0.5 + 10, 'low'],
      // Not at 16.67 to 19.68, nor 21.17 to 23.68: within ten seconds. So it is at the next beginning.
      [2 / 3 + 24, 'high'],
      [14 / 3 + 0.5 + 24, 'low'],
      [2 / 3 + 34, 'high'],
      [14 / 3 + 0.5 + 34, 'low'],
    ];
    expect(said.map((each) => each.split(' ')[1])).toEqual(expected.map(([, id]) => id));
    for (const [index, [second]] of expected.entries()) {
      // No sooner than it is so, and with the next frame, to the hundredths that are written.
      const late = Number.parseFloat(said[index] as string) - second;
      expect(late, said[index]).toBeGreaterThan(-0.01);
      expect(late, said[index]).toBeLessThan(1 / rate + 0.01);
    }
  });

  it('says the same, cue for cue, whenever a recording is played', () => {
    const scene = {
      to: 60,
      people: (second: number) => (second % 7 < 5 ? [0, 1] : [0]),
      readings: (second: number) =>
        [0, 1].map((poseId) => readingAt(second, 100 + 40 * Math.sin(second * (1 + poseId)), { poseId })),
      proposals: (second: number) => (second % 4 < 1 ? [propose('code')] : []),
    };
    const rules = [rule('a', { for: 0.5 }), rule('b', { when: { below: 70, until: 80 }, cue: warning })];
    const once = told(withRules(...rules), scene);
    expect(once.length).toBeGreaterThan(10);
    expect(told(withRules(...rules), scene)).toEqual(once);
    const feedback = withRules(...rules);
    expect(told(feedback, scene)).toEqual(once);
    expect(told(feedback, scene), 'time goes back: played again').toEqual(once);
  });

  describe('with people who come and go', () => {
    it('forgets who has been away for more than half a second', () => {
      const away = (length: number) => (second: number) => (second >= 1 && second < 1 + length ? [] : [0]);
      const feedback = () => withRules(rule('knee', { for: 2 }));
      // Read at 0 only: it is the person who is remembered, or not.
      const once = (second: number) => (second === 0 ? bent(0) : []);
      expect(told(feedback(), { to: 4, people: away(0.4), readings: once })).toEqual(['2.00 knee']);
      expect(told(feedback(), { to: 4, people: away(0.6), readings: once })).toEqual([]);
    });

    it('does not say again within the cool-down what was said before somebody was away', () => {
      const people = (second: number) => (second >= 2 && second < 4 ? [] : [0]);
      expect(told(withRules(rule('knee')), { to: 12, people, readings: bent })).toEqual([
        '0.00 knee',
        '10.00 knee',
      ]);
    });

    it('ignores what is read of, or proposed to, people who are not there', () => {
      const scene = {
        to: 1,
        readings: (second: number) => [readingAt(second, 120, { poseId: 5 })],
        proposals: () => [propose('code', { poseId: 5 })],
      };
      expect(told(withRules(rule('knee')), scene)).toEqual([]);
    });

    it('takes no more memory after an hour of them than after a minute', { timeout: 60_000 }, () => {
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      const heap = () => {
        collect();
        return process.memoryUsage().heapUsed;
      };
      const feedback = withRules(rule('a'), rule('b', { when: { below: 200 } }));
      const people = (second: number) => [Math.floor(second), Math.floor(second) + 1];
      const play = (from: number, to: number) =>
        told(feedback, {
          rate: 10,
          from,
          to,
          people,
          readings: (second) => people(second).map((poseId) => readingAt(second, 120, { poseId })),
          // Another name for every person, as no declared rule could have.
          proposals: (second) =>
            [...people(second), undefined].map((poseId) => {
              const { poseId: _, ...everybody } = propose(`code ${Math.floor(second)}`);
              return poseId === undefined ? everybody : { ...everybody, poseId };
            }),
        }).length;
      play(0, 60);
      const before = heap();
      let said = 0;
      for (let minute = 1; minute < 60; minute += 1) said += play(minute * 60, minute * 60 + 60);
      expect(said).toBeGreaterThan(3000);
      // 3,540 people, three rules for each: a forgotten entry of a hundred bytes would be a megabyte.
      expect(heap() - before).toBeLessThan(300_000);
    });
  });

  describe('with rules in code', () => {
    it('says a proposal as the rule that made it, and again only after the cool-down', () => {
      const feedback = new Feedback();
      const [cue] = feedback.step(
        frameAt(0),
        [],
        [propose('code', { ...warning, joints: ['nose'], source: 'other' })],
      );
      expect(cue).toEqual({
        ...warning,
        id: 'code',
        timestamp: 0,
        joints: ['nose'],
        poseId: 0,
        source: 'other',
      });
      expect(told(new Feedback(), { to: 21, proposals: () => [propose('code')] })).toEqual([
        '0.00 code',
        '10.00 code',
        '20.00 code',
      ]);
    });

    it('weighs proposals and rules as data alike', () => {
      const feedback = withRules(rule('data'));
      const proposals = () => [propose('code', praise), propose('urgent', warning)];
      expect(told(feedback, { to: 9, readings: bent, proposals })).toEqual([
        '0.00 urgent',
        '3.00 data',
        '6.00 code',
      ]);
    });

    it('keeps a proposal for half a second, so that it can wait for its turn', () => {
      const proposals = (start: number) => (second: number) => [
        ...(second === 0 ? [propose('first')] : []),
        ...(Math.abs(second - start) < 0.01 ? [propose('second')] : []),
      ];
      expect(told(new Feedback(), { to: 5, proposals: proposals(2.6) })).toEqual([
        '0.00 first',
        '3.00 second',
      ]);
      expect(told(new Feedback(), { to: 5, proposals: proposals(2.4) })).toEqual(['0.00 first']);
    });

    it('keeps apart rules of the same name of two sources', () => {
      const proposals = () => [propose('code'), propose('code', { source: 'other' })];
      expect(told(new Feedback(), { to: 4, proposals })).toEqual(['0.00 code', '3.00 code']);
    });
  });

  describe('at a new epoch', () => {
    it('ends all conditions', () => {
      const epoch = (second: number) => (second < 1 ? 1 : 2);
      expect(told(withRules(rule('knee', { for: 1.5 })), { to: 4, epoch, readings: bent })).toEqual([
        '2.50 knee',
      ]);
      const once = (second: number) => (second === 0 ? bent(0) : []);
      expect(told(withRules(rule('knee', { for: 1.5 })), { to: 4, epoch, readings: once })).toEqual([]);
    });

    it('remembers what was said while time goes on: a camera that stutters does not make it repeat itself', () => {
      const epoch = (second: number) => Math.floor(second);
      expect(told(withRules(rule('knee')), { to: 15, epoch, readings: bent })).toEqual([
        '0.00 knee',
        '10.00 knee',
      ]);
    });

    it.each([
      ['in a new epoch', 2],
      ['in the same', 1],
    ])('forgets what was said when time has gone back %s', (_, epoch) => {
      const feedback = withRules(rule('knee'));
      expect(told(feedback, { from: 5, to: 6, readings: bent })).toEqual(['5.00 knee']);
      expect(told(feedback, { from: 1, to: 2, readings: bent, epoch: () => epoch })).toEqual(['1.00 knee']);
    });
  });

  it('forgets everything but its rules when it is reset', () => {
    const feedback = withRules(rule('knee', { for: 1 }));
    expect(told(feedback, { to: 2, readings: bent })).toEqual(['1.00 knee']);
    feedback.reset();
    expect(told(feedback, { from: 2, to: 4, readings: bent })).toEqual(['3.00 knee']);
  });

  describe('setRules', () => {
    it('keeps the state of rules that stay, and takes their new words', () => {
      const feedback = withRules(rule('knee', { for: 2 }), rule('other', { when: { above: 500 } }));
      expect(told(feedback, { to: 1, readings: bent })).toEqual([]);
      feedback.setRules([rule('knee', { for: 2, cue: { ...hint, message: 'Deeper.' } })]);
      expect(feedback.step(frameAt(2), bent(2))).toMatchObject([{ timestamp: 2000, message: 'Deeper.' }]);
      feedback.setRules([rule('new', { when: { above: 500 } }), rule('knee', { for: 2 })]);
      expect(told(feedback, { from: 2, to: 13, readings: bent })).toEqual(['12.00 knee']);
    });

    it('begins anew with a rule that asks something else', () => {
      const feedback = withRules(rule('knee', { for: 2 }));
      expect(told(feedback, { to: 1, readings: bent })).toEqual([]);
      feedback.setRules([rule('knee', { for: 2, when: { above: 110 } })]);
      expect(told(feedback, { from: 1, to: 5, readings: bent })).toEqual(['3.00 knee']);
    });

    it('says nothing more of rules that are gone', () => {
      const feedback = withRules(rule('knee', { for: 2 }));
      expect(told(feedback, { to: 1, readings: bent })).toEqual([]);
      feedback.setRules([]);
      expect(told(feedback, { from: 1, to: 5, readings: bent })).toEqual([]);
    });
  });

  it.each([{ coolDown: -1 }, { gap: -1 }, { coolDown: Number.NaN }])('refuses %o', (options) => {
    expect(() => new Feedback(options)).toThrowError(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });
});
