import { changeOfSmoothness } from './change-of-smoothness.ts';
import { bigJump, repeatedSequence } from './moments.ts';
import type { PersonRule } from './person-rule.ts';
import { steadyTempo } from './steady-tempo.ts';
import { unevenArms, unevenLegs } from './uneven-limbs.ts';
import { wholeBody } from './whole-body.ts';
import { besideTheBeat, onTheBeat } from './with-the-music.ts';

export { type PersonRule, personRule } from './person-rule.ts';

/** Everything that is said to dancers, in the manifest's order. */
export const EVERY_RULE: readonly PersonRule[] = [
  wholeBody,
  unevenArms,
  unevenLegs,
  ...besideTheBeat,
  onTheBeat,
  steadyTempo,
  changeOfSmoothness,
  bigJump,
  repeatedSequence,
];
