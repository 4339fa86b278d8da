import type { BareEngineAnswer, BareEngineRequest, FoundLandmarks } from './bare-engine-messages.ts';

/** The other end of `bareEngine`: makes one task out of a bundle and gives each picture to it. */
self.onmessage = async ({ data }: MessageEvent<BareEngineRequest>) => {
  self.postMessage(await answer(data));
};

async function answer(request: BareEngineRequest): Promise<BareEngineAnswer> {
  try {
    return { found: await find(request) };
  } catch (error) {
    return { fault: String(error) };
  }
}

async function find({ engine, task, model, pictures }: BareEngineRequest): Promise<FoundLandmarks[][]> {
  const vision: typeof import('@mediapipe/tasks-vision') = await import(/* @vite-ignore */ engine);
  // The second argument asks for the module build, the only one that a module worker can load.
  const files = await vision.FilesetResolver.forVisionTasks('/assets/wasm', true);
  const options = {
    baseOptions: { modelAssetPath: model, delegate: 'CPU' },
    canvas: new OffscreenCanvas(1, 1),
  } as const;
  if (task === 'pose') {
    const landmarker = await vision.PoseLandmarker.createFromOptions(files, options);
    const found = pictures.map((picture) => {
      const { landmarks, worldLandmarks } = landmarker.detect(picture);
      return landmarks.map((image, index) => ({ image, world: worldLandmarks[index] ?? [], side: '' }));
    });
    landmarker.close();
    return found;
  }
  const landmarker = await vision.HandLandmarker.createFromOptions(files, { ...options, numHands: 2 });
  const found = pictures.map((picture) => {
    const { landmarks, worldLandmarks, handedness } = landmarker.detect(picture);
    return landmarks.map((image, index) => ({
      image,
      world: worldLandmarks[index] ?? [],
      side: handedness[index]?.[0]?.categoryName ?? '',
    }));
  });
  landmarker.close();
  return found;
}
