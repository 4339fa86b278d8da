import { RawImage } from '../../capture/index.ts';
import type { EngineFiles, Landmarker } from '../engine/index.ts';
import { WasmBackend } from './backends/wasm-backend.ts';
import { WebgpuBackend } from './backends/webgpu/index.ts';
import type { Backend, Picture } from './network.ts';
import { startTracking, type TrackingSettings } from './start-tracking.ts';

/** What an engine in a browser is made with. */
export interface BrowserSettings extends TrackingSettings {
  readonly backend: 'webgpu' | 'wasm';
  /** That share the work of `wasm`. */
  readonly threads: number;
  /** Address of the runtime's script, where it may not be loaded from a blob; otherwise it is the file `glue`. */
  readonly glueUrl: string | null;
}

/**
 * Opens the backend and starts to follow with the files `wasm` (the runtime's WebAssembly), `glue` (its script) and
 * the models of the task by their names.
 */
export async function startLandmarker(
  settings: BrowserSettings,
  files: EngineFiles,
  onLost: (error: Error) => void,
): Promise<Landmarker> {
  const { wasm, glue } = files;
  if (!wasm) throw new Error('ONNX Runtime is made of the files "wasm" and "glue".');
  const url = settings.glueUrl ?? blobUrl(glue);
  const revoke = () => {
    if (settings.glueUrl === null) URL.revokeObjectURL(url);
  };
  try {
    const backend = await openBackend(settings, url, await wasm.arrayBuffer());
    backend.onLost = onLost;
    return await startTracking(backend, settings, files, blank());
  } finally {
    // Its threads have started from it by now.
    revoke();
  }
}

async function openBackend(
  { backend, threads, inputSize }: BrowserSettings,
  glue: string,
  wasm: ArrayBuffer,
): Promise<Backend<Picture>> {
  return backend === 'webgpu'
    ? WebgpuBackend.open({ glue, wasm })
    : new WasmBackend({ glue, wasm, threads, inputSize });
}

/** A small black picture. */
function blank(): RawImage {
  return new RawImage(new Uint8Array(64 * 64 * 4), 64, 64);
}

function blobUrl(glue: Blob | undefined): string {
  if (!glue) throw new Error('ONNX Runtime’s script is missing.');
  return URL.createObjectURL(new Blob([glue], { type: 'text/javascript' }));
}
