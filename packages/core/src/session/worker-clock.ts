import { type Clock, type Disposable, systemClock } from '../base/index.ts';

/** All a timer needs: it answers each `[number, milliseconds]` with the number, that much later. */
const TIMER_CODE = 'onmessage = ({ data: [id, wait] }) => setTimeout(() => postMessage(id), wait);';

/**
 * The system's clock with timers that a hidden page keeps: browsers call a page that nobody sees once per second,
 * its workers on time. Where no worker is to be had (Node, a CSP that forbids blobs) its timers are the page's.
 */
export class WorkerClock implements Clock, Disposable {
  readonly #waiting = new Map<number, { readonly due: number; readonly callback: () => void }>();
  readonly #script: string | undefined;
  #worker: Worker | undefined;
  #count = 0;

  constructor() {
    if (typeof Worker === 'function') {
      this.#script = URL.createObjectURL(new Blob([TIMER_CODE], { type: 'text/javascript' }));
      this.#worker = startWorker(this.#script);
    }
    this.#worker?.addEventListener('message', ({ data }: MessageEvent<number>) => this.#fire(data));
    // A CSP that forbids the worker says so only now: what waits for it goes on with the page's timers.
    this.#worker?.addEventListener('error', () => {
      this.#stop();
      for (const [id, { due }] of this.#waiting) setTimeout(() => this.#fire(id), due - this.now());
    });
  }

  now(): number {
    return systemClock.now();
  }

  delay(milliseconds: number, callback: () => void): () => void {
    if (!this.#worker) return systemClock.delay(milliseconds, callback);
    this.#count += 1;
    const id = this.#count;
    this.#waiting.set(id, { due: this.now() + milliseconds, callback });
    this.#worker.postMessage([id, milliseconds]);
    return () => void this.#waiting.delete(id);
  }

  nextFrame(callback: () => void): () => void {
    return systemClock.nextFrame(callback);
  }

  /** Ends the worker; what was waited for does not happen. */
  dispose(): void {
    this.#waiting.clear();
    this.#stop();
    if (this.#script !== undefined) URL.revokeObjectURL(this.#script);
  }

  #fire(id: number): void {
    const entry = this.#waiting.get(id);
    this.#waiting.delete(id);
    entry?.callback();
  }

  #stop(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

function startWorker(script: string): Worker | undefined {
  try {
    return new Worker(script);
  } catch {
    // Refused at once: the page's timers do, only slower while it is hidden.
    return undefined;
  }
}
