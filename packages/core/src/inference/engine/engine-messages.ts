import type { FrameImage } from '../../capture/index.ts';

/** The name our workers are started with: by it the engine's code knows that it is the worker, not a guest on a page. */
export const ENGINE_WORKER_NAME = 'pose-coach-engine';

/** What every engine is made with; each kind of engine adds its own. */
export interface EngineSettings {
  readonly task: 'body' | 'hands';
  /** The most people, or hands, to look for. */
  readonly limit: number;
  /** Longest side in pixels that a picture is shrunk to before it is looked at; `null` leaves it as it is. */
  readonly inputSize: number | null;
  /** Scores in [0, 1]. */
  readonly detection: number;
  readonly presence: number;
  readonly tracking: number;
}

/** Files an engine is made of, by names that its kind knows. */
export type EngineFiles = Readonly<Record<string, Blob>>;

/** From the page to an engine. One `detect` at a time. */
export type EngineRequest<Settings extends EngineSettings = EngineSettings> =
  | { readonly type: 'start'; readonly settings: Settings; readonly files: EngineFiles }
  | { readonly type: 'detect'; readonly image: FrameImage; readonly timestamp: number }
  | { readonly type: 'reset' }
  | { readonly type: 'stop' };

/** From an engine to the page; `Surroundings` is what there is to calculate with where the engine runs. */
export type EngineReply<Surroundings = unknown> =
  /** Said first, unasked: the engine's code runs. */
  | { readonly type: 'hello'; readonly surroundings: Surroundings }
  /** Loaded and warmed up. */
  | { readonly type: 'started' }
  | {
      readonly type: 'found';
      readonly packed: Float32Array<ArrayBuffer>;
      /** Milliseconds to bring the picture into the engine's form, and to look at it. */
      readonly resize: number;
      readonly detect: number;
    }
  /** This picture could not be used; the engine goes on. */
  | { readonly type: 'refused'; readonly message: string }
  /** The engine cannot go on. */
  | { readonly type: 'broken'; readonly message: string }
  | { readonly type: 'stopped' };
