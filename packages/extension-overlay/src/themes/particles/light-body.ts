import type { OverlayCanvas, OverlayMoment, OverlayPartSetup } from '@pose-coach/core/extension';
import { scatter } from '../../motion/scatter.ts';
import type { Side } from '../../skeleton/bones.ts';
import { type Figure, jointOpacity, jointX, jointY, wholeHand } from '../../skeleton/figure.ts';
import { GlowSprite, MIST, SPARK } from './glow-sprite.ts';

/** A part of the body that is mist along a line, with stars in it. Lengths are in heights of the person. */
interface Mist {
  /** The joints in whose middle it begins and ends. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly side: Side;
  readonly breadth: number;
  /** Of the limbs' density: less where the mist of several parts comes together, so that none burns out. */
  readonly density: number;
  readonly stars: number;
}

const MISTS: readonly Mist[] = [
  { from: [11, 12], to: [23, 24], side: 'middle', breadth: 0.2, density: 0.6, stars: 16 },
  { from: [11], to: [12], side: 'middle', breadth: 0.06, density: 0.5, stars: 7 },
  { from: [23], to: [24], side: 'middle', breadth: 0.06, density: 0.5, stars: 5 },
  ...limbs('left', 0),
  ...limbs('right', 1),
];

function limbs(side: 'left' | 'right', other: 0 | 1): readonly Mist[] {
  const part = (from: number, to: number, breadth: number, stars: number, density = 1): Mist => ({
    from: [from + other],
    to: [to + other],
    side,
    breadth,
    density,
    stars,
  });
  return [
    part(11, 23, 0.1, 8, 0.7),
    part(11, 13, 0.085, 9),
    part(13, 15, 0.07, 9),
    part(15, 19, 0.055, 4),
    part(23, 25, 0.115, 12),
    part(25, 27, 0.09, 12),
    part(27, 31, 0.06, 5),
  ];
}

/** Patches of mist overlap: one begins after this part of the breadth of the one before. */
const OVERLAP = 0.36;
/** How far light and shade reach beyond the joints, in heights of the person, at a thickness of 1. */
export const MIST_REACH = 0.19;
/** Opacity of one patch. */
const DENSITY = 0.3;
/** Diameter of the head's mist, in radii. */
const HEAD = 3.5;
const HEAD_STARS = 14;
/** Size of stars, in heights of the person. */
const STAR: readonly [smallest: number, largest: number] = [0.009, 0.022];
/** Milliseconds of a star's twinkling: the quickest, and how much slower the slowest is. */
const TWINKLE = { quickest: 700, slower: 1500 };
const DARK = '#0d0510';

export type BodyColors = Readonly<Record<Side, string>>;

/** A body of mist and stars. */
export class LightBody {
  readonly #mist: Readonly<Record<Side, GlowSprite>>;
  readonly #star: Readonly<Record<Side, GlowSprite>>;
  readonly #dark: GlowSprite;
  readonly #seed: number;

  constructor(setup: OverlayPartSetup) {
    const three = (falloff: typeof MIST) => ({
      left: new GlowSprite(setup, falloff),
      right: new GlowSprite(setup, falloff),
      middle: new GlowSprite(setup, falloff),
    });
    this.#mist = three(MIST);
    this.#star = three(SPARK);
    this.#dark = new GlowSprite(setup, MIST);
    this.#seed = Math.floor(setup.random() * 2 ** 20);
  }

  /** Darkens the picture behind the body. */
  paintShade(canvas: OverlayCanvas, figure: Figure, strength: number): void {
    if (strength <= 0) return;
    const dark = this.#dark.picture(DARK);
    for (const mist of MISTS) patches(canvas, figure, mist, dark, strength * 0.32, 1.25);
    headPatch(canvas, figure, dark, strength * 0.8, 1.1);
  }

