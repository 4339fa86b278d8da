import type { BodyPart } from '@pose-coach/core';
import type { MetricDeclaration } from '@pose-coach/core/extension';

/** What parts are called in titles and reasons. */
export const PART_TITLES: Readonly<Record<BodyPart, string>> = {
  head: 'Head',
  torso: 'Torso',
  leftArm: 'Left arm',
  rightArm: 'Right arm',
  leftLeg: 'Left leg',
  rightLeg: 'Right leg',
};

const RANGE = [0, 100] as const;
const EITHER_SIDE = [-100, 100] as const;

/** What the numbers of a bar with one for each part are called, by their places. */
export const PART_LABELS: Readonly<Record<string, string>> = /* @__PURE__ */ Object.fromEntries(
  Object.values(PART_TITLES).map((title, place) => [`${place}`, title]),
);

/** `dance.activity` and what belongs to it. */
export const ACTIVITY_METRICS: readonly MetricDeclaration[] = [
  {
    id: 'dance.activity',
    title: 'Activity of the body parts',
    kind: 'bar',
    range: RANGE,
    labels: PART_LABELS,
    description:
      'How much head, torso, left arm, right arm, left leg and right leg work over the last two seconds, per kilogram of each, on the scale of the intensity. Limbs and head are measured against the trunk.',
  },
  ...(Object.entries(PART_TITLES) as [BodyPart, string][]).map(
    ([part, title]): MetricDeclaration => ({
      id: `dance.activity.${part}`,
      title: `Activity: ${title.toLowerCase()}`,
      kind: 'gauge',
      range: RANGE,
    }),
  ),
  asymmetry('arms', 'Arms'),
  asymmetry('legs', 'Legs'),
];

function asymmetry(limbs: string, title: string): MetricDeclaration {
  return {
    id: `dance.asymmetry.${limbs}`,
    title: `${title}: right against left`,
    kind: 'gauge',
    range: EITHER_SIDE,
    unit: '%',
    description: `Work of the right minus work of the left, of both together: 0 when both do the same, 33 when the left does half of what the right does, negative when the left does more.`,
  };
}
