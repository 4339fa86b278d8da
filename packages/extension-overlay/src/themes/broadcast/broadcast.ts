import type { OverlayCanvas, OverlayMoment, OverlayPart } from '@pose-coach/core/extension';
import { numberSetting, switchSetting, textSetting } from '../../settings.ts';
import { jointSide, MAIN_JOINTS, SIDES } from '../../skeleton/bones.ts';
import { type Figure, jointOpacity, jointX, jointY } from '../../skeleton/figure.ts';
import { Figures } from '../../skeleton/figures.ts';
import { forEachHighlight, highlightSwell } from '../../skeleton/highlights.ts';
import { disc, fillJoints, fillTrunk, limbWidth, strokeHead, strokeLimbs } from '../../skeleton/trace.ts';
import { Trails } from '../../skeleton/trails.ts';

/** Width of a limb, in heights of the person. */
const LIMB = 0.0135;
/** Width of limb and outline together, and of the light stripe, in limbs. */
const OUTLINE = 1.75;
const STRIPE = 0.3;
/** Radii of a joint's discs, from the outside in, in limbs. */
const DISC = { outline: 1.22, rim: 0.95, middle: 0.52 };
/** How long a limb's swoosh stays, in ms, its width in limbs, and its opacity. */
const SWOOSH = { duration: 380, width: 1.5, alpha: 0.5 };

interface Colors {
  readonly left: string;
  readonly right: string;
  readonly middle: string;
  readonly outline: string;
}

/** Crisp and plain, as sports are shown: two colours, discs on the joints, an outline that reads on any picture. */
export class Broadcast implements OverlayPart {
  readonly #figures = new Figures();
  readonly #trails = new Trails();

  paint(canvas: OverlayCanvas, moment: OverlayMoment): void {
    const { settings } = moment;
    const figures = this.#figures.update(moment);
    this.#trails.update(figures, moment);
    if (figures.length === 0) return;
    const colors: Colors = {
      left: textSetting(settings, 'color', '#2f9bff'),
      right: textSetting(settings, 'color2', '#ff7a1a'),
      middle: textSetting(settings, 'middle', '#ffffff'),
      outline: textSetting(settings, 'outline', '#0a1424'),
    };
    const thickness = numberSetting(settings, 'thickness', 1);
    canvas.save();
    canvas.lineCap = 'round';
    canvas.lineJoin = 'round';
    for (const figure of figures) {
      const width = limbWidth(figure, LIMB, thickness);
      if (!moment.calm) this.#paintSwooshes(canvas, figure, moment, colors, width);
      limbs(canvas, figure, colors, width, numberSetting(settings, 'fill', 0.22));
      if (switchSetting(settings, 'joints', true)) joints(canvas, figure, colors, width);
      highlights(canvas, figure, moment, colors, width);
    }
    canvas.restore();
  }

  #paintSwooshes(
    canvas: OverlayCanvas,
    figure: Figure,
    moment: OverlayMoment,
    colors: Colors,
    width: number,
  ): void {
    for (const joint of moment.skeleton?.trails ?? []) {
      if (jointOpacity(figure, joint) <= 0) continue;
      canvas.globalAlpha = SWOOSH.alpha;
      canvas.fillStyle = joint < 11 ? colors.middle : colors[jointSide(joint)];
      this.#trails.fill(canvas, figure, joint, moment.now, SWOOSH.duration, width * SWOOSH.width);
    }
  }
}

function limbs(canvas: OverlayCanvas, figure: Figure, colors: Colors, width: number, fill: number): void {
  if (fill > 0) {
    canvas.fillStyle = colors.outline;
    fillTrunk(canvas, figure, fill);
    canvas.fillStyle = colors.middle;
    fillTrunk(canvas, figure, fill * 0.5);
  }
  canvas.strokeStyle = colors.outline;
  for (const side of SIDES) strokeLimbs(canvas, figure, side, width * OUTLINE, 0.9);
  strokeHead(canvas, figure, width * OUTLINE, 0.9);
  for (const side of SIDES) {
    canvas.strokeStyle = colors[side];
    strokeLimbs(canvas, figure, side, width, 1);
    if (side === 'middle') continue;
    canvas.strokeStyle = '#ffffff';
    strokeLimbs(canvas, figure, side, width * STRIPE, 0.55);
  }
  canvas.strokeStyle = colors.middle;
  strokeHead(canvas, figure, width, 1);
}

function joints(canvas: OverlayCanvas, figure: Figure, colors: Colors, width: number): void {
  for (const side of ['right', 'left'] as const) {
    canvas.fillStyle = colors.outline;
    fillJoints(canvas, figure, side, width * DISC.outline, 1);
    canvas.fillStyle = '#ffffff';
    fillJoints(canvas, figure, side, width * DISC.rim, 1);
    canvas.fillStyle = colors[side];
    fillJoints(canvas, figure, side, width * DISC.middle, 1);
  }
}

/** A ring with four ticks, as on a replay. */
function highlights(
  canvas: OverlayCanvas,
  figure: Figure,
  moment: OverlayMoment,
  colors: Colors,
  width: number,
): void {
  const radius = Math.max(width * 2.4, figure.height * 0.035) * highlightSwell(moment);
  forEachHighlight(figure, (joint) => {
    const x = jointX(figure, joint);
    const y = jointY(figure, joint);
    for (const [color, breadth] of [
      [colors.outline, 1],
      [moment.look.warning, 0.55],
    ] as const) {
      canvas.globalAlpha = 1;
      canvas.strokeStyle = color;
      canvas.lineWidth = Math.max(3, width * breadth);
      disc(canvas, x, y, radius);
      for (const [acrossX, acrossY] of TICKS) {
        canvas.moveTo(x + acrossX * radius, y + acrossY * radius);
        canvas.lineTo(x + acrossX * radius * 1.4, y + acrossY * radius * 1.4);
      }
      canvas.stroke();
    }
    if (!MAIN_JOINTS.includes(joint)) return;
    canvas.fillStyle = moment.look.warning;
    disc(canvas, x, y, width * DISC.middle);
    canvas.fill();
  });
}

const TICKS: readonly (readonly [x: number, y: number])[] = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
];
