import type { OverlayCanvas, OverlayLook } from '@pose-coach/core/extension';
import { scatter } from '../motion/scatter.ts';
import { type Box, inset } from './box.ts';

/** Glow around a panel's edge: width in stage pixels and opacity, from the outside in. */
const GLOW: readonly (readonly [width: number, alpha: number])[] = [
  [11, 0.07],
  [6, 0.14],
];
/** Room that glow and rough edges need within the item, in stage pixels. */
const ROOM: Readonly<Record<OverlayLook['finish'], number>> = { flat: 1, glow: 6, sketch: 4, soft: 5 };
/** Points on each side of a panel that is drawn by hand. */
const ROUGH_POINTS = 5;

/** How far a panel's edge is inside its item, in stage pixels. */
export function panelRoom({ finish }: OverlayLook): number {
  return ROOM[finish];
}

/** Paints what lies behind a widget's text. */
export function paintPanel(canvas: OverlayCanvas, item: Box, look: OverlayLook): void {
  const box = inset(item, ROOM[look.finish]);
  if (box.width <= 0 || box.height <= 0) return;
  canvas.save();
  canvas.lineJoin = 'round';
  canvas.fillStyle = look.surface;
  canvas.strokeStyle = look.edge;
  switch (look.finish) {
    case 'flat':
      rounded(canvas, box, look.radius);
      canvas.fill();
      canvas.clip();
      // The bar at the edge that says whose graphics these are.
      canvas.fillStyle = look.accent;
      canvas.fillRect(box.x, box.y, Math.max(4, Math.min(8, box.height * 0.05)), box.height);
      break;
    case 'glow':
      rounded(canvas, box, look.radius);
      canvas.fill();
      for (const [width, alpha] of GLOW) {
        canvas.globalAlpha = alpha;
        canvas.lineWidth = width;
        canvas.stroke();
      }
      canvas.globalAlpha = 0.95;
      canvas.lineWidth = 2;
      canvas.stroke();
      break;
    case 'sketch':
      rough(canvas, box, 1);
      canvas.fill();
      canvas.lineWidth = 2.5;
      canvas.globalAlpha = 0.85;
      canvas.stroke();
      rough(canvas, box, 2);
      canvas.lineWidth = 1.5;
      canvas.globalAlpha = 0.6;
      canvas.stroke();
      break;
    case 'soft':
      rounded(canvas, item, look.radius);
      canvas.globalAlpha = 0.35;
      canvas.fill();
      rounded(canvas, box, Math.max(0, look.radius - ROOM.soft));
      canvas.globalAlpha = 1;
      canvas.fill();
      break;
  }
  canvas.restore();
}

function rounded(canvas: OverlayCanvas, box: Box, radius: number): void {
  canvas.beginPath();
  canvas.roundRect(box.x, box.y, box.width, box.height, Math.min(radius, box.width / 2, box.height / 2));
}

/** A rectangle as it is drawn by hand: the same each time for the same `turn`. */
function rough(canvas: OverlayCanvas, box: Box, turn: number): void {
  const corners = [
    [box.x, box.y],
    [box.x + box.width, box.y],
    [box.x + box.width, box.y + box.height],
    [box.x, box.y + box.height],
  ] as const;
  canvas.beginPath();
  for (const [index, [x, y]] of corners.entries()) {
    const [nextX, nextY] = corners[(index + 1) % corners.length] ?? [x, y];
    for (let point = 0; point < ROUGH_POINTS; point += 1) {
      const share = point / ROUGH_POINTS;
      const place = index * ROUGH_POINTS + point;
      const strayX = (scatter(7, place, turn) - 0.5) * 5;
      const strayY = (scatter(8, place, turn) - 0.5) * 5;
      canvas.lineTo(x + (nextX - x) * share + strayX, y + (nextY - y) * share + strayY);
    }
  }
  canvas.closePath();
}
