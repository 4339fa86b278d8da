import type { OverlayCanvas, OverlayPartSetup } from '@pose-coach/core/extension';

/** Pixels on a side of the square that is repeated. */
const SIDE = 192;
/** Grain along the stroke is longer than across: chalk is dragged. */
const STRETCH = 3;
/** Part of the paper's dips that the chalk does not reach. */
const BARE = 0.2;

/** Chalk of one colour as a pattern: the grain is made once, and again for another colour. */
export class ChalkTexture {
  readonly #setup: OverlayPartSetup;
  readonly #grain: Uint8ClampedArray;
  #color = '';
  #canvas: OverlayCanvas | undefined;
  #pattern: CanvasPattern | undefined;

  constructor(setup: OverlayPartSetup) {
    this.#setup = setup;
    this.#grain = grain(setup.random);
  }

  /** The pattern, or the plain colour where a canvas cannot make one. */
  style(canvas: OverlayCanvas, color: string): CanvasPattern | string {
    if (this.#color !== color || this.#canvas !== canvas) {
      this.#color = color;
      this.#canvas = canvas;
      this.#pattern = this.#make(canvas, color);
    }
    return this.#pattern ?? color;
  }

  #make(canvas: OverlayCanvas, color: string): CanvasPattern | undefined {
    const picture = this.#setup.createCanvas(SIDE, SIDE);
    const brush = picture.getContext('2d');
    if (!brush) return undefined;
    brush.fillStyle = color;
    brush.fillRect(0, 0, SIDE, SIDE);
    const pixels = brush.getImageData(0, 0, SIDE, SIDE);
    for (let index = 0; index < SIDE * SIDE; index += 1)
      pixels.data[index * 4 + 3] = this.#grain[index] ?? 255;
    brush.putImageData(pixels, 0, 0);
    return canvas.createPattern(picture, 'repeat') ?? undefined;
  }
}

/** How much chalk sticks to each pixel, 0 to 255: coarse dips and fine specks, both dragged along x. */
function grain(random: () => number): Uint8ClampedArray {
  const coarse = noise(random, 5);
  const fine = noise(random, 1);
  const chalk = new Uint8ClampedArray(SIDE * SIDE);
  for (let index = 0; index < chalk.length; index += 1) {
    const height = 0.45 * (coarse[index] ?? 0) + 0.55 * (fine[index] ?? 0);
    chalk[index] = 255 * Math.min(1, Math.max(0, (height - BARE) / 0.28));
  }
  return chalk;
}

/** Smooth noise in [0, 1] that repeats at the edges; each grain is `size` pixels high. */
function noise(random: () => number, size: number): Float32Array {
  const columns = Math.ceil(SIDE / (size * STRETCH));
  const rows = Math.ceil(SIDE / size);
  const knots = Float32Array.from({ length: columns * rows }, random);
  const knot = (column: number, row: number) => knots[(row % rows) * columns + (column % columns)] ?? 0;
  const smooth = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const across = (x / SIDE) * columns;
      const down = (y / SIDE) * rows;
      const column = Math.floor(across);
      const row = Math.floor(down);
      const top = mix(knot(column, row), knot(column + 1, row), across - column);
      const bottom = mix(knot(column, row + 1), knot(column + 1, row + 1), across - column);
      smooth[y * SIDE + x] = mix(top, bottom, down - row);
    }
  }
  return smooth;
}

function mix(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
