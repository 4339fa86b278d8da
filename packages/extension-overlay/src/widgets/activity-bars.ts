import type { MetricDeclaration, OverlayCanvas, OverlayLook } from '@pose-coach/core/extension';
import { splitAcross, splitDown } from '../painting/box.ts';
import { paintText } from '../painting/text.ts';
import { mutedText, UNKNOWN, type WidgetFrame } from './widget-frame.ts';

/** Part of the width that names take. */
const NAMES = 0.4;
/** Part of that which stays free before the bars. */
const GAP = 0.08;

/** One bar under the other, each with its name. */
export function paintActivityBars(
  canvas: OverlayCanvas,
  look: OverlayLook,
  { content, tint, bare }: WidgetFrame,
  levels: readonly number[],
  declaration: MetricDeclaration | undefined,
): void {
  const labels = declaration?.labels ?? {};
  const names = Object.keys(labels).length;
  const count = levels.length || names;
  if (count === 0) {
    paintText(canvas, UNKNOWN, content, { look, color: look.muted, align: 'left', bare });
    return;
  }
  const height = content.height / count;
  let rest = content;
  for (let index = 0; index < count; index += 1) {
    const [row, below] = splitAcross(rest, height);
    rest = below;
    const [name, place] = splitDown(row, names > 0 ? content.width * NAMES : 0);
    const words = Object.hasOwn(labels, String(index)) ? (labels[String(index)] ?? '') : '';
    const room = { ...name, width: name.width * (1 - GAP) };
    paintText(canvas, words, room, { ...mutedText(look, bare), largest: Math.min(26, height * 0.62) });
    const thick = height * 0.46;
    const y = place.y + (height - thick) / 2;
    canvas.save();
    if (bare) bar(canvas, place.x - 2, y - 2, place.width + 4, thick + 4, '#04060e', 0.7);
    bar(canvas, place.x, y, place.width, thick, look.muted, 0.24);
    const level = levels[index];
    if (level !== undefined && level > 0)
      bar(canvas, place.x, y, Math.max(thick, place.width * level), thick, tint, 1);
    canvas.restore();
    if (level === undefined) {
      const middle = { ...place, y, height: thick * 1.6 };
      paintText(canvas, UNKNOWN, middle, { look, color: look.muted, align: 'left', bare });
    }
  }
}

function bar(
  canvas: OverlayCanvas,
  x: number,
  y: number,
  width: number,
  height: number,
  color: string,
  alpha: number,
): void {
  canvas.globalAlpha = alpha;
  canvas.fillStyle = color;
  canvas.beginPath();
  canvas.roundRect(x, y, width, height, Math.min(height / 2, width / 2));
  canvas.fill();
}
