import type { PersonRule } from './person-rule.ts';
import { SecondMeans } from './second-means.ts';

/** Seconds that count as now, and as before. */
const NOW = 15;
const BEFORE = 60;
/** Seconds of each in which smoothness must be known. */
const KNOWN_NOW = 10;
const KNOWN_BEFORE = 25;

/** Of 100: a change that shows. */
const CHANGE = 10;

/**
 * Of 100: how much the intensity may differ. Faster and larger movement is less smooth by nature, so that with more
 * of a difference it would be the dance that has changed and not its smoothness.
 */
const SAME_INTENSITY = 12;

/** "Your movement has become smoother.", "… less smooth.": the last quarter of a minute against the minute before. */
export const changeOfSmoothness: PersonRule = {
  id: 'dance.change-of-smoothness',
  metrics: ['dance.smoothness', 'dance.intensity'],
  judge() {
    const smoothness = new SecondMeans(NOW + BEFORE);
    const intensity = new SecondMeans(NOW + BEFORE);
    return {
      hear: (reading) => (reading.metric === 'dance.smoothness' ? smoothness : intensity).add(reading),
      verdict(now) {
        const late = smoothness.mean(now, NOW);
        const early = smoothness.mean(now, NOW + BEFORE, NOW);
        const lateWork = intensity.mean(now, NOW);
        const earlyWork = intensity.mean(now, NOW + BEFORE, NOW);
        if (!late || !early || !lateWork || !earlyWork) return undefined;
        if (late.seconds < KNOWN_NOW || early.seconds < KNOWN_BEFORE) return undefined;
        if (Math.abs(lateWork.mean - earlyWork.mean) > SAME_INTENSITY) return undefined;
        const change = late.mean - early.mean;
        const doubt = Math.hypot(late.uncertainty, early.uncertainty);
        if (Math.abs(change) - doubt < CHANGE) return undefined;
        return change > 0
          ? { severity: 'praise', message: 'Your movement has become smoother.' }
          : { severity: 'hint', message: 'Your movement has become less smooth.' };
      },
    };
  },
};
