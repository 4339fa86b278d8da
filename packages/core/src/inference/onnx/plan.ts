import { PoseCoachError } from '../../base/index.ts';
import { type EngineSettings, SIMD_ADVICE } from '../engine/index.ts';
import type { Thread } from '../engine-options.ts';
import type { OnnxSettings } from './options.ts';
import type { Surroundings } from './surroundings.ts';

/** What an engine is to calculate with, and why not with something better. */
export interface Plan {
  readonly backend: 'webgpu' | 'wasm';
  /** That share the work of `wasm`. */
  readonly threads: number;
  /** In sentences, as `info` has it. */
  readonly why: string;
}

/**
 * More threads than these do not pay: the networks are small, and every one more waits longer for the others than it
 * calculates.
 */
const USEFUL_THREADS = 4;

/** What the engine cannot do without, with advice, or undefined when it can run there. */
export function missingFor(surroundings: Surroundings): string | undefined {
  return surroundings.simd ? undefined : `The ONNX engine ${SIMD_ADVICE}`;
}

/**
 * The best there is of what was asked for.
 * @param shareable whether the threads' script can be started as a worker
 * @throws PoseCoachError `ENGINE_UNSUPPORTED` when something was asked for that is not to be had
 */
export function choosePlan(
  { backend, threads }: Pick<OnnxSettings, 'backend' | 'threads'>,
  surroundings: Surroundings,
  thread: Thread,
  shareable: boolean,
): Plan {
  const { adapter, name } = surroundings.webgpu;
  if (backend === 'native') {
    throw new PoseCoachError(
      'ENGINE_UNSUPPORTED',
      'onnx: the backend "native" is for Node. In browsers leave "backend" out, or give "webgpu" or "wasm".',
    );
  }
  if (backend === 'webgpu' && adapter === 'none') {
    throw new PoseCoachError(
      'ENGINE_UNSUPPORTED',
      `onnx: the backend "webgpu" is not to be had here: ${name} Leave "backend" out, and WebAssembly is taken.`,
    );
  }
  if (backend === 'webgpu') return { backend, threads: 1, why: `WebGPU (${name}), as asked for.` };
  if (backend === 'auto' && adapter === 'hardware') {
    return { backend: 'webgpu', threads: 1, why: `WebGPU, because there is a graphics card (${name}).` };
  }
  const share = shareOf(threads, surroundings, thread, shareable);
  const reason =
    backend === 'wasm'
      ? 'as asked for.'
      : adapter === 'software'
        ? `because WebGPU would be calculated in software here (${name}).`
        : `because WebGPU is not to be had here: ${name}`;
  const why = [`WebAssembly with ${countOf(share.threads)}, ${reason}`, share.why].filter(Boolean).join(' ');
  return { backend: 'wasm', threads: share.threads, why };
}

/**
 * Threads for one of the two engines of a plan. Hands get half: they work beside the body, on the same cores, and can
 * wait.
 */
export function threadsFor({ threads }: Plan, task: EngineSettings['task']): number {
  return task === 'hands' ? Math.max(1, Math.floor(threads / 2)) : threads;
}

/** What to try when a plan could not be carried out; undefined when nothing is left. */
export function nextPlan(failed: Plan, wasm: Plan): Plan | undefined {
  if (failed.backend === 'webgpu') {
    const count = countOf(wasm.threads);
    return { ...wasm, why: `WebAssembly with ${count}, because the engine did not start on WebGPU.` };
  }
  if (failed.threads === 1) return undefined;
  return { ...failed, threads: 1, why: 'WebAssembly with one thread, because several did not start.' };
}

function countOf(threads: number): string {
  return threads === 1 ? 'one thread' : `${threads} threads`;
}

/** How many threads, and why no more. */
function shareOf(
  wanted: number | undefined,
  { cores, isolated }: Surroundings,
  thread: Thread,
  shareable: boolean,
): { readonly threads: number; readonly why: string } {
  const threads = Math.floor(wanted ?? Math.min(USEFUL_THREADS, Math.max(1, cores)));
  if (threads === 1) return { threads, why: wanted === undefined ? 'There is one core.' : '' };
  if (!isolated) return { threads: 1, why: 'More threads need a page that is cross-origin isolated.' };
  if (thread === 'main') return { threads: 1, why: 'On the page itself there is one.' };
  if (!shareable) {
    return {
      threads: 1,
      why: 'More threads need "assets" on the page’s own origin where "workerUrl" is set.',
    };
  }
  return { threads, why: '' };
}
