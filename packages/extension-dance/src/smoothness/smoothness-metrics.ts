import type { BodyPart } from '@pose-coach/core';
import type { MetricDeclaration } from '@pose-coach/core/extension';
import { PART_LABELS, PART_TITLES } from '../activity/index.ts';

const RANGE = [0, 100] as const;

/** `dance.smoothness` and what belongs to it. */
export const SMOOTHNESS_METRICS: readonly MetricDeclaration[] = [
  {
    id: 'dance.smoothness',
    title: 'Smoothness',
    kind: 'gauge',
    range: RANGE,
    description:
      'How evenly the body moves from one reversal to the next, over the last four seconds: 100 without any hesitation, 50 with a stop in the midst of every movement. From the spectral arc length.',
  },
  {
    id: 'dance.smoothness.parts',
    title: 'Smoothness of the body parts',
    kind: 'bar',
    range: RANGE,
    labels: PART_LABELS,
    description: 'Head, torso, left arm, right arm, left leg, right leg; when all of them move.',
  },
  ...(Object.entries(PART_TITLES) as [BodyPart, string][]).map(
    ([part, title]): MetricDeclaration => ({
      id: `dance.smoothness.${part}`,
      title: `Smoothness: ${title.toLowerCase()}`,
      kind: 'gauge',
      range: RANGE,
    }),
  ),
  {
    id: 'dance.smoothness.sparc',
    title: 'Spectral arc length',
    kind: 'series',
    decimals: 2,
    description: 'Of the whole body: −1.4 for a movement of least jerk, lower when rougher.',
  },
  {
    id: 'dance.smoothness.jerk',
    title: 'Log dimensionless jerk',
    kind: 'series',
    decimals: 1,
    description: 'Of the whole body: −5.3 for a movement of least jerk, lower when rougher.',
  },
];
