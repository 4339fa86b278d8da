import { formatValue } from '@pose-coach/core/analysis';
import type { OverlayCanvas, OverlayMoment, OverlayPart } from '@pose-coach/core/extension';
import { paintText } from '../painting/text.ts';
import { textSetting } from '../settings.ts';
import { declarationOf, knownReading, titleOf } from './metric-value.ts';
import { paintFrame, UNKNOWN } from './widget-frame.ts';

/** Milliseconds in which one word gives way to the next. */
const FADE = 260;

/** The word that a label reads, cross-faded into the next. */
export class Movement implements OverlayPart {
  #word: string | undefined;
  #before = '';
  #since = 0;

  paint(canvas: OverlayCanvas, moment: OverlayMoment): void {
    const { look, now, calm, settings } = moment;
    const metric = textSetting(settings, 'metric', 'dance.movement');
    const word = labelWord(moment, metric) ?? UNKNOWN;
    if (word !== this.#word) {
      this.#before = this.#word ?? '';
      this.#since = this.#word === undefined ? Number.NEGATIVE_INFINITY : now;
      this.#word = word;
    }
    const { content, align, bare, tint } = paintFrame(canvas, moment, titleOf(moment, metric));
    const share = calm ? 1 : Math.max(0, Math.min(1, (now - this.#since) / FADE));
    const largest = content.height * 0.86;
    const style = { look, align, bare, largest };
    if (share < 1) paintText(canvas, this.#before, content, { ...style, color: tint, opacity: 1 - share });
    paintText(canvas, word, content, {
      ...style,
      color: word === UNKNOWN ? look.muted : tint,
      opacity: share,
    });
  }
}

/** What a metric reads, in its own words. */
function labelWord(moment: OverlayMoment, metric: string): string | undefined {
  const value = knownReading(moment, metric)?.value;
  if (value === undefined) return undefined;
  const declaration = declarationOf(moment, metric);
  return declaration ? formatValue(declaration, value) : String(value);
}
