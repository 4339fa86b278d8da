import type { PersonRule } from './person-rule.ts';
import { SecondMeans } from './second-means.ts';

/** Seconds over which a lead or lag counts as systematic: sixteen beats at 120 BPM. */
const SPAN = 8;
const KNOWN = 5;

/**
 * Milliseconds of lead or lag that are worth a word. People who tap along with a beat are 20 to 80 ms early without
 * noticing (Repp 2005, "Sensorimotor synchronization", Psychonomic Bulletin & Review 12, p. 973); the tolerance of
 * `dance.onBeat` is 70 ms.
 */
const NOTICEABLE = 70;

/**
 * Percent of movement beats within 70 ms of the music, over the span, that it must be at least, with all uncertainty:
 * of sixteen beats, fourteen. At 120 BPM chance gives 28 %.
 */
const WELL = 65;

/** "You are ahead of the beat.", "You are behind the beat." What is not known of the delay is in the uncertainty. */
export const besideTheBeat: readonly PersonRule[] = [
  beside('dance.ahead-of-beat', -1, 'You are ahead of the beat.'),
  beside('dance.behind-beat', 1, 'You are behind the beat.'),
];

/** @param side the sign of the offsets it is about */
function beside(id: string, side: -1 | 1, message: string): PersonRule {
  return {
    id,
    metrics: ['dance.onBeat.offset'],
    judge() {
      const offset = new SecondMeans(SPAN);
      return {
        hear: (reading) => offset.add(reading),
        verdict(now) {
          const known = offset.mean(now, SPAN);
          if (!known || known.seconds < KNOWN || side * known.mean - known.uncertainty < NOTICEABLE) {
            return undefined;
          }
          return { severity: 'hint', message };
        },
      };
    },
  };
}

/** "On the beat: well done." */
export const onTheBeat: PersonRule = {
  id: 'dance.on-the-beat',
  metrics: ['dance.onBeat'],
  judge() {
    const share = new SecondMeans(SPAN);
    return {
      hear: (reading) => share.add(reading),
      verdict(now) {
        const known = share.mean(now, SPAN);
        if (!known || known.seconds < KNOWN || known.mean - known.uncertainty < WELL) return undefined;
        return { severity: 'praise', message: 'On the beat: well done.' };
      },
    };
  },
};
