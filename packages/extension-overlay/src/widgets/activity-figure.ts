import type { OverlayCanvas, OverlayLook } from '@pose-coach/core/extension';
import type { WidgetFrame } from './widget-frame.ts';

type Line = readonly (readonly [x: number, y: number])[];

/** A part of the figure: lines of a width, on a grid 100 wide and 200 high. */
interface FigurePart {
  readonly width: number;
  readonly line: Line;
}

const GRID = { width: 124, height: 200 };

/**
 * A person with arms held out, seen from the front: head, torso, the limbs on the left of the picture and on its
 * right, in the order of the metric's values when left is left, as in a mirror.
 */
const PARTS: readonly FigurePart[] = [
  {
    width: 30,
    line: [
      [62, 19],
      [62, 19.1],
    ],
  },
  {
    width: 34,
    line: [
      [62, 62],
      [62, 92],
    ],
  },
  {
    width: 15,
    line: [
      [36, 55],
      [20, 82],
      [9, 108],
    ],
  },
  {
    width: 15,
    line: [
      [88, 55],
      [104, 82],
      [115, 108],
    ],
  },
  {
    width: 18,
    line: [
      [52, 120],
      [44, 154],
      [40, 190],
    ],
  },
  {
    width: 18,
    line: [
      [72, 120],
      [80, 154],
      [84, 190],
    ],
  },
];

/** Which drawn part shows which value, where the picture is not a mirror. */
const UNMIRRORED = [0, 1, 3, 2, 5, 4];

/** @param levels in [0, 1], of head, torso, left arm, right arm, left leg, right leg; empty: not known */
export function paintActivityFigure(
  canvas: OverlayCanvas,
  look: OverlayLook,
  { content, align, tint, bare }: WidgetFrame,
  levels: readonly number[],
  mirror: boolean,
): void {
  const scale = Math.min(content.width / GRID.width, content.height / GRID.height);
  if (scale <= 0) return;
  const free = content.width - GRID.width * scale;
  canvas.save();
  canvas.translate(
    content.x + free * { left: 0, center: 0.5, right: 1 }[align === 'left' ? 'center' : align],
    content.y + (content.height - GRID.height * scale) / 2,
  );
  canvas.scale(scale, scale);
  canvas.lineCap = 'round';
  canvas.lineJoin = 'round';
  for (const [index, part] of PARTS.entries()) {
    const level = levels[mirror ? index : (UNMIRRORED[index] ?? index)];
    if (bare) stroke(canvas, part, part.width + 5, '#04060e', 0.7);
    stroke(canvas, part, part.width, look.muted, 0.28);
    if (level === undefined) continue;
    if (look.finish === 'glow') stroke(canvas, part, part.width + 7, tint, 0.22 * level);
    stroke(canvas, part, part.width, tint, level);
    // The hardest work has the second colour too: brightness alone is not all there is to see.
    if (level > HARD) stroke(canvas, part, part.width * 0.45, look.accent2, (level - HARD) / (1 - HARD));
  }
  canvas.restore();
}

/** From this part of the range on a part works hard. */
const HARD = 0.6;

function stroke(
  canvas: OverlayCanvas,
  { line }: FigurePart,
  width: number,
  color: string,
  alpha: number,
): void {
  canvas.strokeStyle = color;
  canvas.globalAlpha = alpha;
  canvas.lineWidth = width;
  canvas.beginPath();
  for (const [x, y] of line) canvas.lineTo(x, y);
  canvas.stroke();
}
