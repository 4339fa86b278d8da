import { type Clock, PoseCoachError, toPoseCoachError } from '../../base/index.ts';
import type { FrameImage } from '../../capture/index.ts';
import type { Connect, EngineLink, LinkListener } from './engine-link.ts';
import type { EngineFiles, EngineReply, EngineRequest, EngineSettings } from './engine-messages.ts';

/** Longest waits in ms, after which an engine that says nothing is given up. */
const PATIENCE = {
  /** A worker from a blob can fail without a word (sandboxed frames); a busy machine starts one in a second. */
  hello: 10_000,
  /** Compiling shaders has been seen to take half a minute. */
  start: 120_000,
  /** MediaPipe's heaviest model on a software GPU takes about 2 seconds; WebGPU on one, 20 on a busy machine. */
  detect: 45_000,
  /** An engine that is busy stops after its picture. */
  stop: 1_000,
};

/** What an engine found in one picture, still packed, and the milliseconds it took. */
export type Found = Extract<EngineReply, { type: 'found' }>;

type ReplyType = EngineReply['type'];

interface Waiting {
  readonly types: readonly ReplyType[];
  resolve(reply: EngineReply): void;
  reject(error: PoseCoachError): void;
  readonly cancelTimeout: () => void;
}

/** One engine that runs, in a worker or on this thread, until it is stopped or dies. */
export class Engine<Settings extends EngineSettings = EngineSettings, Surroundings = unknown>
  implements LinkListener
{
  /** Called once, when the engine died and was not stopped. */
  onDied: (error: PoseCoachError) => void = () => undefined;
  readonly #clock: Clock;
  readonly #early: EngineReply[] = [];
  #link: EngineLink | undefined;
  #waiting: Waiting | undefined;
  #ended: PoseCoachError | undefined;
  #started = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Runs the engine's code and waits for its first word.
   * @returns what there is to calculate with where it runs
   * @throws PoseCoachError `ENGINE_CRASHED` when the thread is not to be had, `ENGINE_UNSUPPORTED`, `DISPOSED`
   */
  async open(connect: Connect): Promise<Surroundings> {
    const link = await connect(this);
    this.#link = link;
    if (this.#ended) link.end();
    const hello = (await this.#answer(['hello'], PATIENCE.hello)) as Extract<
      EngineReply<Surroundings>,
      { type: 'hello' }
    >;
    return hello.surroundings;
  }

  /** Stopped or dead. */
  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** Loads and warms up. @throws PoseCoachError `ENGINE_CRASHED` */
  async start(settings: Settings, files: EngineFiles): Promise<void> {
    await this.#ask({ type: 'start', settings, files }, ['started'], PATIENCE.start);
    this.#started = true;
  }

  /**
   * Looks at one picture, which it owns and closes. Not to be called again before it has answered.
   * @throws PoseCoachError `FRAME_INVALID`, `ENGINE_CRASHED`, `DISPOSED`
   */
  async detect(image: FrameImage, timestamp: number): Promise<Found> {
    const request = { type: 'detect', image, timestamp } as const;
    const reply = await this.#ask(request, ['found', 'refused'], PATIENCE.detect, image);
    if (reply.type === 'found') return reply;
    const why = reply.type === 'refused' ? reply.message : reply.type;
    throw new PoseCoachError('FRAME_INVALID', `The engine could not read this picture: ${why}`);
  }

  /** Forgets whom it follows. */
  reset(): void {
    if (!this.#ended) this.#link?.post({ type: 'reset' });
  }

  /** Releases it; resolves when it is gone. */
  async stop(): Promise<void> {
    if (this.#ended) return;
    const stopped = new PoseCoachError('DISPOSED', 'The engine was disposed.');
    this.#ended = stopped;
    this.#settle(({ reject }) => reject(stopped));
    this.#link?.post({ type: 'stop' });
    // One that is still loading would answer late, and has nothing to put in order.
    if (this.#started) await this.#answer(['stopped'], PATIENCE.stop).catch(() => undefined);
    this.#link?.end();
  }

  onReply(reply: EngineReply): void {
    if (reply.type === 'broken') {
      this.onDeath(new Error(reply.message));
    } else if (this.#waiting) {
      if (this.#waiting.types.includes(reply.type)) this.#settle(({ resolve }) => resolve(reply));
    } else {
      this.#early.push(reply);
    }
  }

  onDeath(cause: Error): void {
    if (this.#ended) return;
    const error = new PoseCoachError('ENGINE_CRASHED', `The engine stopped working: ${cause.message}`, {
      cause,
    });
    this.#end(error);
    this.onDied(error);
  }

  #end(error: PoseCoachError): void {
    this.#ended = error;
    this.#link?.end();
    this.#settle(({ reject }) => reject(error));
  }

  /** `image` is handed over with the request; what cannot be handed over is closed here. */
  async #ask(
    request: EngineRequest,
    types: readonly ReplyType[],
    patience: number,
    image?: FrameImage,
  ): Promise<EngineReply> {
    try {
      if (this.#ended) throw this.#ended;
      if (this.#waiting)
        throw new PoseCoachError('FRAME_INVALID', 'The engine looks at one picture at a time.');
      this.#link?.post(request, image ? [image] : []);
    } catch (error) {
      image?.close();
      throw toPoseCoachError(error, 'FRAME_INVALID', 'The picture could not be handed to the engine.');
    }
    return this.#answer(types, patience);
  }

  #answer(types: readonly ReplyType[], patience: number): Promise<EngineReply> {
    if (this.#ended && !types.includes('stopped')) return Promise.reject(this.#ended);
    const early = this.#early.splice(0).find(({ type }) => types.includes(type));
    if (early) return Promise.resolve(early);
    return new Promise((resolve, reject) => {
      const cancelTimeout = this.#clock.delay(patience, () => {
        reject(
          new PoseCoachError('ENGINE_CRASHED', `The engine said nothing for ${patience / 1000} seconds.`),
        );
        this.onDeath(new Error(`no answer within ${patience / 1000} seconds`));
      });
      this.#waiting = { types, resolve, reject, cancelTimeout };
    });
  }

  #settle(answer: (waiting: Waiting) => void): void {
    const waiting = this.#waiting;
    if (!waiting) return;
    this.#waiting = undefined;
    waiting.cancelTimeout();
    answer(waiting);
  }
}
