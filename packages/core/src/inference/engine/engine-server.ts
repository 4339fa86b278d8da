import type { EngineReply, EngineRequest, EngineSettings } from './engine-messages.ts';
import type { Landmarker, StartLandmarker } from './landmarker.ts';

type Request<T extends EngineRequest['type'], Settings extends EngineSettings = EngineSettings> = Extract<
  EngineRequest<Settings>,
  { type: T }
>;

/** The engine's side of the conversation: one landmarker, one request after the other, in the order they came in. */
export class EngineServer<Settings extends EngineSettings, Picture> {
  readonly #startLandmarker: StartLandmarker<Settings, Picture>;
  readonly #reply: (reply: EngineReply, transfer?: Transferable[]) => void;
  #landmarker: Landmarker<Picture> | undefined;
  #work: Promise<unknown> = Promise.resolve();
  #stopped = false;

  constructor(
    startLandmarker: StartLandmarker<Settings, Picture>,
    reply: (reply: EngineReply, transfer?: Transferable[]) => void,
  ) {
    this.#startLandmarker = startLandmarker;
    this.#reply = reply;
  }

  handle(request: EngineRequest<Settings>): void {
    switch (request.type) {
      case 'start':
        void this.#start(request);
        break;
      case 'detect':
        this.#next(() => this.#detect(request));
        break;
      case 'reset':
        this.#next(async () => this.#landmarker?.reset());
        break;
      case 'stop':
        // What waits is not begun any more, and a landmarker that is still being made is closed when it is.
        this.#stopped = true;
        this.#next(() => this.#stop());
        break;
    }
  }

  /** An exception inside the engine leaves it unusable: it is reported as broken, not retried here. */
  #next(run: () => Promise<void>): void {
    this.#work = this.#work.then(run).catch((error: unknown) => this.#break(error));
  }

  async #start({ settings, files }: Request<'start', Settings>): Promise<void> {
    try {
      const landmarker = await this.#startLandmarker(settings, files, (error) => this.#break(error));
      if (this.#stopped) {
        await landmarker.close();
        return;
      }
      this.#landmarker = landmarker;
      this.#reply({ type: 'started' });
    } catch (error) {
      this.#break(error);
    }
  }

  async #detect({ image, timestamp }: Request<'detect'>): Promise<void> {
    const landmarker = this.#landmarker;
    if (!landmarker || this.#stopped) {
      image.close();
      throw new Error('The engine is not running.');
    }
    const begun = performance.now();
    let picture: Picture;
    try {
      picture = await landmarker.read(image);
    } catch (error) {
      image.close();
      this.#reply({ type: 'refused', message: messageOf(error) });
      return;
    }
    // As early as it can be: cameras have few buffers and stall when they do not come back.
    if (picture !== image) image.close();
    const read = performance.now();
    try {
      const packed = await landmarker.detect(picture, timestamp);
      const times = { resize: read - begun, detect: performance.now() - read };
      this.#reply({ type: 'found', packed, ...times }, [packed.buffer]);
    } finally {
      if (picture === image) image.close();
    }
  }

  async #stop(): Promise<void> {
    await this.#close();
    this.#reply({ type: 'stopped' });
  }

  #break(error: unknown): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#reply({ type: 'broken', message: messageOf(error) });
    // What is broken need not close well; why it broke has been said.
    this.#close().catch(() => undefined);
  }

  async #close(): Promise<void> {
    const landmarker = this.#landmarker;
    this.#landmarker = undefined;
    await landmarker?.close();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
