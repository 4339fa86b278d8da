import { HAND_CONNECTIONS } from '@pose-coach/core';
import type { OverlayCanvas, OverlayMoment, OverlayPart, OverlayPartSetup } from '@pose-coach/core/extension';
import { Particles } from '../../motion/particles.ts';
import { type SparkStyle, Sparks } from '../../motion/sparks.ts';
import { numberSetting, switchSetting, textSetting } from '../../settings.ts';
import { BONES } from '../../skeleton/bones.ts';
import { type Figure, jointX, jointY, wholeHand } from '../../skeleton/figure.ts';
import { Figures } from '../../skeleton/figures.ts';
import { forEachHighlight } from '../../skeleton/highlights.ts';
import { strokeShade } from '../../skeleton/shade.ts';
import { SoftLayer } from '../../skeleton/soft-layer.ts';
import { boneOpacity, limbWidth, neckOf } from '../../skeleton/trace.ts';
import { chalkLine, chalkLoop, type HandDrawing } from './chalk-strokes.ts';
import { ChalkTexture } from './chalk-texture.ts';

/** Width of a stroke, in heights of the person. */
const STROKE = 0.0155;
/** Width of what is dark beneath, in strokes. */
const SHADE = 3.2;
/** Milliseconds for which a drawing stands: eight a second, as hand-drawn films “on threes” boil. */
const DRAWING = 125;
/** Places of strokes are numbered: bones from 0, then the head, hands and highlights. */
const HEAD_PLACE = 100;
const NECK_PLACE = 150;
const HAND_PLACE = 200;
const HIGHLIGHT_PLACE = 400;
/** Chalk dust: little, and only at fast hands and feet. */
const DUST: SparkStyle = {
  from: 1.1,
  rate: 60,
  carried: 0.22,
  scattered: 0.16,
  size: [0.002, 0.008],
  life: [350, 950],
  onBeat: 0,
};
const DUST_FLIGHT = { drag: 0.08, gravity: 260 };
const MOST_DUST = 160;

/** A figure drawn with chalk, anew eight times a second. */
export class Chalk implements OverlayPart {
  readonly #figures = new Figures();
  readonly #dust = new Particles(MOST_DUST);
  readonly #sparks: Sparks;
  readonly #textures: Readonly<Record<'left' | 'right' | 'highlight', ChalkTexture>>;
  readonly #soft: SoftLayer;
  readonly #seed: number;

  constructor(setup: OverlayPartSetup) {
    this.#sparks = new Sparks(setup.random);
    this.#soft = new SoftLayer(setup);
    this.#seed = Math.floor(setup.random() * 2 ** 20);
    this.#textures = {
      left: new ChalkTexture(setup),
      right: new ChalkTexture(setup),
      highlight: new ChalkTexture(setup),
    };
  }

  paint(canvas: OverlayCanvas, moment: OverlayMoment): void {
    const { settings, calm, now, look } = moment;
    const figures = this.#figures.update(moment);
    const color = textSetting(settings, 'color', '#fbf7ea');
    const color2 = textSetting(settings, 'color2', '#ffd76a');
    const hand: HandDrawing = {
      seed: this.#seed,
      turn: calm ? 0 : Math.floor(now / DRAWING),
      wobble: numberSetting(settings, 'wobble', 1),
    };
    const thickness = numberSetting(settings, 'thickness', 1);
    canvas.save();
    canvas.lineCap = 'round';
    canvas.lineJoin = 'round';
    for (const figure of figures) {
      const width = limbWidth(figure, STROKE, thickness);
      // The dark of a wiped board.
      const shade = numberSetting(settings, 'shade', 0.5);
      if (shade > 0) {
        this.#soft.paint(canvas, figure, moment, width * SHADE, (brush) => {
          strokeShade(brush, figure, '#10140f', width * SHADE, shade);
        });
      }
      const styles = {
        left: this.#textures.left.style(canvas, color),
        right: this.#textures.right.style(canvas, color2),
      };
      draw(canvas, figure, { ...styles, middle: styles.left }, width, hand);
      const emphasis = this.#textures.highlight.style(canvas, look.warning);
      forEachHighlight(figure, (joint) => circled(canvas, figure, joint, emphasis, width, hand));
    }
    if (calm || !switchSetting(settings, 'dust', true)) this.#dust.clear();
    else this.#paintDust(canvas, figures, moment, color);
    canvas.restore();
  }

  #paintDust(canvas: OverlayCanvas, figures: readonly Figure[], moment: OverlayMoment, color: string): void {
    this.#dust.step(moment.elapsed, DUST_FLIGHT);
    this.#sparks.update(this.#dust, figures, moment, DUST, 1);
    canvas.fillStyle = color;
    this.#dust.forEach((x, y, size, fade) => {
      canvas.globalAlpha = 0.75 * fade;
      canvas.fillRect(x - size / 2, y - size / 2, size, size);
    });
  }
}

