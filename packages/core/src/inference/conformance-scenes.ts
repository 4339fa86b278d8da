import type { Landmark } from '../pose/index.ts';
import type { Pictures, Size } from './conformance-pictures.ts';

type Point = Pick<Landmark, 'x' | 'y'>;

/** Pixels of the scenes in which nobody is. */
const EMPTY: Size = { width: 320, height: 240 };

/** Pictures that the conformance suite shows besides the clip's own. */
export class Scenes<Picture extends Size> {
  readonly #pictures: Pictures<Picture>;

  constructor(pictures: Pictures<Picture>) {
    this.#pictures = pictures;
  }

  /** The frame as large as it fits in the middle of a grey picture, and where its landmarks are then. */
  place(frame: Picture, width: number, height: number) {
    const scale = Math.min(width / frame.width, height / frame.height);
    const [w, h] = [frame.width * scale, frame.height * scale];
    const [left, top] = [(width - w) / 2, (height - h) / 2];
    const picture = this.#pictures.draw(width, height, (drawing) => {
      drawing.fillStyle = '#8a8f94';
      drawing.fillRect(0, 0, width, height);
      drawing.drawImage(frame, left, top, w, h);
    });
    const map = ({ x, y }: Point): Point => ({ x: (left + x * w) / width, y: (top + y * h) / height });
    return { picture, map, height: h };
  }

  /** The frame as a mirror shows it. */
  mirror(frame: Picture): Picture {
    return this.#pictures.draw(frame.width, frame.height, (drawing) => {
      drawing.translate(frame.width, 0);
      drawing.scale(-1, 1);
      drawing.drawImage(frame, 0, 0);
    });
  }

  /** The frame twice, side by side. */
  pair(frame: Picture): Picture {
    return this.#pictures.draw(2 * frame.width, frame.height, (drawing) => {
      drawing.drawImage(frame, 0, 0);
      drawing.drawImage(frame, frame.width, 0);
    });
  }

  /** One colour all over. */
  flat(colour: string): Picture {
    const { width, height } = EMPTY;
    return this.#pictures.draw(width, height, (drawing) => {
      drawing.fillStyle = colour;
      drawing.fillRect(0, 0, width, height);
    });
  }

  /** A wall in the light of a window. */
  gradient(): Picture {
    const { width, height } = EMPTY;
    return this.#pictures.draw(width, height, (drawing) => {
      const light = drawing.createLinearGradient(0, 0, width, height);
      light.addColorStop(0, '#f4ead5');
      light.addColorStop(1, '#3a4250');
      drawing.fillStyle = light;
      drawing.fillRect(0, 0, width, height);
    });
  }

  /** Upright shapes, as a shelf or a curtain has them. */
  stripes(): Picture {
    const { width, height } = EMPTY;
    return this.#pictures.draw(width, height, (drawing) => {
      drawing.fillStyle = '#d8c8a8';
      drawing.fillRect(0, 0, width, height);
      for (let x = 0; x < width; x += 40) {
        drawing.fillStyle = x % 80 === 0 ? '#6b4a2f' : '#2f4a6b';
        drawing.fillRect(x, 20, 22, 200);
      }
    });
  }

  /** The same noise for the same seed, from a linear congruential generator (Numerical Recipes' constants). */
  noise(seed: number): Picture {
    const { width, height } = EMPTY;
    const pixels = new Uint8ClampedArray(width * height * 4);
    let state = seed;
    for (let at = 0; at < pixels.length; at += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      pixels[at] = at % 4 === 3 ? 255 : state >>> 24;
    }
    return this.#pictures.fromPixels(pixels, width, height);
  }
}
