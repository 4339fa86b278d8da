import type { MetricDeclaration } from '@pose-coach/core/extension';

/** What a person can be seen to do; `unknown` is said by a reading's status and not by a value. */
export const MOVEMENTS = ['standing', 'walking', 'dancing', 'jumping', 'crouching'] as const;

export type Movement = (typeof MOVEMENTS)[number];

/** `dance.movement` and `dance.jump`. */
export const MOVEMENT_METRICS: readonly MetricDeclaration[] = [
  {
    id: 'dance.movement',
    title: 'Movement',
    kind: 'label',
    labels: {
      standing: 'Standing',
      walking: 'Walking',
      dancing: 'Dancing',
      jumping: 'Jumping',
      crouching: 'Crouching',
    },
    description:
      'Jumping: both feet and the hips rise and fall together, freely. Crouching: the hips low over the feet and the knees bent, on the feet. Walking: legs that pass each other at 60 to 165 steps a minute, with travel or on the spot. Standing: next to no movement. Dancing: sustained movement that is none of these.',
  },
  {
    id: 'dance.jump',
    title: 'Jump',
    kind: 'event',
    unit: 'cm',
    decimals: 0,
    description:
      'How high the body rose after the feet left the ground; told half a second after the highest point.',
  },
];
