import { html, svg, type TemplateResult } from 'lit';
import type { FramedPart, PartState } from './framing.ts';

/** Where the parts stand in the drawing, the person's left on its left as in a mirror. */
const PLACES: Readonly<Record<FramedPart, readonly [x: number, y: number]>> = {
  head: [60, 18],
  leftShoulder: [42, 44],
  rightShoulder: [78, 44],
  leftElbow: [28, 70],
  rightElbow: [92, 70],
  leftHand: [20, 96],
  rightHand: [100, 96],
  leftHip: [49, 96],
  rightHip: [71, 96],
  leftKnee: [46, 132],
  rightKnee: [74, 132],
  leftFoot: [42, 168],
  rightFoot: [78, 168],
};

const LIMBS: readonly (readonly [FramedPart, FramedPart])[] = [
  ['leftShoulder', 'rightShoulder'],
  ['leftShoulder', 'leftElbow'],
  ['leftElbow', 'leftHand'],
  ['rightShoulder', 'rightElbow'],
  ['rightElbow', 'rightHand'],
  ['leftShoulder', 'leftHip'],
  ['rightShoulder', 'rightHip'],
  ['leftHip', 'rightHip'],
  ['leftHip', 'leftKnee'],
  ['leftKnee', 'leftFoot'],
  ['rightHip', 'rightKnee'],
  ['rightKnee', 'rightFoot'],
];

/**
 * A body with the parts marked that the camera does not see. What it shows is said beside it in words.
 * @param mirrored whether left and right are as in a mirror, or as the camera sees them
 */
export function bodyPicture(
  parts: Readonly<Record<FramedPart, PartState>>,
  mirrored: boolean,
): TemplateResult {
  const place = (part: FramedPart): readonly [number, number] => {
    const [x, y] = PLACES[part];
    return [mirrored ? x : 120 - x, y];
  };
  return html`<svg class="body" viewBox="0 0 120 184" aria-hidden="true">
    ${LIMBS.map(([from, to]) => {
      const [x1, y1] = place(from);
      const [x2, y2] = place(to);
      const lit = parts[from] === 'seen' && parts[to] === 'seen' ? 'seen' : 'unknown';
      return svg`<line class=${lit} x1=${x1} y1=${y1} x2=${x2} y2=${y2} />`;
    })}
    ${(Object.keys(PLACES) as FramedPart[]).map((part) => {
      const [x, y] = place(part);
      const radius = part === 'head' ? 13 : 5;
      const missing = parts[part] === 'cut' || parts[part] === 'hidden';
      return svg`<circle class=${parts[part]} data-part=${part} cx=${x} cy=${y} r=${radius} />${
        missing ? svg`<path class="cross" d=${`M${x - 4} ${y - 4}l8 8M${x + 4} ${y - 4}l-8 8`} />` : svg``
      }`;
    })}
  </svg>`;
}
