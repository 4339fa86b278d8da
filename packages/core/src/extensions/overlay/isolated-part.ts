import type { OverlayMoment } from '../api/overlay-api.ts';
import { RestartPolicy } from '../manager/restart-policy.ts';
import { secondsText } from '../seconds-text.ts';
import { MomentQueue } from './moment-queue.ts';
import type { MountedPart } from './overlay-parts.ts';
import type { OverlayServices } from './overlay-runtime.ts';
import { type PartPlace, partFailed, partSlow, STAYS_EMPTY } from './part-place.ts';
import type { PartRun } from './part-run.ts';
import { Slowness } from './slowness.ts';

/** Where the code of an isolated part comes from, and what it may ask for. */
export interface IsolatedSource {
  /** The overlay module. @throws PoseCoachError when it is not to be had */
  text(signal: AbortSignal): Promise<string>;
  readonly services: OverlayServices;
  readonly frameUrl: string | undefined;
}

/**
 * A part of anybody's extension: it paints in a worker, in a frame of its own. One moment is under way at a time,
 * and of those that come meanwhile the newest is next. When it throws, hangs or breaks the protocol it is ended and
 * started again, half a second, a second and two seconds later; after that its place stays empty.
 */
export class IsolatedPart implements MountedPart {
  readonly #place: PartPlace;
  readonly #source: IsolatedSource;
  readonly #queue = new MomentQueue();
  readonly #slowness = new Slowness();
  readonly #restarts = new RestartPolicy();
  readonly #abort = new AbortController();
  #state: MountedPart['state'] = 'loading';
  #run: PartRun | undefined;
  #painting = false;
  #cancelRestart: () => void = () => undefined;

  constructor(place: PartPlace, source: IsolatedSource) {
    this.#place = place;
    this.#source = source;
    void this.#start();
  }

  get state(): MountedPart['state'] {
    return this.#state;
  }

  paint(moment: OverlayMoment, pixelRatio: number): void {
    if (this.#abort.signal.aborted || this.#state === 'failed') return;
    this.#queue.add(moment, pixelRatio);
    void this.#paint();
  }

  dispose(): void {
    this.#abort.abort();
    this.#cancelRestart();
    this.#end();
  }

  async #start(): Promise<void> {
    const { name, manifest, element, clock, seed } = this.#place;
    const { services, frameUrl } = this.#source;
    const { signal } = this.#abort;
    this.#state = 'loading';
    try {
      // Not before it is needed: pages with trusted parts only never load the worker's code.
      const { PartRun } = await import('./part-run.ts');
      const text = await this.#source.text(signal);
      const run = await PartRun.start({
        order: { manifest, part: name, seed, text },
        place: element,
        clock,
        frameUrl,
        services,
        signal,
        onFailed: (error) => this.#fail(error),
      });
      if (signal.aborted) return run.dispose();
      this.#run = run;
    } catch (error) {
      return this.#fail(error);
    }
    this.#state = 'ready';
    this.#queue.begin();
    void this.#paint();
  }

  async #paint(): Promise<void> {
    const run = this.#run;
    if (!run || this.#painting) return;
    this.#painting = true;
    for (let waiting = this.#queue.take(); waiting; waiting = this.#queue.take()) {
      try {
        const cost = await run.paint(waiting);
        this.#noticeCost(cost);
      } catch (error) {
        if (run === this.#run) this.#fail(error);
      }
      // Another run may have taken its place, with a painting of its own under way.
      if (run !== this.#run) return;
    }
    this.#painting = false;
  }

  #noticeCost(cost: number): void {
    const { clock, onFault } = this.#place;
    if (this.#slowness.notice(cost, clock.now())) onFault(partSlow(this.#place));
  }

  #fail(error: unknown): void {
    this.#end();
    if (this.#abort.signal.aborted) return;
    const { clock, onFault } = this.#place;
    const delay = this.#restarts.afterFailure(clock.now());
    if (delay === undefined) {
      this.#state = 'failed';
      onFault(partFailed(this.#place, error, STAYS_EMPTY));
      return;
    }
    this.#state = 'loading';
    this.#cancelRestart = clock.delay(delay, () => void this.#start());
    onFault(partFailed(this.#place, error, `It is started again in ${secondsText(delay)}.`));
  }

  #end(): void {
    const run = this.#run;
    this.#run = undefined;
    this.#painting = false;
    run?.dispose();
  }
}
