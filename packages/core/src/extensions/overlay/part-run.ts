import { page } from 'virtual:isolation-frame';
import { worker } from 'virtual:overlay-worker';
import { type Clock, type Disposable, PoseCoachError, toPoseCoachError } from '../../base/index.ts';
import type { OverlayMoment } from '../api/overlay-api.ts';
import type { ExtensionServices } from '../host.ts';
import { ACTIVATION_LIMIT } from '../host-limits.ts';
import { type FrameWorker, IsolationFrame } from '../isolated/isolation-frame.ts';
import type { MountOrder } from '../isolated/wire.ts';
import { WorkerLine } from '../isolated/worker-line.ts';
import type { WaitingMoment } from './moment-queue.ts';
import type { OverlayServices } from './overlay-runtime.ts';

/** Milliseconds for a painting, and for a sign of life while nothing is to be painted. */
const PAINTING_LIMIT = 2000;

export interface PartRunParts {
  readonly order: MountOrder;
  readonly place: HTMLElement;
  readonly clock: Clock;
  readonly frameUrl: string | undefined;
  readonly services: OverlayServices;
  /** Aborted when nobody wants it any more. */
  readonly signal: AbortSignal;
  /** Called at most once, after the start: it has ended by itself. */
  readonly onFailed: (error: PoseCoachError) => void;
}

/** One run of an isolated part: a frame in its place, in that a worker, and the line to it. */
export class PartRun implements Disposable {
  readonly #parts: PartRunParts;
  readonly #frame: IsolationFrame;
  readonly #line: WorkerLine;
  readonly #worker: FrameWorker;
  /** Those that the worker knows. */
  #metrics: OverlayMoment['metrics'] | undefined;
  #started = false;
  #ended = false;

  private constructor(parts: PartRunParts, frame: IsolationFrame) {
    const { manifest } = parts.order;
    const channel = new MessageChannel();
    this.#parts = parts;
    this.#frame = frame;
    this.#line = new WorkerLine({
      title: manifest.title,
      services: paintingOnly(parts.services),
      port: channel.port1,
      clock: parts.clock,
      heartbeat: PAINTING_LIMIT,
      onSilent: (error) => void this.#judge(error),
      onFault: (error) => this.#fail(error),
    });
    const failed = (message: string) =>
      this.#fail(
        new PoseCoachError('EXTENSION_FAILED', `${manifest.title} failed in its thread: ${message}`),
      );
    this.#worker = frame.startWorker(manifest.id, channel.port2, failed, true);
  }

  /**
   * Resolves when the part can be painted; otherwise nothing is left of it.
   * @throws PoseCoachError `EXTENSION_FAILED`, `EXTENSION_UNAVAILABLE`, `ABORTED`
   */
  static async start(parts: PartRunParts): Promise<PartRun> {
    const { order, place, clock, frameUrl, signal } = parts;
    const source = frameUrl === undefined ? { text: page } : { url: frameUrl };
    const frame = await IsolationFrame.open({ clock, page: source, worker, place, signal });
    const run = new PartRun(parts, frame);
    const abort = () => run.dispose();
    signal.addEventListener('abort', abort, { once: true });
    try {
      if (signal.aborted) throw gone();
      await run.#line.call({ kind: 'mount', order }, ACTIVATION_LIMIT, 'function activateOverlay');
    } catch (error) {
      run.dispose();
      throw toPoseCoachError(error, 'EXTENSION_FAILED', 'It could not be started.');
    } finally {
      signal.removeEventListener('abort', abort);
    }
    run.#started = true;
    run.#line.watch();
    return run;
  }

  /** Resolves with the milliseconds that the part took. @throws PoseCoachError when it failed: it is to be disposed */
  async paint({ moment, pixelRatio }: WaitingMoment): Promise<number> {
    const { clock } = this.#parts;
    const { metrics, ...rest } = moment;
    const news = metrics === this.#metrics ? {} : { metrics };
    this.#metrics = metrics;
    const began = clock.now();
    const order = { kind: 'paint', moment: rest, pixelRatio, ...news } as const;
    const cost = await this.#line.call(order, PAINTING_LIMIT, 'painting');
    // It cannot have taken longer than it was waited for, whatever it says.
    return typeof cost === 'number' ? Math.min(cost, clock.now() - began) : 0;
  }

  /** Ends it at once, asking nobody, and takes it out of the page. */
  dispose(): void {
    this.#end(gone());
  }

  /** Why it does not answer: because of what it does, or because its frame is no more. */
  async #judge(error: PoseCoachError): Promise<void> {
    const { title } = this.#parts.order.manifest;
    if (await this.#frame.isAlive()) return this.#fail(error);
    const why = this.#frame.isInPage ? 'has crashed, or its place was moved' : 'was taken out of the page';
    this.#fail(new PoseCoachError('EXTENSION_FAILED', `${title} failed: the frame it paints in ${why}.`));
  }

  #fail(error: PoseCoachError): void {
    if (this.#ended) return;
    this.#end(error);
    if (this.#started) this.#parts.onFailed(error);
  }

  #end(error: PoseCoachError): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#line.dispose();
    this.#worker.end();
    this.#frame.dispose();
    this.#line.settle(error);
  }
}

/** What a part may ask of the page: nothing but its files. */
function paintingOnly({ log, asset }: OverlayServices): ExtensionServices {
  const refuse = async () => {
    throw new PoseCoachError(
      'PERMISSION_DENIED',
      'Parts of the overlay paint; they keep nothing, run no commands and reach no server.',
    );
  };
  return {
    log,
    asset,
    executeCommand: refuse,
    stateGet: refuse,
    stateSet: refuse,
    stateKeys: refuse,
    fetch: refuse,
    failed: () => undefined,
  };
}

function gone(): PoseCoachError {
  return new PoseCoachError('ABORTED', 'It is not wanted any more.');
}
