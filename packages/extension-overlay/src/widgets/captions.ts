import type { Cue, OverlayCanvas, OverlayLook, OverlayMoment, OverlayPart } from '@pose-coach/core/extension';
import { type Box, inset } from '../painting/box.ts';
import { paintPanel } from '../painting/panel.ts';
import { type Align, fontOf, paintText } from '../painting/text.ts';
import { wrapWords } from '../painting/wrap-words.ts';
import { numberSetting, switchSetting, textSetting } from '../settings.ts';

/** Milliseconds of a caption's coming and going. */
const FADE = 220;
/** Captions at once: more cannot be read beside a dance. */
const MOST = 2;
/** Lines of one caption, and the font sizes it may have, in stage pixels. */
const LINES = 2;
const SMALLEST = 16;
const LARGEST = 44;
/** Height of a line and of the margin around, in font sizes. */
const LINE = 1.22;
const MARGIN = 0.55;
/** Room between two captions, and beside the words of one for its sign and its margins, in font sizes. */
const GAP = 0.3;
const ASIDE = 2.7;
const WEIGHT = 600;

interface Caption {
  readonly cue: Cue;
  readonly since: number;
  /** `now` at which it was no longer to be read; `undefined` while it is. */
  gone: number | undefined;
}

/** What the coach says, as captions: the newest at the bottom. */
export class Captions implements OverlayPart {
  #captions: Caption[] = [];
  /** What was laid out last, and for which words in which room: fitting letters takes hundreds of measurements. */
  #laid: readonly Laid[] = [];
  #laidFor = '';

