import type { OverlayPartSetup } from '@pose-coach/core/extension';

/** Opacity of the light from the middle (0) to the edge (1). */
export type Falloff = readonly (readonly [at: number, alpha: number])[];

/** A point that is white-hot in its middle. */
export const SPARK: Falloff = [
  [0.3, 0.82],
  [0.45, 0.4],
  [0.65, 0.14],
  [1, 0],
];
/** A patch of mist: about a bell curve, so that many together have no seams. */
export const MIST: Falloff = [
  [0, 1],
  [0.2, 0.85],
  [0.4, 0.52],
  [0.6, 0.23],
  [0.8, 0.06],
  [1, 0],
];

/** Pixels on a side. */
const SIDE = 96;
/** How far the white middle of a point reaches that has one. */
const WHITE = 0.14;

/** A picture of soft light, made once for a color: painting a picture many times is cheap, a gradient is not. */
export class GlowSprite {
  readonly #setup: OverlayPartSetup;
  readonly #falloff: Falloff;
  #color = '';
  #picture: OffscreenCanvas | undefined;

  constructor(setup: OverlayPartSetup, falloff: Falloff) {
    this.#setup = setup;
    this.#falloff = falloff;
  }

  /** @param color `#33cc99` */
  picture(color: string): OffscreenCanvas {
    if (this.#picture && this.#color === color) return this.#picture;
    const picture = this.#setup.createCanvas(SIDE, SIDE);
    const brush = picture.getContext('2d');
    if (brush) {
      const light = brush.createRadialGradient(SIDE / 2, SIDE / 2, 0, SIDE / 2, SIDE / 2, SIDE / 2);
      if ((this.#falloff[0]?.[0] ?? 0) > WHITE) {
        light.addColorStop(0, '#ffffff');
        light.addColorStop(WHITE, '#ffffff');
      }
      for (const [at, alpha] of this.#falloff) light.addColorStop(at, withAlpha(color, alpha));
      brush.fillStyle = light;
      brush.fillRect(0, 0, SIDE, SIDE);
    }
    this.#color = color;
    this.#picture = picture;
    return picture;
  }
}

/** `#33cc99` and 0.5 to `#33cc9980`. */
function withAlpha(color: string, alpha: number): string {
  return `${color}${Math.round(255 * alpha)
    .toString(16)
    .padStart(2, '0')}`;
}
