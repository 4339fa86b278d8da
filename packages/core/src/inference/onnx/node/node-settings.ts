import { availableParallelism } from 'node:os';
import { PoseCoachError } from '../../../base/index.ts';
import type { OnnxSettings } from '../options.ts';
import type { NodeBackendName } from './choose-backend.ts';

/** The most threads that make networks of this size quicker. */
const MOST_USEFUL_THREADS = 4;

/** Options with every default put in, as far as Node has what they ask for. */
export interface NodeSettings extends OnnxSettings {
  readonly backend: 'auto' | NodeBackendName;
  readonly threads: number;
}

/** @throws PoseCoachError `ENGINE_UNSUPPORTED` for what only browsers have */
export function toNodeSettings(settings: OnnxSettings): NodeSettings {
  const { backend } = settings;
  if (backend === 'webgpu') {
    throw unsupported('there is no WebGPU in Node. Leave "backend" out, or give native or wasm');
  }
  if (settings.thread === 'worker') {
    throw unsupported(
      'in Node it runs on the thread that calls it. Leave "thread" out; where the event loop must stay free, call it in a worker thread of yours',
    );
  }
  // ONNX Runtime's own default counts the cores of the machine, of which a container may have few.
  const threads = Math.floor(settings.threads ?? Math.min(MOST_USEFUL_THREADS, availableParallelism()));
  return { ...settings, backend, threads };
}

function unsupported(what: string): PoseCoachError {
  return new PoseCoachError('ENGINE_UNSUPPORTED', `onnx: ${what}.`);
}
