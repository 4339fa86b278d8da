import type { Pose } from '@pose-coach/core/extension';
import type { PersonRule } from './person-rule.ts';

/** Ankles and knees, as `BODY_LANDMARKS` of `@pose-coach/core` numbers them. */
const LEGS = [25, 26, 27, 28];
/** A joint that is less visible is more likely hidden than seen. */
const SEEN = 0.5;
/** Milliseconds of media time without legs before it is said: nobody who is still walking into place is told. */
const PATIENCE = 5000;

/** "Step back until I can see your feet.": half of what is measured needs the legs. */
export const wholeBody: PersonRule = {
  id: 'dance.step-back',
  metrics: [],
  judge() {
    /** ms of media time since which the legs have not been seen; NaN while they are. */
    let since = Number.NaN;
    return {
      hear() {},
      look(pose, { timestamp }) {
        if (seesLegs(pose)) since = Number.NaN;
        else if (Number.isNaN(since)) since = timestamp;
      },
      verdict: (now) =>
        now - since >= PATIENCE
          ? { severity: 'hint', message: 'Step back until your feet are in the picture.' }
          : undefined,
    };
  },
};

function seesLegs({ landmarks }: Pose): boolean {
  return LEGS.some((index) => {
    const joint = landmarks[index];
    return (
      joint !== undefined &&
      joint.visibility >= SEEN &&
      joint.x >= 0 &&
      joint.x <= 1 &&
      joint.y >= 0 &&
      joint.y <= 1
    );
  });
}
