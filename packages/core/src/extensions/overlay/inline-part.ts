import type { OverlayMoment, OverlayPart } from '../api/overlay-api.ts';
import { MomentQueue } from './moment-queue.ts';
import type { MountedPart } from './overlay-parts.ts';
import { PartCanvas } from './part-canvas.ts';
import { type PartPlace, partFailed, partSlow, STAYS_EMPTY } from './part-place.ts';
import { Slowness } from './slowness.ts';

/** A part of a trusted extension: it paints in the page, at once. */
export class InlinePart implements MountedPart {
  readonly #place: PartPlace;
  readonly #element: HTMLCanvasElement;
  readonly #queue = new MomentQueue();
  readonly #slowness = new Slowness();
  #state: MountedPart['state'] = 'loading';
  #part: OverlayPart | undefined;
  #canvas: PartCanvas | undefined;
  #disposed = false;

  /** @param create loads the module, if need be, and makes the part */
  constructor(place: PartPlace, create: () => Promise<OverlayPart>) {
    this.#place = place;
    this.#element = document.createElement('canvas');
    this.#element.setAttribute('aria-hidden', 'true');
    this.#element.style.cssText = 'display:block;width:100%;height:100%';
    place.element.append(this.#element);
    create().then(
      (part) => this.#begin(part),
      (thrown: unknown) => this.#fail(thrown),
    );
  }

  get state(): MountedPart['state'] {
    return this.#state;
  }

  paint(moment: OverlayMoment, pixelRatio: number): void {
    if (this.#disposed || this.#state === 'failed') return;
    this.#queue.add(moment, pixelRatio);
    this.#paint();
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#element.remove();
    this.#release();
  }

  #begin(part: OverlayPart): void {
    this.#part = part;
    if (this.#disposed) {
      this.#release();
      return;
    }
    try {
      this.#canvas = new PartCanvas(this.#element);
      this.#state = 'ready';
    } catch (thrown) {
      this.#fail(thrown);
    }
    this.#paint();
  }

  #paint(): void {
    const part = this.#part;
    const waiting = part ? this.#queue.take() : undefined;
    if (!part || !waiting) return;
    const { clock, onFault } = this.#place;
    const began = clock.now();
    try {
      this.#canvas?.paint(part, waiting.moment, waiting.pixelRatio);
      const ended = clock.now();
      if (this.#slowness.notice(ended - began, ended)) onFault(partSlow(this.#place));
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #fail(thrown: unknown): void {
    if (this.#disposed) return;
    this.#state = 'failed';
    this.#canvas?.clear();
    this.#release();
    this.#place.onFault(partFailed(this.#place, thrown, STAYS_EMPTY));
  }

  /** Lets the part go, once. */
  #release(): void {
    const part = this.#part;
    this.#part = undefined;
    try {
      part?.dispose?.();
    } catch (thrown) {
      this.#place.onFault(partFailed(this.#place, thrown, 'It was being disposed.'));
    }
  }
}
