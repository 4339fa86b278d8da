import type {
  MetricDeclaration,
  OverlayCanvas,
  OverlayMoment,
  OverlayPart,
} from '@pose-coach/core/extension';
import { type Box, splitDown } from '../painting/box.ts';
import { paintText } from '../painting/text.ts';
import { numberSetting, switchSetting, textSetting } from '../settings.ts';
import { declarationOf, knownNumber, numberWords, titleOf } from './metric-value.ts';
import { ValueHistory } from './value-history.ts';
import { paintFrame, UNKNOWN, type WidgetFrame } from './widget-frame.ts';

/** Part of the width that the number takes. */
const NUMBER = 0.24;

/** A metric over the last seconds, with gaps where it was not known. */
export class Sparkline implements OverlayPart {
  readonly #history = new ValueHistory();
  #metric = '';

  paint(canvas: OverlayCanvas, moment: OverlayMoment): void {
    const { look, settings, now } = moment;
    const metric = textSetting(settings, 'metric', 'dance.intensity');
    const seconds = numberSetting(settings, 'seconds', 60);
    if (metric !== this.#metric) this.#history.clear();
    this.#metric = metric;
    const value = knownNumber(moment, metric);
    this.#history.add(value, now, seconds * 1000);
    const frame = paintFrame(canvas, moment, titleOf(moment, metric));
    const declaration = declarationOf(moment, metric);
    const wide = switchSetting(settings, 'number', true) ? frame.content.width * NUMBER : 0;
    const [chart, number] = splitDown(frame.content, frame.content.width - wide);
    paintLine(
      canvas,
      moment,
      frame,
      { ...chart, width: chart.width - wide * 0.12 },
      this.#history,
      seconds * 1000,
      declaration,
    );
    if (wide === 0) return;
    paintText(canvas, value === undefined ? UNKNOWN : numberWords(declaration, value), number, {
      look,
      color: value === undefined ? look.muted : look.text,
      align: 'right',
      bare: frame.bare,
      largest: frame.content.height * 0.6,
    });
  }
}

function paintLine(
  canvas: OverlayCanvas,
  { look, now }: OverlayMoment,
  { tint, bare }: WidgetFrame,
  box: Box,
  history: ValueHistory,
  duration: number,
  declaration: MetricDeclaration | undefined,
): void {
  const [low, high] = declaration?.range ?? history.range();
  const thick = Math.max(2.5, Math.min(5, box.height * 0.05));
  const tall = box.height - thick * 2;
  const x = (at: number) => box.x + box.width * (1 - (now - at) / duration);
  const y = (value: number) =>
    box.y + thick + tall * (1 - Math.max(0, Math.min(1, high > low ? (value - low) / (high - low) : 0.5)));
  canvas.save();
  canvas.beginPath();
  canvas.rect(box.x - thick, box.y - thick, box.width + 2 * thick, box.height + 2 * thick);
  canvas.clip();
  canvas.lineCap = 'round';
  canvas.lineJoin = 'round';
  canvas.fillStyle = look.muted;
  canvas.globalAlpha = 0.3;
  canvas.fillRect(box.x, box.y + box.height - 1.5, box.width, 1.5);
  for (const stretch of history.stretches()) {
    const first = stretch[0];
    const last = stretch.at(-1);
    if (!first || !last) continue;
    const trace = () => {
      canvas.beginPath();
      for (const { at, value } of stretch) canvas.lineTo(x(at), y(value));
      // A single value is a dot.
      if (stretch.length === 1) canvas.lineTo(x(first.at) + 0.1, y(first.value));
    };
    trace();
    canvas.lineTo(x(last.at), box.y + box.height);
    canvas.lineTo(x(first.at), box.y + box.height);
    canvas.closePath();
    canvas.globalAlpha = 0.2;
    canvas.fillStyle = tint;
    canvas.fill();
    trace();
    if (bare || look.finish === 'glow') {
      canvas.globalAlpha = bare ? 0.75 : 0.22;
      canvas.strokeStyle = bare ? '#04060e' : tint;
      canvas.lineWidth = thick * (bare ? 2.2 : 3.2);
      canvas.stroke();
    }
    canvas.globalAlpha = 1;
    canvas.strokeStyle = tint;
    canvas.lineWidth = thick;
    canvas.stroke();
  }
  canvas.restore();
}
