import { type Clock, PoseCoachError } from '../../base/index.ts';
import type { FrameGreeting, FromFrame, ToFrame } from './frame-messages.ts';

/** Milliseconds in which a frame that has loaded must answer; it does so within one turn, on a busy machine later. */
const GREETING_LIMIT = 5000;
/** Milliseconds in which a frame must have loaded. */
const LOADING_LIMIT = 20_000;
/** Milliseconds in which a living frame answers: no extension's code runs in it. */
const PING_LIMIT = 1000;

/** A worker in the frame. */
export interface FrameWorker {
  /** Terminates it. */
  end(): void;
}

export interface FrameOptions {
  readonly clock: Clock;
  /** The page of the frame, as text; or where it is served. */
  readonly page: { readonly text: string } | { readonly url: string };
  /** The script of its workers. */
  readonly worker: string;
  /** The element that it fills, for workers that paint. Without one nobody sees it. */
  readonly place?: HTMLElement;
  /** Aborting calls the opening off. */
  readonly signal?: AbortSignal;
}

/** As if it were not there. */
const HIDDEN = 'display:none !important';

/**
 * All of its place, and nothing but what is painted in it. The color scheme is that of the page in the frame:
 * where they differ, browsers paint a background behind it.
 */
const FILLING =
  'position:absolute;inset:0;width:100%;height:100%;border:0;pointer-events:none;background:transparent;color-scheme:light';

/**
 * The frame in which isolated code runs. Its sandbox gives it an origin of its own, which has no
 * storage, no cookies and no rights; its policy allows no network; Chromium gives it a process of its own.
 */
export class IsolationFrame {
  readonly #element: HTMLIFrameElement;
  readonly #clock: Clock;
  readonly #control = new MessageChannel();
  readonly #onWorkerError = new Map<number, (message: string) => void>();
  readonly #pings = new Map<number, () => void>();
  #lastId = 0;

  private constructor(element: HTMLIFrameElement, clock: Clock) {
    this.#element = element;
    this.#clock = clock;
  }

  /**
   * Puts the frame into the page and waits until it can start workers.
   * @throws PoseCoachError `EXTENSION_UNAVAILABLE` when the page's policy does not let it; `ABORTED`
   */
  static async open(options: FrameOptions): Promise<IsolationFrame> {
    const element = document.createElement('iframe');
    element.setAttribute('sandbox', 'allow-scripts');
    element.setAttribute('aria-hidden', 'true');
    element.title = 'Pose Coach extensions';
    element.referrerPolicy = 'no-referrer';
    element.tabIndex = -1;
    element.style.cssText = options.place ? FILLING : HIDDEN;
    const frame = new IsolationFrame(element, options.clock);
    const leave = () => frame.dispose();
    options.signal?.addEventListener('abort', leave, { once: true });
    try {
      await frame.#load(options);
      await frame.#greet(options);
    } catch (error) {
      frame.dispose();
      throw error;
    } finally {
      options.signal?.removeEventListener('abort', leave);
    }
    return frame;
  }

  /** Whether it is still where it was put. */
  get isInPage(): boolean {
    return this.#element.isConnected;
  }

  /**
   * Starts a worker and hands it a port.
   * @param onError told when it could not be started, and of what it throws where nobody catches it
   * @param canvas whether it gets a canvas that fills the frame
   */
  startWorker(
    name: string,
    port: MessagePort,
    onError: (message: string) => void,
    canvas = false,
  ): FrameWorker {
    const id = this.#nextId();
    this.#onWorkerError.set(id, onError);
    this.#post({ kind: 'start', id, name, canvas }, [port]);
    return {
      end: () => {
        if (this.#onWorkerError.delete(id)) this.#post({ kind: 'end', id });
      },
    };
  }

  /** Whether it answers: not when it was taken out of the page, or its process has crashed. */
  async isAlive(): Promise<boolean> {
    const id = this.#nextId();
    try {
      return await new Promise<boolean>((resolve) => {
        const cancel = this.#clock.delay(PING_LIMIT, () => resolve(false));
        this.#pings.set(id, () => {
          cancel();
          resolve(true);
        });
        this.#post({ kind: 'ping', id });
      });
    } finally {
      this.#pings.delete(id);
    }
  }

  /** Takes it out of the page, and with it every worker that runs in it. */
  dispose(): void {
    this.#element.remove();
    this.#control.port1.close();
    this.#onWorkerError.clear();
  }

  #load(options: FrameOptions): Promise<void> {
    const { page, place = document.documentElement } = options;
    const late = () => unavailable('its frame did not load', page);
    return inTime(options, LOADING_LIMIT, late, (loaded, failed) => {
      this.#element.addEventListener('load', loaded, { once: true });
      try {
        if ('url' in page) this.#element.src = page.url;
        else this.#element.srcdoc = page.text;
        // Without a place not into the body: apps replace its content.
        place.append(this.#element);
      } catch (cause) {
        failed(unavailable('the page does not let its frame be made', page, cause));
      }
    });
  }

  #greet(options: FrameOptions): Promise<void> {
    const { page, worker } = options;
    const late = () => unavailable('the script of its frame did not run', page);
    return inTime(options, GREETING_LIMIT, late, (ready) => {
      this.#control.port1.onmessage = ({ data }: MessageEvent<FromFrame>) => {
        if (data.kind === 'error') this.#onWorkerError.get(data.id)?.(data.message);
        if (data.kind === 'pong') this.#pings.get(data.id)?.();
        if (data.kind === 'ready') ready();
      };
      const greeting: FrameGreeting = { poseCoach: 'extensions', worker };
      // To anybody: the frame's origin has no name. What it is told is in every copy of this package.
      this.#element.contentWindow?.postMessage(greeting, '*', [this.#control.port2]);
    });
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  #post(message: ToFrame, transfer: Transferable[] = []): void {
    this.#control.port1.postMessage(message, transfer);
  }
}

/** Waits for something while it is wanted, and no longer than it may take; leaves no timer behind. */
async function inTime(
  { clock, signal }: FrameOptions,
  milliseconds: number,
  tooLate: () => PoseCoachError,
  begin: (done: () => void, failed: (error: PoseCoachError) => void) => void,
): Promise<void> {
  const abort = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      const cancel = clock.delay(milliseconds, () => reject(tooLate()));
      abort.signal.addEventListener('abort', cancel);
      const callOff = () => reject(new PoseCoachError('ABORTED', 'Opening a frame was called off.'));
      signal?.addEventListener('abort', callOff, { signal: abort.signal });
      if (signal?.aborted) callOff();
      else begin(resolve, reject);
    });
  } finally {
    abort.abort();
  }
}

/** What to do when the frame does not come up: most likely a content security policy. */
function unavailable(what: string, page: FrameOptions['page'], cause?: unknown): PoseCoachError {
  const advice =
    'url' in page
      ? `See that ${page.url} is "@pose-coach/core/extension-frame.html" as the package has it, that the page's content security policy lets it be framed (frame-src), that it is answered without a policy of its own that forbids its script or workers from blobs, and, in a cross-origin isolated page, with "cross-origin-embedder-policy: require-corp" and "cross-origin-resource-policy: cross-origin".`
      : 'A content security policy of this page probably forbids scripts in a srcdoc: serve "@pose-coach/core/extension-frame.html" and set "frameUrl" to its address, or trust the extension.';
  return new PoseCoachError(
    'EXTENSION_UNAVAILABLE',
    `Extensions cannot be isolated here: ${what}. ${advice}`,
    {
      cause,
    },
  );
}
