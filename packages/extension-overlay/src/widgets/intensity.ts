import type { OverlayCanvas, OverlayMoment, OverlayPart } from '@pose-coach/core/extension';
import { GlidingNumber } from '../motion/gliding-number.ts';
import { type Box, splitAcross, splitDown } from '../painting/box.ts';
import { paintText } from '../painting/text.ts';
import { numberSetting, textSetting } from '../settings.ts';
import { declarationOf, knownNumber, numberWords, shareOfRange, titleOf } from './metric-value.ts';
import { paintFrame, UNKNOWN, type WidgetFrame } from './widget-frame.ts';

/** Milliseconds in which the meter follows. */
const FOLLOWING = 160;
/** Segments of a meter; fewer where each would be narrower than this, in stage pixels. */
const SEGMENTS = 24;
const NARROWEST = 9;
/** How long the highest value is marked, in ms. */
const PEAK_HELD = 2500;

/** A meter of any gauge. */
export class Intensity implements OverlayPart {
  readonly #level = new GlidingNumber(FOLLOWING);
  #peak = 0;
  #peakAt = Number.NEGATIVE_INFINITY;

  paint(canvas: OverlayCanvas, moment: OverlayMoment): void {
    const { look, settings, now, elapsed, calm, size } = moment;
    const metric = textSetting(settings, 'metric', 'dance.intensity');
    const declaration = declarationOf(moment, metric);
    const value = knownNumber(moment, metric);
    const share = value === undefined ? undefined : shareOfRange(declaration, value);
    const level = this.#level.update(share, elapsed, 0.002, calm);
    if (level === undefined) this.#peakAt = Number.NEGATIVE_INFINITY;
    else if (level >= this.#peak || now - this.#peakAt > PEAK_HELD) {
      this.#peak = level;
      this.#peakAt = now;
    }
    const frame = paintFrame(canvas, moment, titleOf(moment, metric));
    const upright = size.height > size.width * 1.2;
    const { content } = frame;
    const [first, second] = upright
      ? splitAcross(content, content.height - Math.min(content.width * 0.6, content.height * 0.25))
      : splitDown(content, content.width - Math.min(content.height * 1.9, content.width * 0.28));
    const peak = now - this.#peakAt <= PEAK_HELD ? this.#peak : undefined;
    const bright = numberSetting(settings, 'highFrom', 80);
    const meter = { level, peak, highFrom: shareOfRange(declaration, bright), upright };
    paintMeter(canvas, moment, frame, first, meter);
    paintText(canvas, value === undefined ? UNKNOWN : numberWords(declaration, value), second, {
      look,
      color: value === undefined ? look.muted : look.text,
      align: upright ? 'center' : 'right',
      bare: frame.bare,
    });
  }
}

interface Meter {
  readonly level: number | undefined;
  readonly peak: number | undefined;
  /** From this part of the range on it is coloured with the second colour. */
  readonly highFrom: number;
  readonly upright: boolean;
}

function paintMeter(
  canvas: OverlayCanvas,
  { look }: OverlayMoment,
  { tint, bare }: WidgetFrame,
  box: Box,
  { level, peak, highFrom, upright }: Meter,
): void {
  const length = upright ? box.height : box.width;
  const across = upright ? box.width * 0.62 : box.height * 0.62;
  const segments = Math.max(4, Math.min(SEGMENTS, Math.floor(length / NARROWEST)));
  const step = length / segments;
  const lit = (level ?? 0) * segments;
  const marked = peak === undefined ? -1 : Math.ceil(peak * segments) - 1;
  canvas.save();
  for (let segment = 0; segment < segments; segment += 1) {
    const color = (segment + 0.5) / segments >= highFrom ? look.accent2 : tint;
    const at = segment * step;
    const thick = step * 0.7;
    const place = upright
      ? {
          x: box.x + (box.width - across) / 2,
          y: box.y + box.height - at - thick,
          width: across,
          height: thick,
        }
      : { x: box.x + at, y: box.y + (box.height - across) / 2, width: thick, height: across };
    if (bare) {
      canvas.globalAlpha = 0.7;
      canvas.fillStyle = '#04060e';
      block(canvas, { x: place.x - 2, y: place.y - 2, width: place.width + 4, height: place.height + 4 });
    }
    const share = Math.max(0, Math.min(1, lit - segment));
    canvas.fillStyle = look.muted;
    canvas.globalAlpha = 0.22;
    block(canvas, place);
    if (share <= 0 && segment !== marked) continue;
    canvas.fillStyle = color;
    canvas.globalAlpha = segment === marked ? 1 : 0.25 + 0.75 * share;
    block(canvas, place);
    if (look.finish !== 'glow' || share <= 0) continue;
    canvas.globalAlpha = 0.16 * share;
    block(canvas, { x: place.x - 3, y: place.y - 3, width: place.width + 6, height: place.height + 6 });
  }
  canvas.restore();
}

function block(canvas: OverlayCanvas, { x, y, width, height }: Box): void {
  canvas.beginPath();
  canvas.roundRect(x, y, width, height, Math.min(3, width / 2, height / 2));
  canvas.fill();
}
