import type { FrameImage } from '../../capture/index.ts';

/** The name our workers are started with: by it the engine's code knows that it is the worker, not a guest on a page. */
export const ENGINE_WORKER_NAME = 'pose-coach-engine';

/** What one engine is made with. */
export interface EngineSettings {
  readonly task: 'body' | 'hands';
  readonly delegate: 'CPU' | 'GPU';
  /** The most people, or hands, to look for. */
  readonly limit: number;
  /** Longest side in pixels that a picture is shrunk to before it is looked at; `null` leaves it as it is. */
  readonly inputSize: number | null;
  /** Scores in [0, 1]. */
  readonly detection: number;
  readonly presence: number;
  readonly tracking: number;
}

/** The graphics an engine finds where it runs; MediaPipe needs WebGL 2 even when it calculates on the CPU. */
export interface Graphics {
  readonly webgl: boolean;
  /** True when a graphics card draws, false for a software renderer. */
  readonly accelerated: boolean;
  /** The renderer's own name, or why there is none. */
  readonly renderer: string;
  readonly simd: boolean;
}

/** From the page to an engine. One `detect` at a time. */
export type EngineRequest =
  | { readonly type: 'start'; readonly settings: EngineSettings; readonly wasm: Blob; readonly model: Blob }
  | { readonly type: 'detect'; readonly image: FrameImage; readonly timestamp: number }
  | { readonly type: 'reset' }
  | { readonly type: 'stop' };

/** From an engine to the page. */
export type EngineReply =
  /** Said first, unasked: the engine's code runs. */
  | { readonly type: 'hello'; readonly graphics: Graphics }
  /** Loaded and warmed up. */
  | { readonly type: 'started' }
  | {
      readonly type: 'found';
      readonly packed: Float32Array<ArrayBuffer>;
      readonly resize: number;
      readonly detect: number;
    }
  /** This picture could not be used; the engine goes on. */
  | { readonly type: 'refused'; readonly message: string }
  /** The engine cannot go on. */
  | { readonly type: 'broken'; readonly message: string }
  | { readonly type: 'stopped' };