type Styles = Readonly<Record<'left' | 'right' | 'middle', CanvasPattern | string>>;

function draw(canvas: OverlayCanvas, figure: Figure, styles: Styles, width: number, hand: HandDrawing): void {
  for (const [place, bone] of BONES.entries()) {
    const opacity = boneOpacity(figure, bone.from, bone.to);
    if (opacity <= 0 || (bone.palm && wholeHand(figure, bone.side))) continue;
    canvas.strokeStyle = styles[bone.side];
    canvas.globalAlpha = opacity;
    const [x, y, toX, toY] = ends(figure, bone.from, bone.to);
    chalkLine(canvas, x, y, toX, toY, bone.palm ? width * 0.5 : width, hand, place);
  }
  for (const side of ['left', 'right'] as const) drawHand(canvas, figure, side, styles[side], width, hand);
  const { head } = figure;
  if (head.opacity <= 0) return;
  canvas.strokeStyle = styles.middle;
  const neck = neckOf(figure);
  if (neck) {
    canvas.globalAlpha = neck.opacity;
    chalkLine(canvas, neck.x, neck.y, neck.toX, neck.toY, width * 0.8, hand, NECK_PLACE);
  }
  canvas.globalAlpha = head.opacity;
  chalkLoop(canvas, head.x, head.y, head.radius, width * 0.6, hand, HEAD_PLACE);
  chalkLoop(canvas, head.x, head.y, head.radius * 1.06, width * 0.35, hand, HEAD_PLACE + 7);
}

function drawHand(
  canvas: OverlayCanvas,
  figure: Figure,
  side: 'left' | 'right',
  style: CanvasPattern | string,
  width: number,
  hand: HandDrawing,
): void {
  const found = wholeHand(figure, side);
  if (!found) return;
  canvas.strokeStyle = style;
  canvas.globalAlpha = found.opacity;
  for (const [place, [from, to]] of HAND_CONNECTIONS.entries()) {
    const [x, y] = [found.x[from] ?? 0, found.y[from] ?? 0];
    chalkLine(canvas, x, y, found.x[to] ?? 0, found.y[to] ?? 0, width * 0.4, hand, HAND_PLACE + place);
  }
}

/** Two hasty loops around a joint, on a wiped board. */
function circled(
  canvas: OverlayCanvas,
  figure: Figure,
  joint: number,
  style: CanvasPattern | string,
  width: number,
  hand: HandDrawing,
): void {
  const x = jointX(figure, joint);
  const y = jointY(figure, joint);
  const radius = Math.max(width * 2.6, figure.height * 0.045);
  canvas.strokeStyle = '#10140f';
  canvas.globalAlpha = 0.25;
  chalkLoop(canvas, x, y, radius * 1.09, width * 1.4, hand, HIGHLIGHT_PLACE + joint);
  canvas.strokeStyle = style;
  canvas.globalAlpha = 1;
  chalkLoop(canvas, x, y, radius, width * 0.45, hand, HIGHLIGHT_PLACE + joint);
  chalkLoop(canvas, x, y, radius * 1.2, width * 0.3, hand, HIGHLIGHT_PLACE + 50 + joint);
}

function ends(figure: Figure, from: number, to: number): readonly [number, number, number, number] {
  return [jointX(figure, from), jointY(figure, from), jointX(figure, to), jointY(figure, to)];
}
