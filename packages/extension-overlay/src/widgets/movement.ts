import { formatValue } from '@pose-coach/core/analysis';
import type { OverlayCanvas, OverlayMoment, OverlayPart } from '@pose-coach/core/extension';
import { type Box, splitAcross } from '../painting/box.ts';
import { fittedSize, paintText, type TextStyle } from '../painting/text.ts';
import { textSetting } from '../settings.ts';
import { declarationOf, knownReading, titleOf } from './metric-value.ts';
import { paintFrame, UNKNOWN } from './widget-frame.ts';

/** Milliseconds in which one word gives way to the next. */
const FADE = 260;
/** Part of a line's height that letters take. */
const FILLED = 0.86;

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
    const style = { look, align, bare };
    if (share < 1) paintWords(canvas, this.#before, content, { ...style, color: tint, opacity: 1 - share });
    paintWords(canvas, word, content, {
      ...style,
      color: word === UNKNOWN ? look.muted : tint,
      opacity: share,
    });
  }
}

/** Paints words in one line, or in two where that makes them larger. */
function paintWords(canvas: OverlayCanvas, words: string, box: Box, style: TextStyle): void {
  const lines = inTwo(words);
  const rows = splitAcross(box, box.height / 2);
  const one = fittedSize(canvas, words, box, { ...style, largest: box.height * FILLED });
  const two = Math.min(
    ...rows.map((row, index) =>
      fittedSize(canvas, lines[index] ?? '', row, { ...style, largest: row.height * FILLED }),
    ),
  );
  if (one >= two || lines.length < 2) {
    paintText(canvas, words, box, { ...style, largest: one });
    return;
  }
  for (const [index, row] of rows.entries())
    paintText(canvas, lines[index] ?? '', row, { ...style, largest: two });
}

/** Words in two lines that are about as long as each other; a single word stays one. */
function inTwo(text: string): readonly string[] {
  const words = text.split(' ');
  const halves = words
    .slice(1)
    .map((_, index) => [words.slice(0, index + 1).join(' '), words.slice(index + 1).join(' ')]);
  const longest = (lines: readonly string[]) => Math.max(...lines.map((line) => line.length));
  return halves.reduce(
    (best, next) => (best.length < 2 || longest(next) < longest(best) ? next : best),
    [text],
  );
}

/** What a metric reads, in its own words. */
function labelWord(moment: OverlayMoment, metric: string): string | undefined {
  const value = knownReading(moment, metric)?.value;
  if (value === undefined) return undefined;
  const declaration = declarationOf(moment, metric);
  return declaration ? formatValue(declaration, value) : String(value);
}
