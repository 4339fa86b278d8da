import type { EngineReply, EngineRequest } from './engine-messages.ts';
import { FrameCanvas, type Picture } from './frame-canvas.ts';
import { type Landmarker, startLandmarker } from './landmarker.ts';
import { monotonicTimestamps } from './monotonic-timestamps.ts';

/** Pictures the engine is shown before its first frame: the first compiles, the second runs as all later ones. */
const WARM_UP_PICTURES = 2;

type Request<T extends EngineRequest['type']> = Extract<EngineRequest, { type: T }>;

/** The engine's side of the conversation: one landmarker, one picture at a time. */
export class EngineServer {
  readonly #reply: (reply: EngineReply, transfer?: Transferable[]) => void;
  readonly #timestamps = monotonicTimestamps();
  #running: { readonly landmarker: Landmarker; readonly canvas: FrameCanvas } | undefined;
  #stopped = false;

  constructor(reply: (reply: EngineReply, transfer?: Transferable[]) => void) {
    this.#reply = reply;
  }

  handle(request: EngineRequest): void {
    switch (request.type) {
      case 'start':
        void this.#start(request);
        break;
      case 'detect':
        this.#detect(request);
        break;
      case 'reset':
        this.#guard(() => this.#showNobody());
        break;
      case 'stop':
        this.#stop();
        break;
    }
  }

  async #start({ settings, wasm, model }: Request<'start'>): Promise<void> {
    try {
      const canvas = new FrameCanvas(settings.inputSize);
      const landmarker = await startLandmarker(settings, wasm, model, () =>
        this.#break(new Error('The graphics context was lost.')),
      );
      if (this.#stopped) {
        landmarker.close();
        return;
      }
      this.#running = { landmarker, canvas };
      for (let shown = 0; shown < WARM_UP_PICTURES; shown += 1) this.#showNobody();
      this.#reply({ type: 'started' });
    } catch (error) {
      this.#break(error);
    }
  }

  #detect({ image, timestamp }: Request<'detect'>): void {
    const begun = performance.now();
    let picture: Picture | undefined;
    try {
      picture = this.#running?.canvas.fit(image);
    } catch (error) {
      this.#reply({ type: 'refused', message: messageOf(error) });
    }
    // As early as it can be: cameras have few buffers and stall when they do not come back.
    if (picture !== image) image.close();
    if (picture) this.#guard(() => this.#look(picture, timestamp, performance.now() - begun));
    else if (!this.#running) this.#break(new Error('The engine is not running.'));
    if (picture === image) image.close();
  }

  #look(picture: Picture, timestamp: number, resize: number): void {
    const begun = performance.now();
    const packed = this.#running?.landmarker.detect(picture, this.#timestamps(timestamp));
    const detect = performance.now() - begun;
    if (packed) this.#reply({ type: 'found', packed, resize, detect }, [packed.buffer]);
  }

  /**
   * A black picture makes the engine let go of whom it follows and start its smoothing anew, without the leak
   * and the delay of making it again.
   */
  #showNobody(): void {
    this.#running?.landmarker.detect(this.#running.canvas.blank(), this.#timestamps(Number.NaN));
  }

  #stop(): void {
    this.#stopped = true;
    this.#close();
    this.#reply({ type: 'stopped' });
  }

  /** An exception inside the engine leaves it unusable: it is reported as broken, not retried here. */
  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#break(error);
    }
  }

  #break(error: unknown): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#reply({ type: 'broken', message: messageOf(error) });
    try {
      this.#close();
    } catch {
      // What is broken need not close well; why it broke has been said.
    }
  }

  #close(): void {
    const running = this.#running;
    this.#running = undefined;
    running?.landmarker.close();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