  /** Paints the mist, in a canvas that adds light up. */
  paintMist(
    canvas: OverlayCanvas,
    figure: Figure,
    colors: BodyColors,
    thickness: number,
    brightness: number,
  ): void {
    for (const mist of MISTS) {
      patches(
        canvas,
        figure,
        mist,
        this.#mist[mist.side].picture(colors[mist.side]),
        DENSITY * brightness,
        thickness,
      );
    }
    headPatch(canvas, figure, this.#mist.middle.picture(colors.middle), brightness, 1);
  }

  /** Paints the stars in it, likewise. */
  paintStars(
    canvas: OverlayCanvas,
    figure: Figure,
    moment: OverlayMoment,
    colors: BodyColors,
    thickness: number,
    brightness: number,
  ): void {
    for (const [place, mist] of MISTS.entries()) {
      const picture = this.#star[mist.side].picture(colors[mist.side]);
      const opacity = endOpacity(figure, mist);
      if (opacity <= 0) continue;
      const { x, y, alongX, alongY } = line(figure, mist);
      const across = (mist.breadth * figure.height * 0.34 * thickness) / (Math.hypot(alongX, alongY) || 1);
      for (let star = 0; star < mist.stars; star += 1) {
        const along = this.#chance(place, star);
        const aside = (2 * this.#chance(place + 100, star) - 1) * across;
        const alpha = opacity * brightness;
        const starX = x + alongX * along - alongY * aside;
        this.#paintStar(
          canvas,
          figure,
          moment,
          picture,
          starX,
          y + alongY * along + alongX * aside,
          place,
          star,
          alpha,
        );
      }
    }
    this.#paintHeadStars(canvas, figure, moment, colors.middle, brightness);
    for (const side of ['left', 'right'] as const)
      this.#paintHand(canvas, figure, moment, side, colors[side]);
  }

  #paintHeadStars(
    canvas: OverlayCanvas,
    figure: Figure,
    moment: OverlayMoment,
    color: string,
    brightness: number,
  ): void {
    const { head } = figure;
    if (head.opacity <= 0) return;
    const picture = this.#star.middle.picture(color);
    for (let star = 0; star < HEAD_STARS; star += 1) {
      const angle = 2 * Math.PI * ((star + 0.7 * this.#chance(90, star)) / HEAD_STARS);
      const away = head.radius * (0.9 + 0.16 * this.#chance(91, star));
      const x = head.x + Math.cos(angle) * away;
      this.#paintStar(
        canvas,
        figure,
        moment,
        picture,
        x,
        head.y + Math.sin(angle) * away,
        90,
        star,
        head.opacity * brightness,
      );
    }
  }

  #paintHand(
    canvas: OverlayCanvas,
    figure: Figure,
    moment: OverlayMoment,
    side: 'left' | 'right',
    color: string,
  ): void {
    const hand = wholeHand(figure, side);
    if (!hand) return;
    const picture = this.#star[side].picture(color);
    for (let point = 0; point < hand.x.length; point += 1) {
      const place = side === 'left' ? 92 : 93;
      this.#paintStar(
        canvas,
        figure,
        moment,
        picture,
        hand.x[point] ?? 0,
        hand.y[point] ?? 0,
        place,
        point,
        hand.opacity,
      );
    }
  }

  #paintStar(
    canvas: OverlayCanvas,
    figure: Figure,
    { now, calm }: OverlayMoment,
    picture: OffscreenCanvas,
    x: number,
    y: number,
    place: number,
    star: number,
    alpha: number,
  ): void {
    const period = TWINKLE.quickest + TWINKLE.slower * this.#chance(place + 200, star);
    const turn = this.#chance(place + 300, star);
    const twinkle = calm ? 0.75 : 0.6 + 0.4 * Math.sin(2 * Math.PI * (now / period + turn));
    const size = figure.height * (STAR[0] + (STAR[1] - STAR[0]) * this.#chance(place + 400, star) ** 2);
    canvas.globalAlpha = Math.min(1, twinkle * alpha);
    canvas.drawImage(picture, x - size / 2, y - size / 2, size, size);
  }

  #chance(place: number, star: number): number {
    return scatter(this.#seed, place, star);
  }
}

function patches(
  canvas: OverlayCanvas,
  figure: Figure,
  mist: Mist,
  picture: OffscreenCanvas,
  alpha: number,
  breadth: number,
): void {
  const opacity = endOpacity(figure, mist);
  if (opacity <= 0) return;
  const { x, y, alongX, alongY } = line(figure, mist);
  const size = mist.breadth * figure.height * breadth * 1.5;
  const count = Math.max(1, Math.ceil(Math.hypot(alongX, alongY) / (size * OVERLAP)));
  // Close together, as on a line that points at the camera, they are not brighter than one.
  const apart = Math.min(1, Math.hypot(alongX, alongY) / (count * size * OVERLAP));
  canvas.globalAlpha = Math.min(1, alpha * opacity * mist.density * (0.5 + 0.5 * apart));
  for (let patch = 0; patch <= count; patch += 1) {
    const share = patch / count;
    canvas.drawImage(picture, x + alongX * share - size / 2, y + alongY * share - size / 2, size, size);
  }
}

function headPatch(
  canvas: OverlayCanvas,
  { head }: Figure,
  picture: OffscreenCanvas,
  alpha: number,
  breadth: number,
): void {
  if (head.opacity <= 0) return;
  const size = head.radius * HEAD * breadth;
  canvas.globalAlpha = Math.min(1, alpha * head.opacity);
  canvas.drawImage(picture, head.x - size / 2, head.y - size / 2, size, size);
}

function endOpacity(figure: Figure, { from, to }: Mist): number {
  let opacity = 1;
  for (const joint of from) opacity = Math.min(opacity, jointOpacity(figure, joint));
  for (const joint of to) opacity = Math.min(opacity, jointOpacity(figure, joint));
  return opacity;
}

/** Where it begins, and from there to its end. */
function line(figure: Figure, { from, to }: Mist): { x: number; y: number; alongX: number; alongY: number } {
  const x = middle(figure, from, jointX);
  const y = middle(figure, from, jointY);
  return { x, y, alongX: middle(figure, to, jointX) - x, alongY: middle(figure, to, jointY) - y };
}

function middle(
  figure: Figure,
  joints: readonly number[],
  of: (figure: Figure, joint: number) => number,
): number {
  let sum = 0;
  for (const joint of joints) sum += of(figure, joint);
  return sum / joints.length;
}
