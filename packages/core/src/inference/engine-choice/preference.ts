import type { Graphics } from '../mediapipe/graphics.ts';

export type EngineName = 'mediapipe' | 'onnx';

/** What there is to calculate with on this page. */
export interface Circumstances {
  readonly graphics: Pick<Graphics, 'webgl' | 'accelerated'>;
  /** Whether the page is cross-origin isolated, without which WebAssembly has one thread. */
  readonly isolated: boolean;
  /** Logical processors. */
  readonly cores: number;
  /** Whether hands are wanted: they are looked for by an engine of their own, beside the body's. */
  readonly hands: boolean;
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
 * Cores per engine from which on ONNX Runtime is faster than MediaPipe, which uses one: with two threads it needs
 * about two thirds of the time for a picture, with one about as long. With fewer, the threads of body and hands wait
 * for each other.
 */
const ENOUGH_CORES = 2;

/**
 * Which engine is to be tried first: MediaPipe, except where it cannot run, and where it would calculate on the
 * CPU's one thread while ONNX Runtime gets several (`npm run bench` measures both).
 */
export function preferredEngine({ graphics, isolated, cores, hands }: Circumstances): Preference {
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
  if (cores < ENOUGH_CORES * (hands ? 2 : 1)) {
    return {
      first: 'mediapipe',
      why: `MediaPipe, because with ${cores === 1 ? 'one processor core' : `${cores} processor cores`}${hands ? ' for body and hands' : ''} ONNX Runtime is no faster.`,
    };
  }
  return {
    first: 'onnx',
    why: 'ONNX Runtime, because no graphics card draws and on several threads it is faster than MediaPipe on one.',
  };
}
