import type { OverlayMoment, Reading, SettingValues } from '@pose-coach/core/extension';
import { defaultSettings, manifest, moment, newCanvas, part, pixelsOf } from '../overlay.test-support.ts';

export type Readings = OverlayMoment['readings'];

/** Readings that are known. */
export function read(
  values: Readonly<Record<string, NonNullable<Reading['value']>>>,
  more: Partial<Reading> = {},
): Readings {
  return Object.fromEntries(
    Object.entries(values).map(([metric, value]) => [
      metric,
      { metric, timestamp: 0, status: 'ok', value, confidence: 1, ...more },
    ]),
  );
}

/** A reading that is not. */
export function unknown(metric: string): Readings {
  return { [metric]: { metric, timestamp: 0, status: 'unknown', reason: 'Nobody is seen.', confidence: 0 } };
}

/** A widget that is painted moment by moment, and what words it has written at the last. */
export class Painted {
  readonly #part;
  readonly #id: string;
  readonly #settings: SettingValues;
  readonly #size: OverlayMoment['size'];
  #canvas;
  readonly #fillText: (text: string, x: number, y: number) => void;
  #pixels: ReturnType<typeof pixelsOf> | undefined;
  #now = 1000;

  constructor(name: string, settings: SettingValues = {}, size?: OverlayMoment['size']) {
    this.#id = `overlay.${name}`;
    this.#part = part(this.#id);
    this.#settings = { ...defaultSettings(this.#id), ...settings };
    const declared = manifest.contributes.overlayWidgets.find(({ id }) => id === this.#id);
    this.#size = size ?? declared?.size ?? { width: 300, height: 150 };
    this.#canvas = newCanvas(this.#size.width, this.#size.height);
    this.#fillText = this.#canvas.context.fillText.bind(this.#canvas.context);
  }

  /** Paints so many ms later, and gives the words in the order in which they were written. */
  after(elapsed: number, changes: Partial<OverlayMoment> = {}): readonly string[] {
    const { words } = this.written(elapsed, changes);
    return words;
  }

  written(elapsed: number, changes: Partial<OverlayMoment> = {}) {
    this.#now += elapsed;
    const { context } = this.#canvas;
    context.clearRect(0, 0, this.#size.width, this.#size.height);
    this.#pixels = undefined;
    const words: string[] = [];
    const edges: { left: number; right: number; top: number; bottom: number }[] = [];
    context.fillText = (text: string, x: number, y: number) => {
      words.push(text);
      const { width } = context.measureText(text);
      const left = x - width * { left: 0, center: 0.5, right: 1, start: 0, end: 1 }[context.textAlign];
      const size = Number(/([\d.]+)px/.exec(context.font)?.[1]);
      const { a, d, e, f } = context.getTransform();
      edges.push({
        left: left * a + e,
        right: (left + width) * a + e,
        top: (y - size * 0.75) * d + f,
        bottom: (y + size * 0.05) * d + f,
      });
      this.#fillText(text, x, y);
    };
    this.#part.paint(
      context,
      moment({ now: this.#now, elapsed, size: this.#size, settings: this.#settings, ...changes }),
    );
    return { words, edges, now: this.#now };
  }

  /** What the last painting has left: read once. */
  get pixels() {
    this.#pixels ??= pixelsOf(this.#canvas.canvas);
    return this.#pixels;
  }
}
