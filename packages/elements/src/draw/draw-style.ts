/** Colours and sizes of a drawn skeleton. Lengths are in the context's units; colours anything CSS understands. */
export interface DrawStyle {
  /** The person's own left arm and leg. */
  readonly left: string;
  /** The person's own right arm and leg. */
  readonly right: string;
  /** Head, shoulder line and hips. */
  readonly middle: string;
  readonly leftHand: string;
  readonly rightHand: string;
  /** A rim around everything, so that it can be seen on any picture; `undefined` draws none. */
  readonly outline: string | undefined;
  /** Width of a body bone. People who are small in the view get thinner ones, so that they stay readable. */
  readonly lineWidth: number;
  /** Joints seen less surely than this are not drawn; from `solidFrom` on they are solid, faded in between. */
  readonly hiddenBelow: number;
  readonly solidFrom: number;
}

/**
 * Left and right differ in hue and in lightness, so that they can be told apart without seeing colour; hands have
 * hues of their own. The visibility limits are where BlazePose's guesses (hidden limbs: mostly under 0.3) end and
 * its sightings (mostly over 0.7) begin.
 */
export const DEFAULT_STYLE: DrawStyle = {
  left: '#38bdf8',
  right: '#fb923c',
  middle: '#f1f5f9',
  leftHand: '#a78bfa',
  rightHand: '#fde047',
  outline: 'rgba(2, 6, 23, 0.55)',
  lineWidth: 4,
  hiddenBelow: 0.1,
  solidFrom: 0.6,
};

/** What `drawStyle` takes: any part of a style, and `color` for all of the skeleton at once. */
export interface DrawStyleOptions extends Partial<DrawStyle> {
  readonly color?: string | undefined;
}

/** A whole style from a part of one: `drawStyle({ color: 'white', lineWidth: 6 })`. A side's own colour beats `color`. */
export function drawStyle(options: DrawStyleOptions = {}): DrawStyle {
  const { color, ...own } = options;
  const one =
    color === undefined
      ? undefined
      : { left: color, right: color, middle: color, leftHand: color, rightHand: color };
  return { ...DEFAULT_STYLE, ...one, ...own };
}
