import { Buffer } from 'node:buffer';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { readInput } from '../inputs.ts';
import { convertNetwork, HEAVY_ONNX, HEAVY_ONNX_RECIPE, ONNX_RECIPES, type OnnxRecipe } from './networks.ts';
import { readTfliteGraph } from './tflite-graph.ts';

/** What the engine counts on: names and shapes of everything that goes in and comes out. */
const POSE_LANDMARKS = {
  image: [1, 3, 256, 256],
  landmarks: [1, 195],
  presence: [1, 1],
  heatmap: [1, 39, 64, 64],
  world_landmarks: [1, 117],
};
const TENSORS: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
  'pose_detector.onnx': { image: [1, 3, 224, 224], boxes: [1, 2254, 12], scores: [1, 2254, 1] },
  'pose_landmarks_lite.onnx': POSE_LANDMARKS,
  'pose_landmarks_full.onnx': POSE_LANDMARKS,
  'pose_landmarks_heavy.onnx': POSE_LANDMARKS,
  'hand_detector.onnx': { image: [1, 3, 192, 192], boxes: [1, 2016, 18], scores: [1, 2016, 1] },
  'hand_landmarks.onnx': {
    image: [1, 3, 224, 224],
    landmarks: [1, 63],
    presence: [1, 1],
    handedness: [1, 1],
    world_landmarks: [1, 63],
  },
};

const recipes: readonly OnnxRecipe[] = [...ONNX_RECIPES, HEAVY_ONNX_RECIPE];

/** Each network, converted once for all tests. */
const converted = new Map<string, Promise<Uint8Array>>();
function convertOnce(recipe: OnnxRecipe): Promise<Uint8Array> {
  const known = converted.get(recipe.name) ?? convertNetwork(recipe);
  converted.set(recipe.name, known);
  return known;
}

describe.each([...recipes])('the network $name', (recipe) => {
  it('takes one image and gives what the engine counts on', async () => {
    const session = await InferenceSession.create(await convertOnce(recipe));
    const shapes = [...session.inputMetadata, ...session.outputMetadata].map((value) => [
      value.name,
      value.isTensor ? value.shape : [],
    ]);
    expect(session.inputNames).toEqual(['image']);
    expect(Object.fromEntries(shapes)).toEqual(TENSORS[recipe.name]);
    await session.release();
  });

  it('keeps each weight in 16 bits: less than the half of what it would take in 32', async () => {
    const { tensors, operators } = readTfliteGraph(await readInput(recipe.input));
    const widened = operators.filter(({ name }) => name === 'DEQUANTIZE').flatMap(({ outputs }) => outputs);
    const numbers = widened.reduce(
      (sum, index) => sum + (tensors[index]?.shape.reduce((product, size) => product * size, 1) ?? 0),
      0,
    );
    expect((await convertOnce(recipe)).length).toBeLessThan(0.55 * 4 * numbers);
  });

  it('has its weights widened once, when it is loaded, and not at each run', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pose-coach-networks-'));
    try {
      const onnx = await convertOnce(recipe);
      expect(Buffer.from(onnx).includes('Cast')).toBe(true);
      const optimizedModelFilePath = join(folder, 'loaded.onnx');
      // Of the optimisations those that hold for every machine.
      const session = await InferenceSession.create(onnx, {
        optimizedModelFilePath,
        graphOptimizationLevel: 'extended',
      });
      await session.release();
      expect((await readFile(optimizedModelFilePath)).includes('Cast')).toBe(false);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe.each(recipes.filter(({ name }) => name.startsWith('pose_landmarks')))(
  'the network $name',
  (recipe) => {
    it('does not paint the mask of the person', async () => {
      const { operators, outputs } = readTfliteGraph(await readInput(recipe.input));
      const onnx = Buffer.from(await convertOnce(recipe));
      const weightsOf = (output: number) => {
        const index = operators.find((operator) => operator.outputs.includes(outputs[output] ?? -1))
          ?.inputs[1];
        return `tensor_${index}_weights`;
      };
      // The third output is the mask, the fourth the heat map.
      expect(onnx.includes(weightsOf(2))).toBe(false);
      expect(onnx.includes(weightsOf(3))).toBe(true);
    });
  },
);

describe('the heavy network', () => {
  it('has the size that is told of it', async () => {
    expect((await convertOnce(HEAVY_ONNX_RECIPE)).length).toBe(HEAVY_ONNX.bytes);
  });
});