  paint(canvas: OverlayCanvas, moment: OverlayMoment): void {
    this.#follow(moment);
    const { settings, size, calm, now } = moment;
    const largest = Math.min(LARGEST, numberSetting(settings, 'size', 34));
    const align = textSetting(settings, 'align', 'center');
    const place = align === 'left' || align === 'right' ? align : 'center';
    const newest = [...this.#captions].reverse();
    const messages = newest.map(({ cue }) => cue.message);
    const words = JSON.stringify([size, moment.look.font, largest, messages]);
    if (words !== this.#laidFor) this.#laid = layOut(canvas, moment, messages, largest);
    this.#laidFor = words;
    let bottom = size.height;
    for (const [index, { lines, fontSize }] of this.#laid.entries()) {
      const caption = newest[index];
      if (!caption) continue;
      const came = calm ? 1 : Math.min(1, (now - caption.since) / FADE);
      const left = caption.gone === undefined ? 1 : 1 - (now - caption.gone) / FADE;
      const box = { x: 0, y: 0, width: size.width, height: bottom };
      const opacity = Math.max(0, Math.min(came, left));
      bottom -= paintCaption(canvas, moment, caption.cue, lines, box, place, fontSize, opacity);
    }
  }

  #follow({ cues, now, calm }: OverlayMoment): void {
    for (const caption of this.#captions) {
      const stays = cues.some(({ cue, since }) => cue.id === caption.cue.id && since === caption.since);
      if (stays) caption.gone = undefined;
      else caption.gone ??= now;
    }
    for (const { cue, since } of cues) {
      if (this.#captions.some((caption) => caption.cue.id === cue.id && caption.since === since)) continue;
      this.#captions.push({ cue, since, gone: undefined });
    }
    this.#captions = this.#captions
      .filter(({ gone }) => gone === undefined || (!calm && now - gone < FADE))
      .slice(-MOST);
  }
}

interface Laid {
  readonly lines: readonly string[];
  readonly fontSize: number;
}

/** The newest first: as many as fit whole, all in the largest letters that let them; at least one, if need be cut off. */
function layOut(
  canvas: OverlayCanvas,
  { look, size }: OverlayMoment,
  newest: readonly string[],
  largest: number,
): readonly Laid[] {
  for (let count = newest.length; count > 0; count -= 1) {
    for (let fontSize = largest; fontSize >= SMALLEST; fontSize -= 1) {
      const laid = newest.slice(0, count).map((message) => ({
        lines: linesOf(canvas, look, message, size.width, fontSize, LINES + 1),
        fontSize,
      }));
      const height = laid.reduce(
        (sum, { lines }) => sum + heightOf(lines, fontSize) + fontSize * GAP,
        -fontSize * GAP,
      );
      if (height <= size.height && laid.every(({ lines }) => lines.length <= LINES)) return laid;
    }
  }
  const room = Math.floor((size.height / SMALLEST - MARGIN) / LINE);
  return newest.slice(0, 1).map((message) => ({
    lines: linesOf(canvas, look, message, size.width, SMALLEST, Math.max(1, Math.min(LINES, room))),
    fontSize: SMALLEST,
  }));
}

function linesOf(
  canvas: OverlayCanvas,
  look: OverlayLook,
  message: string,
  width: number,
  fontSize: number,
  most: number,
): readonly string[] {
  canvas.save();
  canvas.font = fontOf(look, fontSize, WEIGHT);
  const lines = wrapWords(message, width - fontSize * ASIDE, most, (text) => canvas.measureText(text).width);
  canvas.restore();
  return lines;
}

function heightOf(lines: readonly string[], fontSize: number): number {
  return lines.length * fontSize * LINE + fontSize * MARGIN;
}

/** Paints one at the bottom of a box, and says how much of its height is taken. */
function paintCaption(
  canvas: OverlayCanvas,
  { look, settings }: OverlayMoment,
  cue: Cue,
  lines: readonly string[],
  box: Box,
  align: Align,
  size: number,
  opacity: number,
): number {
  const bare = !switchSetting(settings, 'panel', true);
  const mark = size * 1.1;
  canvas.save();
  canvas.font = fontOf(look, size, WEIGHT);
  const widest = Math.max(0, ...lines.map((line) => canvas.measureText(line).width));
  const width = Math.min(box.width, widest + size * ASIDE);
  const height = heightOf(lines, size);
  const x = box.x + (box.width - width) * { left: 0, center: 0.5, right: 1 }[align];
  const panel = { x, y: box.y + box.height - height, width, height };
  canvas.globalAlpha = opacity;
  canvas.translate(panel.x, panel.y);
  const own = { x: 0, y: 0, width, height };
  if (!bare) paintPanel(canvas, own, captionLook(look));
  const color = severityColor(look, cue);
  paintMark(canvas, cue, color, size * (MARGIN + 0.42), height / 2, size * 0.42, bare);
  const inner = inset(own, 0, size * MARGIN * 0.5);
  for (const [index, line] of lines.entries()) {
    const row = {
      x: mark + size * MARGIN,
      y: inner.y + index * size * LINE,
      width: width - mark - size * MARGIN,
      height: size * LINE,
    };
    paintText(canvas, line, row, {
      look,
      color: look.text,
      align: 'left',
      weight: WEIGHT,
      largest: size,
      bare,
    });
  }
  canvas.restore();
  return height + size * GAP;
}

/** Captions are small and many-coloured: without the bar of a panel. */
function captionLook(look: OverlayLook): OverlayLook {
  return look.finish === 'flat' ? { ...look, accent: look.surface } : look;
}

function severityColor(look: OverlayLook, { severity }: Cue): string {
  switch (severity) {
    case 'praise':
      return look.good;
    case 'warning':
      return look.warning;
    default:
      return look.accent;
  }
}

/** A sign for each severity, so that it is told by more than colour: a tick, an exclamation mark, an arrow. */
function paintMark(
  canvas: OverlayCanvas,
  { severity }: Cue,
  color: string,
  x: number,
  y: number,
  radius: number,
  bare: boolean,
): void {
  canvas.save();
  canvas.translate(x, y);
  canvas.lineCap = 'round';
  canvas.lineJoin = 'round';
  const line = () => {
    canvas.beginPath();
    for (const stroke of MARKS[severity]) {
      for (const [index, [across, down]] of stroke.entries()) {
        if (index === 0) canvas.moveTo(across * radius, down * radius);
        else canvas.lineTo(across * radius, down * radius);
      }
    }
    canvas.stroke();
  };
  if (bare) {
    canvas.strokeStyle = 'rgba(4, 6, 14, 0.8)';
    canvas.lineWidth = radius * 0.62;
    line();
  }
  canvas.strokeStyle = color;
  canvas.lineWidth = radius * 0.32;
  line();
  canvas.restore();
}

type Strokes = readonly (readonly (readonly [x: number, y: number])[])[];

const MARKS: Readonly<Record<Cue['severity'], Strokes>> = {
  praise: [
    [
      [-0.8, 0.1],
      [-0.2, 0.7],
      [0.85, -0.65],
    ],
  ],
  hint: [
    [
      [-0.8, 0],
      [0.8, 0],
    ],
    [
      [0.2, -0.6],
      [0.8, 0],
      [0.2, 0.6],
    ],
  ],
  warning: [
    [
      [0, -0.85],
      [0, 0.25],
    ],
    [
      [0, 0.8],
      [0, 0.81],
    ],
  ],
};
