import type { Side } from './bones.ts';

/** How many landmarks a body and a hand have. */
export const BODY_LANDMARK_COUNT = 33;
export const HAND_LANDMARK_COUNT = 21;

/** One person where they are painted, in stage pixels. Kept and written over from moment to moment. */
export interface Figure {
  readonly id: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** In [0, 1], by how surely each joint is seen; 0: not painted. */
  readonly opacity: Float32Array;
  /** 1 where a cue points. */
  readonly highlighted: Uint8Array;
  readonly head: { x: number; y: number; radius: number; opacity: number };
  readonly hands: { readonly left: HandFigure; readonly right: HandFigure };
  /** What the person would measure standing upright, in stage pixels: steady, so that nothing swells with a squat. */
  height: number;
  /** Whether `height` is known already. */
  measured: boolean;
  /** Whether they are there at this moment. */
  present: boolean;
}

export interface HandFigure {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** 0: not found, or too long ago. */
  opacity: number;
}

export function newFigure(id: number): Figure {
  return {
    id,
    x: new Float32Array(BODY_LANDMARK_COUNT),
    y: new Float32Array(BODY_LANDMARK_COUNT),
    opacity: new Float32Array(BODY_LANDMARK_COUNT),
    highlighted: new Uint8Array(BODY_LANDMARK_COUNT),
    head: { x: 0, y: 0, radius: 0, opacity: 0 },
    hands: { left: newHand(), right: newHand() },
    height: 0,
    measured: false,
    present: false,
  };
}

function newHand(): HandFigure {
  return {
    x: new Float32Array(HAND_LANDMARK_COUNT),
    y: new Float32Array(HAND_LANDMARK_COUNT),
    opacity: 0,
  };
}

/** Where a joint is; NaN for one that no body has. */
export function jointX(figure: Figure, joint: number): number {
  return figure.x[joint] ?? Number.NaN;
}

export function jointY(figure: Figure, joint: number): number {
  return figure.y[joint] ?? Number.NaN;
}

export function jointOpacity(figure: Figure, joint: number): number {
  return figure.opacity[joint] ?? 0;
}

/** The hand of a side, when it is painted whole. */
export function wholeHand(figure: Figure, side: Side): HandFigure | undefined {
  if (side === 'middle') return undefined;
  const hand = figure.hands[side];
  return hand.opacity > 0 ? hand : undefined;
}
