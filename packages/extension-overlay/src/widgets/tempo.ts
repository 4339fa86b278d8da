import type { OverlayCanvas, OverlayMoment, OverlayPart } from '@pose-coach/core/extension';
import { beatPulse } from '../motion/beat.ts';
import { splitDown } from '../painting/box.ts';
import { paintText } from '../painting/text.ts';
import { textSetting } from '../settings.ts';
import { knownNumber } from './metric-value.ts';
import { mutedText, paintFrame, UNKNOWN } from './widget-frame.ts';

/** Beats per minute, with a mark that flashes on each: those of the beat that flashes, else of a metric. */
export class Tempo implements OverlayPart {
  paint(canvas: OverlayCanvas, moment: OverlayMoment): void {
    const { look, beat, calm, settings } = moment;
    const { content, align, bare, tint } = paintFrame(canvas, moment, 'Tempo');
    const tempo = beat?.tempo ?? knownNumber(moment, textSetting(settings, 'metric', 'dance.rhythm'));
    const pulse = calm ? 0 : beatPulse(moment);
    const [mark, rest] = splitDown(content, Math.min(content.height, content.width * 0.28));
    paintMark(canvas, moment, mark, beat === undefined ? look.muted : tint, pulse, bare);
    const [number, unit] = splitDown(splitDown(rest, mark.width * 0.18)[1], rest.width * 0.66);
    const words = tempo === undefined || !Number.isFinite(tempo) ? UNKNOWN : tempo.toFixed(0);
    const color = tempo === undefined ? look.muted : look.text;
    const painted = paintText(canvas, words, number, {
      look,
      color,
      align: align === 'left' ? 'left' : 'right',
      bare,
    });
    const behind = { ...unit, x: painted.right + painted.size * 0.14, y: unit.y + painted.size * 0.2 };
    paintText(canvas, 'BPM', behind, { ...mutedText(look, bare), largest: painted.size * 0.32 });
  }
}

/** A disc that is full on the beat, and a ring that leaves it. */
function paintMark(
  canvas: OverlayCanvas,
  { look, beat, calm }: OverlayMoment,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  color: string,
  pulse: number,
  bare: boolean,
): void {
  const radius = Math.min(box.width, box.height) * 0.42;
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  canvas.save();
  canvas.fillStyle = color;
  canvas.strokeStyle = color;
  canvas.lineWidth = Math.max(2, radius * 0.11);
  canvas.beginPath();
  canvas.arc(x, y, radius, 0, 2 * Math.PI);
  if (bare) {
    canvas.globalAlpha = 0.6;
    canvas.fillStyle = '#04060e';
    canvas.fill();
    canvas.fillStyle = color;
  }
  canvas.globalAlpha = 0.45;
  canvas.stroke();
  if (beat && !calm) {
    canvas.globalAlpha = pulse * 0.9;
    canvas.beginPath();
    canvas.arc(x, y, radius * (0.62 + 0.38 * (1 - pulse)), 0, 2 * Math.PI);
    canvas.stroke();
  }
  const core = radius * (0.34 + 0.28 * pulse);
  if (look.finish === 'glow' || look.finish === 'soft') {
    canvas.globalAlpha = 0.1 + 0.25 * pulse;
    canvas.beginPath();
    canvas.arc(x, y, core * 1.45, 0, 2 * Math.PI);
    canvas.fill();
  }
  canvas.globalAlpha = beat ? 0.55 + 0.45 * (calm ? 1 : pulse) : 0.5;
  canvas.beginPath();
  canvas.arc(x, y, core, 0, 2 * Math.PI);
  canvas.fill();
  canvas.restore();
}
