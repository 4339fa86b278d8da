import type { MetricDeclaration } from '@pose-coach/core';
import { ACTIVITY_METRICS } from './activity/index.ts';
import { INTENSITY_METRICS } from './intensity/index.ts';
import { MOVEMENT_METRICS } from './movement/index.ts';
import { ON_BEAT_METRICS } from './on-beat/index.ts';
import { PATTERNS_METRICS } from './patterns/index.ts';
import { RHYTHM_METRICS } from './rhythm/index.ts';
import { SMOOTHNESS_METRICS } from './smoothness/index.ts';

/** All that the dance analysis reads, as the manifest declares it. */
export const DANCE_METRICS: readonly MetricDeclaration[] = [
  ...MOVEMENT_METRICS,
  ...INTENSITY_METRICS,
  ...ACTIVITY_METRICS,
  ...RHYTHM_METRICS,
  ...ON_BEAT_METRICS,
  ...SMOOTHNESS_METRICS,
  ...PATTERNS_METRICS,
];
