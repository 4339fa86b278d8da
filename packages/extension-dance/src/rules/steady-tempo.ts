import type { PersonRule } from './person-rule.ts';
import { SecondMeans } from './second-means.ts';

/** Seconds for which a tempo must have been kept to be praised: sixteen beats at 96 BPM. */
const SPAN = 10;
const KNOWN = 8;
/** Of 100: the consistency from which movement beats come as regularly as in a dancer's. */
const STEADY = 80;
/** Percent by which the tempo may vary meanwhile: as much as trained listeners do not notice (Friberg & Sundberg 1995). */
const SAME_TEMPO = 2.5;

/** "You keep the tempo: 120 beats a minute." */
export const steadyTempo: PersonRule = {
  id: 'dance.steady-tempo',
  metrics: ['dance.rhythm', 'dance.rhythm.consistency'],
  judge() {
    const tempo = new SecondMeans(SPAN);
    const consistency = new SecondMeans(SPAN);
    return {
      hear: (reading) => (reading.metric === 'dance.rhythm' ? tempo : consistency).add(reading),
      verdict(now) {
        const beats = tempo.mean(now, SPAN);
        const regular = consistency.mean(now, SPAN);
        if (!beats || !regular || Math.min(beats.seconds, regular.seconds) < KNOWN) return undefined;
        if (regular.mean - regular.uncertainty < STEADY) return undefined;
        if (beats.uncertainty > (SAME_TEMPO / 100) * beats.mean) return undefined;
        return {
          severity: 'praise',
          message: `You keep the tempo: ${Math.round(beats.mean)} beats a minute.`,
        };
      },
    };
  },
};
