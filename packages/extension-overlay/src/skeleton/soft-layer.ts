import type { OverlayCanvas, OverlayMoment, OverlayPartSetup } from '@pose-coach/core/extension';
import type { Box } from '../painting/box.ts';
import type { Figure, HandFigure } from './figure.ts';

/** Stage pixels per pixel of the layer: what is soft loses nothing, and costs a sixteenth. */
const SCALE = 4;

/** Paints what is soft small, and enlarges it: smoother than in full size, and cheap also where there is no graphics card. */
export class SoftLayer {
  readonly #setup: OverlayPartSetup;
  #picture: OffscreenCanvas | undefined;

  constructor(setup: OverlayPartSetup) {
    this.#setup = setup;
  }

  /**
   * Adds to a canvas, as its blending has it, what is painted around a person.
   * @param reach how far it reaches beyond the joints, in stage pixels
   * @param paint is given a brush of the same coordinates as the canvas
   */
  paint(
    canvas: OverlayCanvas,
    figure: Figure,
    { size }: OverlayMoment,
    reach: number,
    paint: (brush: OverlayCanvas) => void,
  ): void {
    const box = around(figure, reach, size);
    if (!box) return;
    const width = box.width / SCALE;
    const height = box.height / SCALE;
    const picture = this.#pictureOf(width, height);
    const brush = picture.getContext('2d');
    if (!brush) return;
    brush.save();
    // All of it: what lies beside the person is blended into the edge when it is enlarged.
    brush.clearRect(0, 0, picture.width, picture.height);
    brush.setTransform(1 / SCALE, 0, 0, 1 / SCALE, -box.x / SCALE, -box.y / SCALE);
    brush.lineCap = 'round';
    brush.lineJoin = 'round';
    paint(brush);
    brush.restore();
    canvas.globalAlpha = 1;
    canvas.drawImage(picture, 0, 0, width, height, box.x, box.y, box.width, box.height);
  }

  /** One canvas for all sizes: it only grows. */
  #pictureOf(width: number, height: number): OffscreenCanvas {
    const known = this.#picture;
    if (known && known.width >= width && known.height >= height) return known;
    const picture = this.#setup.createCanvas(
      Math.max(width, known?.width ?? 0),
      Math.max(height, known?.height ?? 0),
    );
    this.#picture = picture;
    return picture;
  }
}

/** The part of the item around a person, in whole pixels of the layer so that nothing shimmers; nothing when it is outside. */
function around(figure: Figure, reach: number, size: OverlayMoment['size']): Box | undefined {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  const include = (x: number, y: number) => {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  };
  for (let joint = 0; joint < figure.x.length; joint += 1) {
    if ((figure.opacity[joint] ?? 0) > 0) include(figure.x[joint] ?? 0, figure.y[joint] ?? 0);
  }
  for (const hand of [figure.hands.left, figure.hands.right]) includeHand(hand, include);
  const { head } = figure;
  if (head.opacity > 0) {
    include(head.x - head.radius, head.y - head.radius);
    include(head.x + head.radius, head.y + head.radius);
  }
  const left = Math.max(0, Math.floor((box.left - reach) / SCALE) * SCALE);
  const top = Math.max(0, Math.floor((box.top - reach) / SCALE) * SCALE);
  const right = Math.ceil(Math.min(size.width, box.right + reach) / SCALE) * SCALE;
  const bottom = Math.ceil(Math.min(size.height, box.bottom + reach) / SCALE) * SCALE;
  if (!(right > left && bottom > top)) return undefined;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function includeHand(hand: HandFigure, include: (x: number, y: number) => void): void {
  if (hand.opacity <= 0) return;
  for (let joint = 0; joint < hand.x.length; joint += 1) include(hand.x[joint] ?? 0, hand.y[joint] ?? 0);
}
