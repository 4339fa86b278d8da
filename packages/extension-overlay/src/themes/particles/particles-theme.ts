import type { OverlayCanvas, OverlayMoment, OverlayPart, OverlayPartSetup } from '@pose-coach/core/extension';
import { Particles } from '../../motion/particles.ts';
import { type SparkStyle, Sparks } from '../../motion/sparks.ts';
import { numberSetting, switchSetting, textSetting } from '../../settings.ts';
import { SIDES } from '../../skeleton/bones.ts';
import { type Figure, jointX, jointY } from '../../skeleton/figure.ts';
import { Figures } from '../../skeleton/figures.ts';
import { forEachHighlight, highlightSwell } from '../../skeleton/highlights.ts';
import { SoftLayer } from '../../skeleton/soft-layer.ts';
import { disc, limbWidth, strokeLimbs } from '../../skeleton/trace.ts';
import { GlowSprite, SPARK } from './glow-sprite.ts';
import { type BodyColors, LightBody, MIST_REACH } from './light-body.ts';

/** Width of the line in the midst of the light that keeps a posture clear, in heights of the person, and its opacity. */
const LINE = { width: 0.0055, alpha: 0.5 };
/** Strong moves of hands and feet throw off these. */
const SPARKS: SparkStyle = {
  from: 0.75,
  rate: 120,
  carried: 0.3,
  scattered: 0.42,
  size: [0.01, 0.045],
  life: [450, 1250],
  onBeat: 14,
};
const FLIGHT = { drag: 0.1, gravity: -40 };
/** Hundreds: what a browser source paints beside a game. */
const MOST = 420;

/** A body of soft light that throws off sparks where it moves strongly. */
export class ParticlesTheme implements OverlayPart {
  readonly #figures = new Figures();
  readonly #particles = new Particles(MOST);
  readonly #sparks: Sparks;
  readonly #body: LightBody;
  readonly #soft: SoftLayer;
  readonly #sprites: readonly [left: GlowSprite, right: GlowSprite];

  constructor(setup: OverlayPartSetup) {
    this.#sparks = new Sparks(setup.random);
    this.#body = new LightBody(setup);
    this.#soft = new SoftLayer(setup);
    this.#sprites = [new GlowSprite(setup, SPARK), new GlowSprite(setup, SPARK)];
  }

  paint(canvas: OverlayCanvas, moment: OverlayMoment): void {
    const { settings, calm } = moment;
    const figures = this.#figures.update(moment);
    const left = textSetting(settings, 'color', '#ffb547');
    const right = textSetting(settings, 'color2', '#ff5d8f');
    const middle = textSetting(settings, 'middle', '#ffe3b8');
    const colors = { left, right, middle };
    const thickness = numberSetting(settings, 'thickness', 1);
    const brightness = numberSetting(settings, 'brightness', 1);
    canvas.save();
    canvas.lineCap = 'round';
    canvas.lineJoin = 'round';
    for (const figure of figures) {
      const width = limbWidth(figure, LINE.width, thickness);
      const reach = figure.height * MIST_REACH * Math.max(1, thickness);
      const shade = numberSetting(settings, 'shade', 0.35);
      canvas.globalCompositeOperation = 'lighter';
      // Both in one picture: enlarging it is what costs most where there is no graphics card.
      this.#soft.paint(canvas, figure, moment, reach, (brush) => {
        this.#body.paintShade(brush, figure, shade);
        brush.globalCompositeOperation = 'lighter';
        this.#body.paintMist(brush, figure, colors, thickness, brightness);
      });
      strokeLines(canvas, figure, colors, width);
      this.#body.paintStars(canvas, figure, moment, colors, thickness, brightness);
      canvas.globalCompositeOperation = 'source-over';
      highlights(canvas, figure, moment, width * 3);
    }
    if (calm) this.#particles.clear();
    else this.#paintSparks(canvas, figures, moment, [left, right]);
    canvas.restore();
  }

  /** Those that fly go on when nobody is there any more. */
  #paintSparks(
    canvas: OverlayCanvas,
    figures: readonly Figure[],
    moment: OverlayMoment,
    [left, right]: readonly [string, string],
  ): void {
    const { settings } = moment;
    const amount = numberSetting(settings, 'amount', 1);
    const style = switchSetting(settings, 'burst', true) ? SPARKS : { ...SPARKS, onBeat: 0 };
    this.#particles.step(moment.elapsed, FLIGHT);
    this.#sparks.update(this.#particles, figures, moment, style, amount);
    const pictures = [this.#sprites[0].picture(left), this.#sprites[1].picture(right)] as const;
    canvas.globalCompositeOperation = 'lighter';
    this.#particles.forEach((x, y, size, fade, kind) => {
      // They appear at once, shrink, and go out last.
      canvas.globalAlpha = Math.min(1, fade * 1.6);
      const side = size * (0.35 + 0.65 * fade);
      canvas.drawImage(kind % 2 === 0 ? pictures[0] : pictures[1], x - side / 2, y - side / 2, side, side);
    });
    canvas.globalCompositeOperation = 'source-over';
  }
}

/** A thin line within the light. */
function strokeLines(canvas: OverlayCanvas, figure: Figure, colors: BodyColors, width: number): void {
  for (const side of SIDES) {
    canvas.strokeStyle = colors[side];
    strokeLimbs(canvas, figure, side, width, LINE.alpha);
  }
}

/** A lens of light around the joint. */
function highlights(canvas: OverlayCanvas, figure: Figure, moment: OverlayMoment, width: number): void {
  const radius = Math.max(width * 2, figure.height * 0.042) * highlightSwell(moment);
  canvas.strokeStyle = moment.look.warning;
  canvas.fillStyle = moment.look.warning;
  forEachHighlight(figure, (joint) => {
    disc(canvas, jointX(figure, joint), jointY(figure, joint), radius);
    canvas.globalAlpha = 0.28;
    canvas.fill();
    for (const [breadth, alpha] of [
      [0.9, 0.3],
      [0.3, 1],
    ] as const) {
      canvas.globalAlpha = alpha;
      canvas.lineWidth = width * breadth;
      canvas.stroke();
    }
  });
}
