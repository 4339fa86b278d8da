import type { OverlayCanvas } from '@pose-coach/core/extension';
import { SIDES } from './bones.ts';
import type { Figure } from './figure.ts';
import { strokeHead, strokeLimbs } from './trace.ts';

/** A soft edge in few strokes: width in shade widths, and opacity, from the outside in. */
const SOFT: readonly (readonly [width: number, alpha: number])[] = [
  [1.6, 0.05],
  [1.38, 0.08],
  [1.16, 0.13],
  [0.95, 0.18],
  [0.74, 0.24],
];

/** Darkens what lies beneath a person's lines, so that light ones are seen on a bright picture. */
export function strokeShade(
  canvas: OverlayCanvas,
  figure: Figure,
  color: string,
  width: number,
  strength: number,
): void {
  if (strength <= 0) return;
  canvas.strokeStyle = color;
  for (const [breadth, alpha] of SOFT) {
    for (const side of SIDES) strokeLimbs(canvas, figure, side, width * breadth, alpha * strength);
    strokeHead(canvas, figure, width * breadth, alpha * strength);
  }
}
