import type { OverlayCanvas, OverlayMoment, OverlayPart, OverlayPartSetup } from '@pose-coach/core/extension';
import { beatPulse } from '../../motion/beat.ts';
import { numberSetting, switchSetting, textSetting } from '../../settings.ts';
import { jointSide, SIDES } from '../../skeleton/bones.ts';
import { type Figure, jointOpacity, jointX, jointY } from '../../skeleton/figure.ts';
import { Figures } from '../../skeleton/figures.ts';
import { forEachHighlight, highlightSwell } from '../../skeleton/highlights.ts';
import { strokeShade } from '../../skeleton/shade.ts';
import { SoftLayer } from '../../skeleton/soft-layer.ts';
import { disc, fillJoints, limbWidth, strokeHead, strokeLimbs } from '../../skeleton/trace.ts';
import { Trails } from '../../skeleton/trails.ts';

/** Width of the tube, in heights of the person. */
const TUBE = 0.011;
/** The glow, from the outside in: width in tubes and opacity. Strokes that add up cost a tenth of a blurred shadow. */
const GLOW: readonly (readonly [width: number, alpha: number])[] = [
  [9, 0.035],
  [7, 0.05],
  [5.2, 0.07],
  [3.6, 0.11],
  [2.3, 0.22],
];
/** How far light and shade reach, in tubes. */
const REACH = 6;
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
  readonly #soft: SoftLayer;

  constructor(setup: OverlayPartSetup) {
    this.#soft = new SoftLayer(setup);
  }

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
      const shade = numberSetting(settings, 'shade', 0.35);
      canvas.globalCompositeOperation = 'lighter';
      if (glow > 0 || shade > 0) {
        // Both in one picture: enlarging it is what costs most where there is no graphics card.
        this.#soft.paint(canvas, figure, moment, width * REACH, (brush) => {
          strokeShade(brush, figure, '#05030f', width * SHADE, shade);
          brush.globalCompositeOperation = 'lighter';
          if (glow > 0) strokeGlow(brush, figure, colors, width, glow);
        });
      }
      if (!calm) this.#paintTrails(canvas, figure, moment, colors, width);
      strokeTubes(canvas, figure, colors, width);
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

function strokeGlow(
  canvas: OverlayCanvas,
  figure: Figure,
  colors: Colors,
  width: number,
  glow: number,
): void {
  for (const [breadth, alpha] of GLOW) {
    const light = Math.min(1, alpha * glow);
    for (const side of SIDES) {
      canvas.strokeStyle = colors[side];
      strokeLimbs(canvas, figure, side, width * breadth, light);
    }
    canvas.strokeStyle = colors.middle;
    strokeHead(canvas, figure, width * breadth, light);
  }
}

function strokeTubes(canvas: OverlayCanvas, figure: Figure, colors: Colors, width: number): void {
  for (const side of SIDES) {
    canvas.strokeStyle = colors[side];
    strokeLimbs(canvas, figure, side, width, 0.95);
  }
  canvas.strokeStyle = colors.middle;
  strokeHead(canvas, figure, width, 0.95);
  canvas.strokeStyle = '#ffffff';
  for (const side of SIDES) strokeLimbs(canvas, figure, side, width * CORE, 0.9);
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
