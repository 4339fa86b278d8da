import type { Graphics } from '../mediapipe/graphics.ts';

export type EngineName = 'mediapipe' | 'onnx';

/** What there is to calculate with on this page. */
export interface Circumstances {
  readonly graphics: Pick<Graphics, 'webgl' | 'accelerated'>;
  /** Whether the page is cross-origin isolated, without which WebAssembly has one thread. */
  readonly isolated: boolean;
  /** Logical processors. */
  readonly cores: number;
}

export interface Preference {
  readonly first: EngineName;
  /** Why it and not the other, as a sentence. */
  readonly why: string;
}

/** What people call the engines. */
export const ENGINE_NAMES: Readonly<Record<EngineName, string>> = {
  mediapipe: 'MediaPipe',
  onnx: 'ONNX Runtime',
};

/**
 * Cores from which on ONNX Runtime, on all of them, is faster than MediaPipe, which uses one: with two threads it
 * needs about two thirds of the time for a picture, with one about as long.
 */
const ENOUGH_CORES = 2;

/**
 * Which engine is to be tried first: MediaPipe, except where it cannot run, and where it would calculate on the
 * CPU's one thread while ONNX Runtime gets several (`npm run bench` measures both).
 */
export function preferredEngine({ graphics, isolated, cores }: Circumstances): Preference {
  if (!graphics.webgl) {
    return {
      first: 'onnx',
      why: 'ONNX Runtime, because MediaPipe needs WebGL 2, and there is none here.',
    };
  }
  if (graphics.accelerated) return { first: 'mediapipe', why: 'MediaPipe, because a graphics card draws.' };
  if (!isolated) {
    return {
      first: 'mediapipe',
      why: 'MediaPipe, because this page is not cross-origin isolated: ONNX Runtime would have one thread and be no faster.',
    };
  }
  if (cores < ENOUGH_CORES) {
    return {
      first: 'mediapipe',
      why: 'MediaPipe, because there are too few processor cores for ONNX Runtime to be faster.',
    };
  }
  return {
    first: 'onnx',
    why: 'ONNX Runtime, because no graphics card draws and on several threads it is faster than MediaPipe on one.',
  };
}
