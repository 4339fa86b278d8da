import type { OverlayCanvas, OverlayLook } from '@pose-coach/core/extension';
import type { Box } from './box.ts';
import { outlineOf } from './contrast.ts';

export type Align = 'left' | 'center' | 'right';

/** How a line of text is to look. */
export interface TextStyle {
  readonly look: OverlayLook;
  readonly color: string;
  readonly align: Align;
  /** CSS font weight; default: the look's. */
  readonly weight?: number;
  /** Largest font size in stage pixels; default: what fits into the box. */
  readonly largest?: number;
  /** Whether nothing lies behind it but the picture. */
  readonly bare: boolean;
  /** Parts of full opacity; default 1. */
  readonly opacity?: number;
}

/** Font size per height of a box that figures and capitals fill, and no less than descenders need. */
const SIZE_PER_HEIGHT = 1;
/** From the baseline to the middle of figures and capitals, in font sizes: half a cap height (0.72 in most fonts). */
const MIDDLE = 0.36;
/** Width of the outline of text on the bare picture, in font sizes: on both sides together. */
const OUTLINE = 0.16;
/** Glow around letters: width in font sizes and opacity, from the outside in. */
const GLOW: readonly (readonly [width: number, alpha: number])[] = [
  [0.34, 0.06],
  [0.22, 0.09],
  [0.12, 0.16],
];
/** Smallest font that is painted at all, in stage pixels. */
const SMALLEST = 6;

export function fontOf(look: OverlayLook, size: number, weight = look.weight): string {
  return `${weight} ${size}px ${look.font}`;
}

/** Width of a text in stage pixels; all figures count as the widest, so that nothing moves while they change. */
export function textWidth(canvas: OverlayCanvas, text: string, font: string): number {
  const before = canvas.font;
  canvas.font = font;
  const { width } = canvas.measureText(text.replace(/[0-9]/g, '0'));
  canvas.font = before;
  return width;
}

/** The font size at which a text fits into a box. */
export function fittedSize(canvas: OverlayCanvas, text: string, box: Box, style: TextStyle): number {
  const size = Math.min(box.height * SIZE_PER_HEIGHT, style.largest ?? Number.POSITIVE_INFINITY);
  if (!(size > 0)) return 0;
  const width = textWidth(canvas, text, fontOf(style.look, size, style.weight));
  return width > box.width ? (size * box.width) / width : size;
}

/**
 * Paints one line in the middle of a box's height, as large as it fits.
 * @returns the font size, and where the text ends
 */
export function paintText(
  canvas: OverlayCanvas,
  text: string,
  box: Box,
  style: TextStyle,
): { readonly size: number; readonly right: number } {
  const size = fittedSize(canvas, text, box, style);
  const x = box.x + { left: 0, center: box.width / 2, right: box.width }[style.align];
  if (size < SMALLEST || text === '') return { size: 0, right: x };
  const font = fontOf(style.look, size, style.weight);
  const width = textWidth(canvas, text, font);
  paintLetters(canvas, text, x, box.y + box.height / 2 + MIDDLE * size, size, font, style);
  return { size, right: x + { left: width, center: width / 2, right: 0 }[style.align] };
}

function paintLetters(
  canvas: OverlayCanvas,
  text: string,
  x: number,
  y: number,
  size: number,
  font: string,
  { look, color, align, bare, opacity = 1 }: TextStyle,
): void {
  canvas.save();
  canvas.font = font;
  canvas.textAlign = align;
  canvas.textBaseline = 'alphabetic';
  canvas.lineJoin = 'round';
  canvas.globalAlpha *= opacity;
  const alpha = canvas.globalAlpha;
  if (look.finish === 'glow' && size > 20) {
    canvas.strokeStyle = color;
    for (const [width, strength] of GLOW) {
      canvas.globalAlpha = alpha * strength;
      canvas.lineWidth = size * width;
      canvas.strokeText(text, x, y);
    }
    canvas.globalAlpha = alpha;
  }
  if (bare) {
    canvas.strokeStyle = outlineOf(color);
    canvas.lineWidth = Math.max(2, size * OUTLINE);
    canvas.strokeText(text, x, y);
  }
  canvas.fillStyle = color;
  canvas.fillText(text, x, y);
  canvas.restore();
}
