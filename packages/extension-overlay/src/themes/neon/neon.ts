import type { OverlayCanvas, OverlayMoment, OverlayPart } from '@pose-coach/core/extension';
import { beatPulse } from '../../motion/beat.ts';
import { numberSetting, switchSetting, textSetting } from '../../settings.ts';
import { jointSide, SIDES, type Side } from '../../skeleton/bones.ts';
import { type Figure, jointOpacity, jointX, jointY } from '../../skeleton/figure.ts';
import { Figures } from '../../skeleton/figures.ts';
import { forEachHighlight, highlightSwell } from '../../skeleton/highlights.ts';
import { strokeShade } from '../../skeleton/shade.ts';
import { disc, fillJoints, limbWidth, strokeHead, strokeLimbs } from '../../skeleton/trace.ts';
import { Trails } from '../../skeleton/trails.ts';

/** Width of the tube, in heights of the person. */
const TUBE = 0.011;
/** The glow, from the outside in: width in tubes and opacity. Strokes that add up cost a tenth of a blurred shadow. */
const GLOW: readonly (readonly [width: number, alpha: number])[] = [
  [8.4, 0.026],
  [6.8, 0.032],
  [5.4, 0.04],
  [4.2, 0.055],
  [3.2, 0.075],
  [2.3, 0.11],
  [1.6, 0.2],
];
/** The white-hot middle of a tube. */
const CORE = 0.42;
/** What lies beneath, so that light is seen on a bright picture: width in tubes. */
const SHADE = 3.6;
/** How much brighter everything is on the beat. */
const PULSE = 0.9;
/** Nested ribbons of a trail: length, width in tubes, opacity. */
const RIBBONS: readonly (readonly [length: number, width: number, alpha: number])[] = [
  [1, 4.6, 0.14],
  [0.8, 3, 0.22],
  [0.55, 1.6, 0.5],
];

interface Colors {
  readonly left: string;
  readonly right: string;
  readonly middle: string;
}

/** Tubes of light that leave trails and swell with the beat. */
export class Neon implements OverlayPart {
  readonly #figures = new Figures();
  readonly #trails = new Trails();

  paint(canvas: OverlayCanvas, moment: OverlayMoment): void {
    const { settings, calm } = moment;
    const figures = this.#figures.update(moment);
    this.#trails.update(figures, moment);
    if (figures.length === 0) return;
    const colors: Colors = {
      left: textSetting(settings, 'color', '#22e6ff'),
      right: textSetting(settings, 'color2', '#ff3df2'),
      middle: textSetting(settings, 'middle', '#8f7bff'),
    };
    const pulse = calm || !switchSetting(settings, 'pulse', true) ? 0 : beatPulse(moment);
    const glow = numberSetting(settings, 'glow', 1) * (1 + PULSE * pulse);
    const thickness = numberSetting(settings, 'thickness', 1);
    canvas.save();
    canvas.lineCap = 'round';
    canvas.lineJoin = 'round';
    for (const figure of figures) {
      const width = limbWidth(figure, TUBE, thickness);
      strokeShade(canvas, figure, '#05030f', width * SHADE, numberSetting(settings, 'shade', 0.35));
      canvas.globalCompositeOperation = 'lighter';
      if (!calm) this.#paintTrails(canvas, figure, moment, colors, width);
      for (const side of SIDES) tube(canvas, figure, side, colors[side], width, glow);
      ring(canvas, figure, colors.middle, width, glow);
      nodes(canvas, figure, width);
      highlights(canvas, figure, moment, width);
      canvas.globalCompositeOperation = 'source-over';
    }
    canvas.restore();
  }

  #paintTrails(
    canvas: OverlayCanvas,
    figure: Figure,
    moment: OverlayMoment,
    colors: Colors,
    width: number,
  ): void {
    const duration = 1000 * numberSetting(moment.settings, 'trail', 0.6);
    if (duration <= 0) return;
    for (const joint of moment.skeleton?.trails ?? []) {
      if (jointOpacity(figure, joint) <= 0) continue;
      canvas.fillStyle = joint < 11 ? colors.middle : colors[jointSide(joint)];
      for (const [length, breadth, alpha] of RIBBONS) {
        canvas.globalAlpha = alpha;
        this.#trails.fill(canvas, figure, joint, moment.now, duration * length, width * breadth);
      }
    }
  }
}

function tube(
  canvas: OverlayCanvas,
  figure: Figure,
  side: Side,
  color: string,
  width: number,
  glow: number,
): void {
  canvas.strokeStyle = color;
  if (glow > 0) {
    for (const [breadth, alpha] of GLOW)
      strokeLimbs(canvas, figure, side, width * breadth, Math.min(1, alpha * glow));
  }
  strokeLimbs(canvas, figure, side, width, 0.95);
  canvas.strokeStyle = '#ffffff';
  strokeLimbs(canvas, figure, side, width * CORE, 0.9);
}

function ring(canvas: OverlayCanvas, figure: Figure, color: string, width: number, glow: number): void {
  canvas.strokeStyle = color;
  if (glow > 0) {
    for (const [breadth, alpha] of GLOW)
      strokeHead(canvas, figure, width * breadth, Math.min(1, alpha * glow));
  }
  strokeHead(canvas, figure, width, 0.95);
  canvas.strokeStyle = '#ffffff';
  strokeHead(canvas, figure, width * CORE, 0.9);
}

function nodes(canvas: OverlayCanvas, figure: Figure, width: number): void {
  canvas.fillStyle = '#ffffff';
  fillJoints(canvas, figure, 'left', width * 0.62, 0.85);
  fillJoints(canvas, figure, 'right', width * 0.62, 0.85);
}

function highlights(canvas: OverlayCanvas, figure: Figure, moment: OverlayMoment, width: number): void {
  const radius = width * 3.4 * highlightSwell(moment);
  forEachHighlight(figure, (joint) => {
    const x = jointX(figure, joint);
    const y = jointY(figure, joint);
    canvas.strokeStyle = moment.look.warning;
    canvas.fillStyle = moment.look.warning;
    disc(canvas, x, y, radius);
    canvas.globalAlpha = 0.3;
    canvas.fill();
    for (const [breadth, alpha] of [
      [1.8, 0.25],
      [0.9, 1],
    ] as const) {
      canvas.globalAlpha = alpha;
      canvas.lineWidth = width * breadth;
      canvas.stroke();
    }
  });
}
