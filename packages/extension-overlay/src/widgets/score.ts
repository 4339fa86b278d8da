import type { OverlayCanvas, OverlayMoment, OverlayPart } from '@pose-coach/core/extension';
import { GlidingNumber } from '../motion/gliding-number.ts';
import { splitDown } from '../painting/box.ts';
import { fontOf, paintText, textWidth } from '../painting/text.ts';
import { switchSetting, textSetting } from '../settings.ts';
import { declarationOf, knownNumber, numberWords, titleOf } from './metric-value.ts';
import { mutedText, paintFrame, UNKNOWN } from './widget-frame.ts';

/** Milliseconds in which 63 % of new points are counted up. */
const COUNTING = 140;
/** Font size of the unit, in font sizes of the number. */
const UNIT = 0.34;

/** The number that a metric reads, counted up to its value. */
export class Score implements OverlayPart {
  readonly #counted = new GlidingNumber(COUNTING);
  #last: number | undefined;

  paint(canvas: OverlayCanvas, moment: OverlayMoment): void {
    const metric = textSetting(moment.settings, 'metric', 'stage.score');
    const declaration = declarationOf(moment, metric);
    const value = knownNumber(moment, metric);
    const { content, align, bare, tint } = paintFrame(canvas, moment, titleOf(moment, metric));
    // Points that are taken away, as a reset does, are gone at once.
    const fell = value !== undefined && this.#last !== undefined && value < this.#last;
    this.#last = value;
    const digit = 10 ** -(declaration?.decimals ?? 0);
    const shown = this.#counted.update(value, moment.elapsed, digit, moment.calm || fell);
    const words = shown === undefined ? UNKNOWN : numberWords(declaration, shown);
    const style = { look: moment.look, color: shown === undefined ? moment.look.muted : tint, align, bare };
    const unit =
      shown !== undefined && switchSetting(moment.settings, 'unit', true) ? (declaration?.unit ?? '') : '';
    if (unit === '') {
      paintText(canvas, words, content, style);
      return;
    }
    const muted = mutedText(moment.look, bare);
    const size = content.height;
    const full = textWidth(canvas, words, fontOf(moment.look, size));
    const behind = textWidth(canvas, ` ${unit}`, fontOf(moment.look, size * UNIT, muted.weight));
    const scale = Math.min(1, content.width / (full + behind));
    const across = (full + behind) * scale;
    const left = content.x + (content.width - across) * { left: 0, center: 0.5, right: 1 }[align];
    const [number, rest] = splitDown({ ...content, x: left, width: across }, full * scale);
    const painted = paintText(canvas, words, number, { ...style, align: 'right', largest: size * scale });
    const low = { ...rest, y: rest.y + painted.size * 0.19 };
    paintText(canvas, unit, low, { ...muted, align: 'right', largest: size * UNIT * scale });
  }
}
