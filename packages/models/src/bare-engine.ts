import engine from '@mediapipe/tasks-vision?url';
import type { BareEngineAnswer, BareEngineRequest, FoundLandmarks } from './bare-engine-messages.ts';

/**
 * Runs the real engine, nothing of ours around it, on pictures: for browser tests. It is imported by address,
 * because a dependency that is found in the middle of a run makes the test page load again.
 *
 * @returns for each picture who was found in it
 */
export async function bareEngine(request: Omit<BareEngineRequest, 'engine'>): Promise<FoundLandmarks[][]> {
  const worker = new Worker(new URL('./bare-engine-worker.ts', import.meta.url), { type: 'module' });
  try {
    const answer = await new Promise<BareEngineAnswer>((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<BareEngineAnswer>) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(`The engine's worker failed: ${message}`));
      worker.postMessage({ ...request, engine } satisfies BareEngineRequest);
    });
    if ('fault' in answer) throw new Error(answer.fault);
    return answer.found;
  } finally {
    worker.terminate();
  }
}
