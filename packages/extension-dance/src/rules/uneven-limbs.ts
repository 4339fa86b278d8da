import type { BodyLandmark } from '@pose-coach/core/extension';
import type { Judge, PersonRule } from './person-rule.ts';
import { SecondMeans } from './second-means.ts';

/** Seconds over which work is compared: a phrase of sixteen beats at 96 BPM, in which sides usually take turns. */
const SPAN = 10;
/** Seconds of these in which the asymmetry must be known. */
const KNOWN = 7;

/** Up to which share of the other's work a limb is said to do how much: from the least to half. */
const SHARES: readonly { readonly most: number; readonly words: string }[] = [
  { most: 0.15, words: 'hardly works beside' },
  { most: 0.4, words: 'does a third of the work of' },
  // One half, and as much above it as below it is from a third.
  { most: 0.6, words: 'does half the work of' },
];

/** In percent: the asymmetry at which the weaker limb does 0.6 of the other's work, (1 − 0.6) ÷ (1 + 0.6). */
const UNEVEN = 25;

interface Limbs {
  readonly id: string;
  readonly metric: string;
  readonly limb: string;
  readonly joints: Readonly<Record<'left' | 'right', readonly BodyLandmark[]>>;
}

const ARMS: Limbs = {
  id: 'dance.uneven-arms',
  metric: 'dance.asymmetry.arms',
  limb: 'arm',
  joints: { left: ['leftElbow', 'leftWrist'], right: ['rightElbow', 'rightWrist'] },
};

const LEGS: Limbs = {
  id: 'dance.uneven-legs',
  metric: 'dance.asymmetry.legs',
  limb: 'leg',
  joints: { left: ['leftKnee', 'leftAnkle'], right: ['rightKnee', 'rightAnkle'] },
};

/** "Your left arm does half the work of the right.", once that has been so for a phrase. */
export const unevenArms: PersonRule = { id: ARMS.id, metrics: [ARMS.metric], judge: () => judge(ARMS) };

/** "Your right leg does a third of the work of the left." */
export const unevenLegs: PersonRule = { id: LEGS.id, metrics: [LEGS.metric], judge: () => judge(LEGS) };

function judge({ limb, joints }: Limbs): Judge {
  const asymmetry = new SecondMeans(SPAN);
  return {
    hear: (reading) => asymmetry.add(reading),
    verdict(now) {
      const known = asymmetry.mean(now, SPAN);
      if (!known || known.seconds < KNOWN) return undefined;
      if (Math.abs(known.mean) - known.uncertainty < UNEVEN) return undefined;
      // Positive: the right works more.
      const [weaker, stronger] = known.mean > 0 ? (['left', 'right'] as const) : (['right', 'left'] as const);
      const share = (100 - Math.abs(known.mean)) / (100 + Math.abs(known.mean));
      const words = SHARES.find(({ most }) => share <= most)?.words;
      if (words === undefined) return undefined;
      return {
        severity: 'hint',
        message: `Your ${weaker} ${limb} ${words} the ${stronger}.`,
        joints: joints[weaker],
      };
    },
  };
}
