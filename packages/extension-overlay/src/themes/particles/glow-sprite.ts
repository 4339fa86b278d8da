import type { OverlayPartSetup } from '@pose-coach/core/extension';

/** Pixels on a side: particles are smaller than this, so that it is only ever made smaller. */
const SIDE = 64;

/** A soft point of light, made once for a colour: painting a picture many times is cheap, a gradient is not. */
export class GlowSprite {
  readonly #setup: OverlayPartSetup;
  #color = '';
  #picture: OffscreenCanvas | undefined;

  constructor(setup: OverlayPartSetup) {
    this.#setup = setup;
  }

  /** @param color `#33cc99` */
  picture(color: string): OffscreenCanvas {
    if (this.#picture && this.#color === color) return this.#picture;
    const picture = this.#setup.createCanvas(SIDE, SIDE);
    const brush = picture.getContext('2d');
    if (brush) {
      const light = brush.createRadialGradient(SIDE / 2, SIDE / 2, 0, SIDE / 2, SIDE / 2, SIDE / 2);
      light.addColorStop(0, '#ffffff');
      light.addColorStop(0.16, '#ffffff');
      light.addColorStop(0.3, `${color}d0`);
      light.addColorStop(0.6, `${color}38`);
      light.addColorStop(1, `${color}00`);
      brush.fillStyle = light;
      brush.fillRect(0, 0, SIDE, SIDE);
    }
    this.#color = color;
    this.#picture = picture;
    return picture;
  }
}
