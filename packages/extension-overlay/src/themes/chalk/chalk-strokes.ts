import type { OverlayCanvas } from '@pose-coach/core/extension';
import { scatter } from '../../motion/scatter.ts';

/** How a hand draws at the moment. */
export interface HandDrawing {
  readonly seed: number;
  /** Which drawing of the same figure this is: a new number, a new wobble. */
  readonly turn: number;
  /** How much lines go astray, 0 to 2; 1 is a quick sketch. */
  readonly wobble: number;
}

/** Bristles that make up one stroke: their edges together are as rough as chalk's. */
const BRISTLES = 4;
/** Points of a loop drawn by hand, and how far it is drawn beyond its beginning, in rounds. */
const LOOP_POINTS = 22;
const LOOP_OVERLAP = 0.14;

/** A number in [−1, 1). */
function astray({ seed, turn, wobble }: HandDrawing, place: number): number {
  return (2 * scatter(seed, place, turn) - 1) * wobble;
}

/** A line drawn by hand in the canvas's stroke style: overshooting a little, bent a little, rough at its edges. */
export function chalkLine(
  canvas: OverlayCanvas,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  width: number,
  hand: HandDrawing,
  place: number,
): void {
  const length = Math.hypot(toX - fromX, toY - fromY);
  if (length < 0.5) return;
  canvas.save();
  // Along the line, so that the grain goes with the limb and not with the screen.
  canvas.translate(fromX, fromY);
  canvas.rotate(Math.atan2(toY - fromY, toX - fromX));
  canvas.lineWidth = (width * 1.5) / BRISTLES;
  canvas.beginPath();
  const bend = astray(hand, place * 31) * Math.min(width * 0.9, length * 0.05);
  for (let bristle = 0; bristle < BRISTLES; bristle += 1) {
    const own = place * 31 + bristle * 5;
    const across = ((bristle + 0.5) / BRISTLES - 0.5) * width;
    const over = width * 0.35 * (1 + astray(hand, own + 1));
    canvas.moveTo(-over, across + astray(hand, own + 2) * width * 0.3);
    canvas.quadraticCurveTo(
      length / 2,
      across + 2 * bend + astray(hand, own + 3) * width * 0.35,
      length + over,
      across + astray(hand, own + 4) * width * 0.3,
    );
  }
  canvas.stroke();
  canvas.restore();
}

/** A circle drawn by hand, that does not quite meet itself. */
export function chalkLoop(
  canvas: OverlayCanvas,
  x: number,
  y: number,
  radius: number,
  width: number,
  hand: HandDrawing,
  place: number,
): void {
  canvas.save();
  canvas.translate(x, y);
  canvas.lineWidth = width;
  const start = 2 * Math.PI * scatter(hand.seed, place, hand.turn);
  const squeeze = 1 + 0.06 * astray(hand, place + 1);
  canvas.beginPath();
  for (let point = 0; point <= LOOP_POINTS; point += 1) {
    const round = (point / LOOP_POINTS) * (1 + LOOP_OVERLAP);
    const angle = start + 2 * Math.PI * round;
    const drift = 1 + (round - 0.5) * 0.09 * hand.wobble + 0.02 * astray(hand, place * 53 + point);
    canvas.lineTo(Math.cos(angle) * radius * drift * squeeze, (Math.sin(angle) * radius * drift) / squeeze);
  }
  canvas.stroke();
  canvas.restore();
}
