import type { OverlayCanvas, OverlayMoment, OverlayPart } from '@pose-coach/core/extension';
import { GlidingNumber } from '../motion/gliding-number.ts';
import { type Box, splitAcross, splitDown } from '../painting/box.ts';
import { fontOf, paintText, type TextStyle, textWidth } from '../painting/text.ts';
import { textSetting } from '../settings.ts';
import { declarationOf, knownNumber, knownReading, numberWords } from './metric-value.ts';
import { mutedText, paintFrame, UNKNOWN, type WidgetFrame } from './widget-frame.ts';

/** Milliseconds in which the needle follows: as quick as a needle, as slow as a median. */
const FOLLOWING = 220;
/** Within this, in ms, somebody is on the beat: as `dance.onBeat` counts it. */
const ON_BEAT = 70;
/** The ends of the ladder, and the longest that stands between them: all three keep their places while numbers change. */
const AHEAD = 'ahead';
const BEHIND = 'behind';
const WIDEST_OFFSET = '+000 ms';
/** How much smaller than else all three may be written, before the needle's stands alone. */
const NARROWED = 0.65;
/** What the ladder spans when its metric has no range, in ms. */
const SPAN: readonly [number, number] = [-250, 250];

/** How far ahead of the beat or behind it somebody is, and the share of movements that are on it. */
export class OnBeat implements OverlayPart {
  readonly #offset = new GlidingNumber(FOLLOWING);

  paint(canvas: OverlayCanvas, moment: OverlayMoment): void {
    const { look, settings, elapsed, calm } = moment;
    const metric = textSetting(settings, 'metric', 'dance.onBeat.offset');
    const shareMetric = textSetting(settings, 'share', 'dance.onBeat');
    const offset = this.#offset.update(knownNumber(moment, metric), elapsed, 0.5, calm);
    const frame = paintFrame(canvas, moment, 'On the beat');
    const share = knownNumber(moment, shareMetric);
    const { bare } = frame;
    const [upper, legend] = splitAcross(frame.content, frame.content.height * 0.74);
    const [ladder, number] = splitDown(upper, upper.width - Math.min(upper.height * 1.9, upper.width * 0.26));
    const scaleBox = { ...ladder, width: ladder.width * 0.93 };
    const range = declarationOf(moment, metric)?.range ?? SPAN;
    const scale = { range, uncertainty: knownReading(moment, metric)?.uncertainty ?? 0 };
    paintLadder(canvas, moment, frame, scaleBox, offset, scale);
    const words =
      share === undefined ? UNKNOWN : `${numberWords(declarationOf(moment, shareMetric), share)}%`;
    const color = share === undefined ? look.muted : look.text;
    paintText(canvas, words, number, { look, color, align: 'right', bare, largest: upper.height * 0.8 });
    const beneath = { ...legend, width: scaleBox.width };
    paintLegend(canvas, beneath, offset, {
      ...mutedText(look, bare),
      largest: Math.min(22, legend.height * 0.95),
    });
  }
}

/** Which end is which, and where the needle is; the needle alone where there is no room for all three. */
function paintLegend(
  canvas: OverlayCanvas,
  box: Box,
  offset: number | undefined,
  style: TextStyle & { readonly largest: number },
): void {
  const words = offsetWords(offset);
  const font = fontOf(style.look, style.largest, style.weight);
  const [ahead, widest, behind] = [AHEAD, WIDEST_OFFSET, BEHIND].map((text) => textWidth(canvas, text, font));
  const side = Math.max(ahead ?? 0, behind ?? 0);
  const share = Math.min(1, box.width / (2 * side + (widest ?? 0) + style.largest));
  const all = share >= NARROWED;
  const largest = all ? style.largest * share : style.largest;
  if (all) paintText(canvas, AHEAD, box, { ...style, largest });
  paintText(canvas, words, box, { ...style, largest, align: 'center' });
  if (all) paintText(canvas, BEHIND, box, { ...style, largest, align: 'right' });
}

function offsetWords(offset: number | undefined): string {
  if (offset === undefined) return UNKNOWN;
  const milliseconds = Math.round(Math.abs(offset));
  return milliseconds === 0 ? '0 ms' : `${offset < 0 ? '\u2212' : '+'}${milliseconds} ms`;
}

interface Scale {
  readonly range: readonly [number, number];
  /** In ms, to both sides of the needle. */
  readonly uncertainty: number;
}

function paintLadder(
  canvas: OverlayCanvas,
  { look }: OverlayMoment,
  { bare }: WidgetFrame,
  box: Box,
  offset: number | undefined,
  { range: [low, high], uncertainty }: Scale,
): void {
  const across = (value: number) =>
    box.x + Math.max(0, Math.min(1, (value - low) / (high - low || 1))) * box.width;
  const middle = box.y + box.height / 2;
  const thick = Math.max(6, Math.min(box.height * 0.16, box.width * 0.05));
  canvas.save();
  if (bare) slab(canvas, box.x - 3, middle - thick / 2 - 3, box.width + 6, thick + 6, '#04060e', 0.7);
  slab(canvas, box.x, middle - thick / 2, box.width, thick, look.muted, 0.26);
  const goodFrom = across(-ON_BEAT);
  slab(canvas, goodFrom, middle - thick / 2, across(ON_BEAT) - goodFrom, thick, look.good, 0.75);
  slab(canvas, across(0) - 1.5, middle - thick * 1.3, 3, thick * 2.6, look.text, 0.85);
  if (offset !== undefined) {
    const from = across(offset - uncertainty);
    const to = across(offset + uncertainty);
    if (uncertainty > 0) slab(canvas, from, middle - thick * 0.95, to - from, thick * 1.9, look.text, 0.2);
    const color = Math.abs(offset) <= ON_BEAT ? look.good : look.warning;
    const wide = Math.max(6, thick * 0.5);
    const tall = Math.min(box.height * 0.86, thick * 4);
    slab(canvas, across(offset) - wide / 2 - 2, middle - tall / 2 - 2, wide + 4, tall + 4, '#04060e', 0.65);
    slab(canvas, across(offset) - wide / 2, middle - tall / 2, wide, tall, color, 1);
  }
  canvas.restore();
}

function slab(
  canvas: OverlayCanvas,
  x: number,
  y: number,
  width: number,
  height: number,
  color: string,
  alpha: number,
): void {
  if (width <= 0) return;
  canvas.globalAlpha = alpha;
  canvas.fillStyle = color;
  canvas.beginPath();
  canvas.roundRect(x, y, width, height, Math.min(height, width) / 2);
  canvas.fill();
}
