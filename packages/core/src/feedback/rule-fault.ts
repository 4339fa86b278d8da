import type { ConditionRule } from './condition.ts';

/**
 * What is wrong with the numbers of a rule as data, which no type tells; undefined when nothing is. A rule with a
 * fault is still safe to run: it may say nothing, or say it too often.
 */
export function ruleFault({ when, for: duration = 0, confidence = 0 }: ConditionRule): string | undefined {
  if (!(duration >= 0 && duration < Infinity)) return 'for must be 0 or a number of seconds above';
  if (!(confidence >= 0 && confidence <= 1)) return 'confidence must lie between 0 and 1';
  if ('equals' in when) return undefined;
  const [word, bound] = 'above' in when ? ['above', when.above] : ['below', when.below];
  if (!Number.isFinite(bound)) return `${word} must be a finite number`;
  if (when.until === undefined) return undefined;
  if (!Number.isFinite(when.until)) return 'until must be a finite number';
  if ('above' in when && when.until > when.above)
    return 'until must not lie over above: it would end at once';
  if ('below' in when && when.until < when.below)
    return 'until must not lie under below: it would end at once';
  return undefined;
}
