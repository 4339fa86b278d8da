import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { InferenceSession as nativeSession } from 'onnxruntime-node';
import { InferenceSession as wasmSession } from 'onnxruntime-web';
import { describe, expect, it } from 'vitest';
import { RawImage } from '../../capture/index.ts';
import { nodePictures, pixelsOf } from '../conformance-node.ts';
import { instrumentRuntime } from './node/instrumented-runtime.test-support.ts';
import { onnx } from './node.ts';

/** How many frames in a row, for the full proof: `TEST_FRAMES=10000`. A leak of a tensor per frame shows much sooner. */
const FRAMES = process.env.TEST_FRAMES;

/**
 * Bytes beside JavaScript's heap that may be there more at the end than after the first quarter: what the system's
 * allocator keeps differs from run to run. A body's results are 700 kB a frame.
 */
const NATIVE_SLACK = 50e6;
/** Bytes that JavaScript may hold more. */
const HEAP_SLACK = 1e6;

/** Bytes after everything that nobody holds has been given back. */
function memory() {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  // What is released in finalizers of the first round is collected in the second.
  collect();
  collect();
  const { rss, heapTotal, heapUsed, arrayBuffers } = process.memoryUsage();
  return { native: rss - heapTotal, held: heapUsed + arrayBuffers };
}

describe('thousands of frames in a row', () => {
  it.for([
    ['native', nativeSession, 200],
    ['wasm', wasmSession, 60],
  ] as const)(
    'leave nothing behind in Node (%s)',
    { timeout: 60 * 60_000 },
    async ([backend, session, few], context) => {
      const frames = Number(FRAMES ?? few);
      const clip = await nodePictures.clip('dance_phrase_talmolab', 20);
      if (typeof clip === 'string') return context.skip(clip);
      // Canvases have habits of their own with memory: their pixels are taken once.
      const pictures = clip.frames.map((picture) => pixelsOf(picture));
      const runtime = instrumentRuntime(session);
      const estimator = await onnx({ backend, threads: 1, hands: true }).create({
        signal: new AbortController().signal,
        onProgress: () => undefined,
      });
      const sessions = runtime.sessions;
      let before = memory();
      const begun = performance.now();
      for (let index = 0; index < frames; index += 1) {
        const pixels = pictures[index % pictures.length];
        if (!pixels) throw new Error('The clip is empty.');
        const image = new RawImage(pixels, clip.width, clip.height);
        const { poses } = await estimator.estimate(image, index * 33);
        expect(poses.length).toBe(1);
        expect(runtime.results).toBe(0);
        if (index + 1 === Math.floor(frames / 4)) before = memory();
      }
      const seconds = (performance.now() - begun) / 1000;
      const after = memory();
      const grown = { native: after.native - before.native, held: after.held - before.held };
      console.log(
        `${backend}: ${frames} frames, ${runtime.runs} networks in ${seconds.toFixed(0)} s; native memory ${(before.native / 1e6).toFixed(0)} → ${(after.native / 1e6).toFixed(0)} MB, JavaScript's ${(before.held / 1e6).toFixed(1)} → ${(after.held / 1e6).toFixed(1)} MB`,
      );
      // Body and hands, two networks each.
      expect(sessions).toBe(4);
      expect(grown.held).toBeLessThan(HEAP_SLACK);
      expect(grown.native).toBeLessThan(NATIVE_SLACK);
      await estimator.dispose();
      expect([runtime.sessions, runtime.results]).toEqual([0, 0]);
    },
  );
});
