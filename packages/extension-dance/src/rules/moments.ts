import type { CueWording, Reading } from '@pose-coach/core/extension';
import type { Judge, PersonRule } from './person-rule.ts';
import { isSure, type SureReading } from './second-means.ts';

/** Milliseconds of media time for which something that happened is news. */
const NEWS = 1500;

/** Centimetres: most people who jump for joy stay below. */
const BIG_JUMP = 25;

/** Centimetres of uncertainty up to which a height is said as it is; beyond, it is rounded to five. */
const EXACT = 2.5;

/** Percent of likeness from which a sequence counts as repeated well. */
const WELL_REPEATED = 85;

/** "Big jump: 32 cm." */
export const bigJump: PersonRule = {
  id: 'dance.big-jump',
  metrics: ['dance.jump'],
  judge: () =>
    news((reading) => {
      const { value, uncertainty = 0 } = reading;
      if (value - uncertainty < BIG_JUMP) return undefined;
      const height = uncertainty <= EXACT ? `${Math.round(value)}` : `about ${5 * Math.round(value / 5)}`;
      return { severity: 'praise', message: `Big jump: ${height} cm.` };
    }),
};

/** "That sequence again, 91 % alike." */
export const repeatedSequence: PersonRule = {
  id: 'dance.repeated-sequence',
  metrics: ['dance.patterns'],
  judge: () =>
    news(({ value, uncertainty = 0 }) =>
      value - uncertainty < WELL_REPEATED
        ? undefined
        : { severity: 'praise', message: `That sequence again, ${Math.round(value)} % alike.` },
    ),
};

/** Judges what happens, while it is news. */
function news(worth: (reading: SureReading) => CueWording | undefined): Judge {
  let newest: Reading | undefined;
  let wording: CueWording | undefined;
  return {
    hear(reading) {
      if (!isSure(reading)) return;
      const found = worth(reading);
      if (found === undefined) return;
      newest = reading;
      wording = found;
    },
    verdict: (now) => (newest !== undefined && now - newest.timestamp <= NEWS ? wording : undefined),
  };
}
