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
 * Milliseconds by which picture and sound may be apart as long as nobody has measured it: cameras are 50 to 100 ms
 * late and sound systems as much, either way round. What is within it says nothing about the dancer.
 */
const UNMEASURED = 100;

/**
 * Percent of movement beats within 70 ms of the music, over the span, that it must be at least, with all uncertainty:
 * of sixteen beats, fourteen. At 120 BPM chance gives 28 %.
 */
const WELL = 65;

/** Whether the delay between picture and sound has been measured, asked each time. */
export type IsCalibrated = () => boolean;

/** "You are ahead of the beat.", "You are behind the beat." */
export function besideTheBeat(isCalibrated: IsCalibrated): readonly PersonRule[] {
  const doubt = () => NOTICEABLE + (isCalibrated() ? 0 : UNMEASURED);
  return [
    {
      id: 'dance.ahead-of-beat',
      metrics: ['dance.onBeat.offset'],
      judge() {
        const offset = new SecondMeans(SPAN);
        return {
          hear: (reading) => offset.add(reading),
          verdict(now) {
            const known = offset.mean(now, SPAN);
            if (!known || known.seconds < KNOWN || known.mean + known.uncertainty > -doubt())
              return undefined;
            return { severity: 'hint', message: 'You are ahead of the beat.' };
          },
        };
      },
    },
    {
      id: 'dance.behind-beat',
      metrics: ['dance.onBeat.offset'],
      judge() {
        const offset = new SecondMeans(SPAN);
        return {
          hear: (reading) => offset.add(reading),
          verdict(now) {
            const known = offset.mean(now, SPAN);
            if (!known || known.seconds < KNOWN || known.mean - known.uncertainty < doubt()) return undefined;
            return { severity: 'hint', message: 'You are behind the beat.' };
          },
        };
      },
    },
  ];
}

/** "On the beat: well done." No delay that nobody has measured could make it look so. */
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
