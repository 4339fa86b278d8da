import type { MetricDeclaration } from '@pose-coach/core/extension';

/** `dance.patterns`. */
export const PATTERNS_METRICS: readonly MetricDeclaration[] = [
  {
    id: 'dance.patterns',
    title: 'Repeated sequence',
    kind: 'event',
    unit: '%',
    range: [0, 100],
    decimals: 0,
    description:
      'The last four seconds are like four seconds of the last two minutes. 100 % is the same movement of arms, legs and head against the trunk; 0 % is no more alike than chance. Told from 75 % on. Movement that goes on the same, such as walking or bouncing, is not told again and again.',
  },
];
