import { describe, expect, it } from 'vitest';
import { readingAt, rule, type Scene, told } from './coached.test-support.ts';
import { Feedback, type FeedbackOptions, type OwnedRule } from './feedback.ts';

/** What is said by one rule, with no cool-down and no gap: every frame at which its condition holds says it. */
function held(given: Partial<OwnedRule>, scene: Scene, options: FeedbackOptions = {}): string[] {
  const feedback = new Feedback({ coolDown: 0, gap: 0, ...options });
  feedback.setRules([rule('knee', given)]);
  return told(feedback, { rate: 10, ...scene }).map((said) => said.split(' ')[0] as string);
}

/** The values of a list, one every tenth of a second. */
const values = (list: readonly (number | string | boolean | undefined)[]) => (second: number) =>
  Math.round(second * 10) < list.length ? [readingAt(second, list[Math.round(second * 10)])] : [];

describe('the condition of a rule as data', () => {
  it.each([
    ['above', { above: 100 }, ['0.20', '0.30']],
    ['below', { below: 100 }, ['0.00', '0.40']],
  ])('holds %s its bound and not on it', (_, when, expected) => {
    expect(held({ when }, { to: 0.5, readings: values([99, 100, 101, 140, 99.9]) })).toEqual(expected);
  });

  it.each([
    ['above', { above: 100, until: 90 }, [95, 101, 95, 91, 90, 95, 101], ['0.10', '0.20', '0.30', '0.60']],
    [
      'below',
      { below: 100, until: 110 },
      [105, 99, 105, 109, 110, 105, 99],
      ['0.10', '0.20', '0.30', '0.60'],
    ],
    ['above, the wrong way round', { above: 100, until: 110 }, [101, 105, 99], ['0.00', '0.10']],
  ])('goes on until it is passed the other way (%s)', (_, when, list, expected) => {
    expect(held({ when }, { to: list.length / 10, readings: values(list) })).toEqual(expected);
  });

  it('begins and goes on only with the whole of the uncertainty', () => {
    const uncertain = (value: number, uncertainty: number) => (second: number) =>
      second < 0.05 ? [readingAt(second, value, { uncertainty })] : [];
    expect(held({}, { to: 0.1, readings: uncertain(105, 5) })).toEqual([]);
    expect(held({}, { to: 0.1, readings: uncertain(105, 4.9) })).toEqual(['0.00']);
    expect(held({ when: { below: 100 } }, { to: 0.1, readings: uncertain(95, 5) })).toEqual([]);
    expect(held({ when: { below: 100 } }, { to: 0.1, readings: uncertain(95, 4.9) })).toEqual(['0.00']);
  });

  it('compares words and truths with what they must equal, and numbers with neither', () => {
    const list = ['low', 'high', true, false, 1, 'true'];
    expect(held({ when: { equals: 'high' } }, { to: 0.6, readings: values(list) })).toEqual(['0.10']);
    expect(held({ when: { equals: true } }, { to: 0.6, readings: values(list) })).toEqual(['0.20']);
    expect(held({ when: { above: 0 } }, { to: 0.6, readings: values(['1', true, 2, '3']) })).toEqual([
      '0.20',
    ]);
  });

  it('must have held for as long as the rule asks, without a break', () => {
    const list = [101, 101, 101, 99, 101, 101, 101, 101, 101];
    expect(held({ for: 0.3 }, { to: 0.9, readings: values(list) })).toEqual(['0.70', '0.80']);
  });

  it('counts from the reading on that it passed, also if that came late', () => {
    const late = (second: number) => (second > 0.45 && second < 0.55 ? [readingAt(0.2, 101)] : []);
    expect(held({ for: 0.4 }, { to: 0.8, readings: late })).toEqual(['0.60', '0.70']);
  });

  it('stands while nothing new is read, but not for ever', () => {
    const once = (second: number) => (second === 0 ? [readingAt(0, 101)] : []);
    const said = held({}, { to: 20, readings: once });
    expect(said[0]).toBe('0.00');
    expect(said.at(-1)).toBe('10.00');
    expect(said).toHaveLength(101);
  });

  it('holds for half a second when it is about an event', () => {
    const once = (second: number) => (second === 0 ? [readingAt(0, 'jump')] : []);
    const metric = () => ({ id: 'test.knee', title: 'Jump', kind: 'event' as const });
    expect(held({ when: { equals: 'jump' } }, { to: 3, readings: once }, { metric })).toEqual([
      '0.00',
      '0.10',
      '0.20',
      '0.30',
      '0.40',
      '0.50',
    ]);
  });

  it('counts no reading below the confidence that is asked for, and half where none is', () => {
    const sure = (confidence: number) => () => [readingAt(0, 101, { confidence })];
    expect(held({}, { to: 0.1, readings: sure(0.49) })).toEqual([]);
    expect(held({}, { to: 0.1, readings: sure(0.5) })).toEqual(['0.00']);
    expect(held({ confidence: 0.8 }, { to: 0.1, readings: sure(0.79) })).toEqual([]);
    expect(held({ confidence: 0.8 }, { to: 0.1, readings: sure(0.8) })).toEqual(['0.00']);
    expect(held({ confidence: 0 }, { to: 0.1, readings: sure(0) })).toEqual(['0.00']);
  });

  it.each([
    ['unknown', (second: number) => readingAt(second, undefined)],
    ['unsure', (second: number) => readingAt(second, 80, { confidence: 0.2 })],
  ])('is not broken by readings that are %s for half a second, but is not said meanwhile', (_, gap) => {
    const readings = (length: number) => (second: number) =>
      second > 0.25 && second < 0.25 + length ? [gap(second)] : [readingAt(second, 101)];
    // Holds from 0 on; unknown from 0.3 to 0.7; known again, without having ended, at 0.8.
    expect(held({ for: 0.6 }, { to: 1, readings: readings(0.5) })).toEqual(['0.80', '0.90']);
    // Unknown from 0.3 to 0.8: when it is known again, at 0.9, it has ended, and begins anew.
    expect(held({ for: 0.6 }, { to: 1.7, readings: readings(0.6) })).toEqual(['1.50', '1.60']);
  });

  it('ends when readings have stayed unknown and nothing more is read', () => {
    const readings = (second: number) => {
      if (second < 0.15) return [readingAt(second, 101)];
      if (second < 0.25) return [readingAt(second, undefined)];
      return second > 1.95 ? [readingAt(second, 101)] : [];
    };
    expect(held({ for: 0.2 }, { to: 2.4, readings })).toEqual(['2.20', '2.30']);
  });

  it('takes the newest reading by its time, whatever the order in which they come', () => {
    const readings = (second: number) =>
      second === 0 ? [] : [readingAt(second, 101), readingAt(second - 0.05, 20)];
    expect(held({}, { to: 0.3, readings })).toEqual(['0.10', '0.20']);
  });

  it('ignores readings from before the epoch and from after the frame', () => {
    const at = (time: number) => (second: number) => (second === 5 ? [readingAt(time, 101)] : []);
    expect(held({}, { from: 5, to: 5.1, readings: at(4.99) })).toEqual([]);
    expect(held({}, { from: 5, to: 5.1, readings: at(5.01) })).toEqual([]);
    expect(held({}, { from: 5, to: 5.1, readings: at(Number.NaN) })).toEqual([]);
    expect(held({}, { from: 5, to: 5.1, readings: at(5) })).toEqual(['5.00']);
  });

  it('listens to its own metric only', () => {
    const other = (second: number) => [readingAt(second, 101, { metric: 'test.elbow' })];
    expect(held({}, { to: 0.3, readings: other })).toEqual([]);
  });
});
