import { worker } from 'virtual:extension-worker';
import { page } from 'virtual:isolation-frame';
import { type Clock, type Disposable, PoseCoachError } from '../../base/index.ts';
import type { PoseFrame } from '../../pose/index.ts';
import type { RunningExtension, StartRequest } from '../host.ts';
import type { ExtensionManifest } from '../manifest/manifest.ts';
import { endedError, hostGoneError } from '../runtime/index.ts';
import { IsolatedExtension } from './isolated-extension.ts';
import { type FrameWorker, IsolationFrame } from './isolation-frame.ts';
import { ISOLATION_LIMITS, type IsolationLimits } from './isolation-limits.ts';
import { type PackedFrame, packFrame } from './packed-frame.ts';

/**
 * Extensions that fell silent within so many ms of the first are under the same suspicion when their process
 * crashed: while it fills its memory, the others still answer their frames.
 */
const SUSPICION = 100;

/** The frame of one host, and who lives in it. */
export class Isolation implements Disposable {
  readonly #clock: Clock;
  readonly #page: { readonly text: string } | { readonly url: string };
  readonly #limits: IsolationLimits;
  /** One packing per frame, however many extensions it goes to. */
  readonly #packed = new WeakMap<PoseFrame, PackedFrame>();
  readonly #residents = new Map<IsolatedExtension, ExtensionManifest>();
  #frame: Promise<IsolationFrame> | undefined;
  /** Starts that need the frame, and have no extension in it yet. */
  #arriving = 0;
  #disposed = false;

  constructor(clock: Clock, frameUrl: string | undefined, limits: Partial<IsolationLimits>) {
    this.#clock = clock;
    this.#page = frameUrl === undefined ? { text: page } : { url: frameUrl };
    this.#limits = { ...ISOLATION_LIMITS, ...limits };
  }

  /** As `ExtensionHost.start`. */
  async start(request: StartRequest): Promise<RunningExtension> {
    const { manifest, code, signal } = request;
    this.#requireStartable(manifest.title, signal);
    if (code.kind !== 'text') throw noText(manifest.title);
    this.#arriving += 1;
    let running: Promise<RunningExtension>;
    try {
      const frame = await this.#open();
      this.#requireStartable(manifest.title, signal);
      running = this.#run(frame, request, code.text);
    } finally {
      this.#arriving -= 1;
      this.#closeIfEmpty();
    }
    return running;
  }

  /** Ends all that it has started, and the frame. */
  dispose(): void {
    this.#disposed = true;
    this.#endAll(hostGoneError);
    this.#closeIfEmpty();
  }

  async #run(frame: IsolationFrame, request: StartRequest, text: string): Promise<RunningExtension> {
    const { manifest, permissions, settings, services, signal } = request;
    const channel = new MessageChannel();
    let inFrame: FrameWorker | undefined;
    const abort = () => extension.end(endedError(manifest.title));
    const extension = new IsolatedExtension({
      manifest,
      services,
      port: channel.port1,
      clock: this.#clock,
      limits: this.#limits,
      pack: (poseFrame) => this.#pack(poseFrame),
      onSilent: (error) => void this.#judge(frame, extension, error),
      onEnd: () => {
        signal.removeEventListener('abort', abort);
        inFrame?.end();
        this.#residents.delete(extension);
        this.#closeIfEmpty();
      },
    });
    this.#residents.set(extension, manifest);
    signal.addEventListener('abort', abort, { once: true });
    inFrame = frame.startWorker(manifest.id, channel.port2, (message) =>
      extension.fail(
        new PoseCoachError('EXTENSION_FAILED', `${manifest.title} failed in its thread: ${message}`),
      ),
    );
    await extension.start({ manifest, permissions, settings, text });
    return extension;
  }

  /** Decides why one does not answer: because of what it does, or because the frame is no more. */
  async #judge(frame: IsolationFrame, extension: IsolatedExtension, error: PoseCoachError): Promise<void> {
    if (await frame.isAlive()) return extension.fail(error);
    if (!this.#residents.has(extension)) return;
    const since = [...this.#residents.keys()].map((one) => one.silentSince ?? Number.POSITIVE_INFINITY);
    const first = Math.min(...since);
    const crashed = frame.isInPage;
    this.#endAll((one, { id }) =>
      crashed && (one.silentSince ?? Number.POSITIVE_INFINITY) <= first + SUSPICION
        ? crash(id)
        : collateral(id, crashed),
    );
    this.#forget(frame);
  }

  #endAll(reason: (one: IsolatedExtension, manifest: ExtensionManifest) => PoseCoachError): void {
    const ends = [...this.#residents].map(([one, manifest]) => [one, reason(one, manifest)] as const);
    for (const [one, error] of ends) one.fail(error);
  }

  #open(): Promise<IsolationFrame> {
    if (!this.#frame) {
      const frame = IsolationFrame.open({ clock: this.#clock, page: this.#page, worker });
      this.#frame = frame;
      // The next start tries again.
      frame.catch(() => {
        if (this.#frame === frame) this.#frame = undefined;
      });
    }
    return this.#frame;
  }

  #closeIfEmpty(): void {
    if (this.#residents.size > 0 || this.#arriving > 0) return;
    this.#frame?.then(
      (frame) => frame.dispose(),
      () => undefined,
    );
    this.#frame = undefined;
  }

  /** Gives up a frame that is dead: the next start makes another one. */
  #forget(frame: IsolationFrame): void {
    frame.dispose();
    const held = this.#frame;
    held?.then(
      (current) => {
        if (current === frame && this.#frame === held) this.#frame = undefined;
      },
      () => undefined,
    );
  }

  #pack(frame: PoseFrame): PackedFrame {
    const known = this.#packed.get(frame);
    if (known) return known;
    const packed = packFrame(frame);
    this.#packed.set(frame, packed);
    return packed;
  }

  #requireStartable(extension: string, signal: AbortSignal): void {
    if (this.#disposed) throw hostGoneError();
    if (signal.aborted) throw endedError(extension);
  }
}

function noText(extension: string): PoseCoachError {
  return new PoseCoachError(
    'EXTENSION_FAILED',
    `${extension} came as a module, which cannot be locked away any more: hand over its text, or trust it.`,
  );
}

function crash(extension: string): PoseCoachError {
  return new PoseCoachError(
    'EXTENSION_FAILED',
    `${extension} failed: the process it ran in has crashed, most likely because it used up the memory. Report it to the extension's author.`,
  );
}

function collateral(extension: string, crashed: boolean): PoseCoachError {
  const why = crashed
    ? 'another extension has crashed the process they share'
    : 'the frame of isolated extensions was taken out of the page';
  return new PoseCoachError(
    'ABORTED',
    `${extension} was ended through no fault of its own: ${why}. Start it again.`,
  );
}
