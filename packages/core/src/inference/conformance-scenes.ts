import type { Landmark } from '../pose/index.ts';

type Point = Pick<Landmark, 'x' | 'y'>;

/** The frame as large as it fits in the middle of a grey picture, and where its landmarks are then. */
export function place(frame: ImageBitmap, width: number, height: number) {
  const scale = Math.min(width / frame.width, height / frame.height);
  const [w, h] = [frame.width * scale, frame.height * scale];
  const [left, top] = [(width - w) / 2, (height - h) / 2];
  const canvas = flat('#8a8f94', width, height);
  canvas.getContext('2d')?.drawImage(frame, left, top, w, h);
  const map = ({ x, y }: Point): Point => ({ x: (left + x * w) / width, y: (top + y * h) / height });
  return { canvas, map, height: h };
}

/** The frame as a mirror shows it. */
export async function mirror(frame: ImageBitmap): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(frame.width, frame.height);
  const drawing = canvas.getContext('2d');
  drawing?.translate(frame.width, 0);
  drawing?.scale(-1, 1);
  drawing?.drawImage(frame, 0, 0);
  return createImageBitmap(canvas);
}

/** One colour all over. */
export function flat(colour: string, width = 320, height = 240): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const drawing = canvas.getContext('2d');
  if (!drawing) throw new Error('There is no 2-D canvas here.');
  drawing.fillStyle = colour;
  drawing.fillRect(0, 0, width, height);
  return canvas;
}

/** A wall in the light of a window. */
export function gradient(): OffscreenCanvas {
  const canvas = flat('black');
  const drawing = canvas.getContext('2d');
  const light = drawing?.createLinearGradient(0, 0, 320, 240);
  light?.addColorStop(0, '#f4ead5');
  light?.addColorStop(1, '#3a4250');
  if (drawing && light) {
    drawing.fillStyle = light;
    drawing.fillRect(0, 0, 320, 240);
  }
  return canvas;
}

/** Upright shapes, as a shelf or a curtain has them. */
export function stripes(): OffscreenCanvas {
  const canvas = flat('#d8c8a8');
  const drawing = canvas.getContext('2d');
  for (let x = 0; drawing && x < 320; x += 40) {
    drawing.fillStyle = x % 80 === 0 ? '#6b4a2f' : '#2f4a6b';
    drawing.fillRect(x, 20, 22, 200);
  }
  return canvas;
}

/** The same noise for the same seed, from a linear congruential generator (Numerical Recipes' constants). */
export function noise(seed: number): OffscreenCanvas {
  const canvas = flat('black');
  const pixels = new ImageData(320, 240);
  let state = seed;
  for (let at = 0; at < pixels.data.length; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    pixels.data[at] = at % 4 === 3 ? 255 : state >>> 24;
  }
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return canvas;
}
