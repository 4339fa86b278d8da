import { InferenceSession, Tensor } from 'onnxruntime-web/webgpu';
import { afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { RawImage } from '../../../../capture/index.ts';
import { HAND_DETECTOR, HAND_LANDMARKS, POSE_DETECTOR, POSE_LANDMARKS } from '../../blazepose/index.ts';
import type { Region } from '../../network.ts';
import { RawImageBackend } from '../raw-image-backend.ts';
import { probeWebgpu, WebgpuBackend, type WebgpuRuntimeFiles } from './index.ts';
import { DETERMINANT, DETERMINANT_MODEL, TINY, TINY_MODEL } from './tiny-model.test-support.ts';

/**
 * Of an output's largest value, by which the graphics device may differ from the CPU: both add the same float32
 * numbers in another order. 1.4e-3 of 214 pixels was measured, and twice that of the detector's largest logit.
 */
const TOLERANCE = 5e-5;

let files: WebgpuRuntimeFiles;

/** The test's backends, for disposal at its end. */
const opened: WebgpuBackend[] = [];

/** What was made on graphics devices and not destroyed again, by ONNX Runtime as by us. */
const live = { buffers: 0, textures: 0 };

beforeAll(async () => {
  const [glue, wasm] = await Promise.all(
    ['mjs', 'wasm'].map((end) => fetch(`/assets/wasm/ort-wasm-simd-threaded.asyncify.${end}`)),
  );
  if (!glue?.ok || !wasm?.ok) throw new Error('Build the models package first: pnpm build.');
  const script = new Blob([await glue.arrayBuffer()], { type: 'text/javascript' });
  files = { glue: URL.createObjectURL(script), wasm: await wasm.arrayBuffer() };
});

beforeEach(() => {
  const { createBuffer, createTexture } = GPUDevice.prototype;
  const buffers = new Set<GPUBuffer>();
  const textures = new Set<GPUTexture>();
  vi.spyOn(GPUDevice.prototype, 'createBuffer').mockImplementation(function (this: GPUDevice, descriptor) {
    const buffer = createBuffer.call(this, descriptor);
    buffers.add(buffer);
    live.buffers = buffers.size;
    return buffer;
  });
  vi.spyOn(GPUDevice.prototype, 'createTexture').mockImplementation(function (this: GPUDevice, descriptor) {
    const texture = createTexture.call(this, descriptor);
    textures.add(texture);
    live.textures = textures.size;
    return texture;
  });
  const destroyBuffer = GPUBuffer.prototype.destroy;
  vi.spyOn(GPUBuffer.prototype, 'destroy').mockImplementation(function (this: GPUBuffer) {
    buffers.delete(this);
    live.buffers = buffers.size;
    return destroyBuffer.call(this);
  });
  const destroyTexture = GPUTexture.prototype.destroy;
  vi.spyOn(GPUTexture.prototype, 'destroy').mockImplementation(function (this: GPUTexture) {
    textures.delete(this);
    live.textures = textures.size;
    return destroyTexture.call(this);
  });
});

afterEach(async () => {
  for (const backend of opened.splice(0)) await backend.dispose();
  vi.restoreAllMocks();
  expect(live).toEqual({ buffers: 0, textures: 0 });
});

async function open(): Promise<WebgpuBackend> {
  const backend = await WebgpuBackend.open(files);
  opened.push(backend);
  return backend;
}

/** A backend, and its graphics device, which it keeps to itself. */
async function openWithDevice(): Promise<{ backend: WebgpuBackend; device: GPUDevice }> {
  const requested = vi.spyOn(GPUAdapter.prototype, 'requestDevice');
  const backend = await open();
  const device = await requested.mock.results[0]?.value;
  return { backend, device };
}

/** Soft waves of three colours: something for a network to see, in any region of it. */
function waves(width: number, height: number): RawImage {
  const data = new Uint8Array(width * height * 4);
  for (let index = 0; index < width * height; index += 1) {
    const [x, y] = [index % width, Math.floor(index / width)];
    const colour = [Math.sin(x / 17), Math.sin(y / 23 + 1), Math.sin((x + y) / 31 + 2)];
    data.set([...colour.map((value) => Math.round(127.5 + 127.5 * value)), 255], index * 4);
  }
  return new RawImage(data, width, height);
}

/** 4 × 2 pixels, red 1 … 8, green and blue 10 and 20 more. */
const EIGHT = new RawImage(
  new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8].flatMap((red) => [red, red + 10, red + 20, 255])),
  4,
  2,
);
const WHOLE: Region = { x: 2, y: 1, width: 4, height: 2, angle: 0 };

describe('the WebGPU backend', () => {
  test('calculates a network from a region of a picture', async () => {
    const backend = await open();
    const network = await backend.load(TINY, TINY_MODEL);
    const picture = await backend.picture(EIGHT);
    const red = [2, 4, 6, 8, 10, 12, 14, 16];
    const { doubled, sums } = await network.run(picture, WHOLE);
    const planes = [...red, ...red.map((value) => value + 20), ...red.map((value) => value + 40)];
    planes.forEach((value, index) => {
      expect(doubled?.[index]).toBeCloseTo(value, 3);
    });
    expect([...(sums ?? [])].map(Math.round)).toEqual([36, 36 + 80, 36 + 160]);
    // Half a width to the right, beyond which there is black.
    const right = await network.run(picture, { ...WHOLE, x: 4 });
    expect([...(right.sums ?? [])].map(Math.round)).toEqual([22, 22 + 40, 22 + 80]);
    // What was given before is the caller's, and stays.
    expect([...(sums ?? [])].map(Math.round)).toEqual([36, 36 + 80, 36 + 160]);
    picture.release();
  });

  describe.each([POSE_DETECTOR, POSE_LANDMARKS.lite, POSE_LANDMARKS.full, HAND_DETECTOR, HAND_LANDMARKS])(
    'with $file',
    (spec) => {
      test('gives what the CPU gives, every layer on the graphics device', { timeout: 240_000 }, async () => {
        const model = new Uint8Array(await (await fetch(`/assets/models/${spec.file}`)).arrayBuffer());
        const image = waves(640, 480);
        const region = { x: 300, y: 250, width: 420, height: 420, angle: -0.3 };

        const backend = await open();
        const created = vi.spyOn(InferenceSession, 'create');
        const network = await backend.load(spec, model);
        // With this a layer without a shader is an error, as the test of the determinant shows.
        expect(created.mock.calls[0]?.[1]).toMatchObject({
          extra: { session: { disable_cpu_ep_fallback: '1' } },
        });
        const picture = await backend.picture(image);
        const found = await network.run(picture, region);
        picture.release();

        const cpu = new RawImageBackend(
          'wasm',
          { InferenceSession, Tensor },
          { executionProviders: ['wasm'] },
        );
        onTestFinished(() => cpu.dispose());
        const reference = await cpu.load(spec, model);
        const expected = await reference.run(await cpu.picture(image), region);

        expect(Object.keys(found)).toEqual(spec.outputs);
        for (const name of spec.outputs) {
          const [values = new Float32Array(), wanted = new Float32Array()] = [found[name], expected[name]];
          expect(values).toHaveLength(wanted.length);
          const scale = wanted.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
          const worst = wanted.reduce(
            (most, value, index) => Math.max(most, Math.abs(value - (values[index] ?? Number.NaN))),
            0,
          );
          expect(worst / scale, name).toBeLessThan(TOLERANCE);
        }
      });
    },
  );

  test('keeps nothing of the frames that it has seen', async () => {
    const backend = await open();
    const network = await backend.load(TINY, TINY_MODEL);
    const run = async () => {
      const picture = await backend.picture(EIGHT);
      await network.run(picture, WHOLE);
      picture.release();
    };
    for (let round = 0; round < 3; round += 1) await run();
    const before = { ...live };
    for (let round = 0; round < 500; round += 1) await run();
    expect(live).toEqual(before);
  });

  test('lets networks and engines run at once', async () => {
    const backends = [await open(), await open()];
    const networks = await Promise.all(
      backends.flatMap((backend) => [backend.load(TINY, TINY_MODEL), backend.load(TINY, TINY_MODEL)]),
    );
    const pictures = await Promise.all(backends.map((backend) => backend.picture(EIGHT)));
    const runs = networks.flatMap((network, index) => {
      const picture = pictures[Math.floor(index / 2)];
      return picture ? [network.run(picture, { ...WHOLE, x: 2 + index })] : [];
    });
    const sums = (await Promise.all(runs)).map((outputs) => Math.round(outputs.sums?.[0] ?? Number.NaN));
    // The region goes one column to the right each time, out of the picture: 1 + 5, 2 + 6, 3 + 7 are lost in turn.
    expect(sums).toEqual([36, 30, 22, 12]);

    await backends[0]?.dispose();
    const [, , third] = networks;
    const second = pictures[1];
    if (!third || !second) throw new Error('There are two backends with two networks each.');
    expect(Math.round((await third.run(second, WHOLE)).sums?.[0] ?? Number.NaN)).toBe(36);
  });

  test('refuses a model with a layer that would have to be calculated on the CPU', async () => {
    const backend = await open();
    await expect(backend.load(DETERMINANT, DETERMINANT_MODEL)).rejects.toThrow(/fallback to CPU/);
  });

  test('refuses a model that is another than expected', async () => {
    const backend = await open();
    const wide = { ...TINY, input: { ...TINY.input, width: 8 } };
    await expect(backend.load(wide, TINY_MODEL)).rejects.toThrow(/\[1, 3, 2, 8\] was expected/);
    const more = { ...TINY, outputs: ['doubled', 'halved'] };
    await expect(backend.load(more, TINY_MODEL)).rejects.toThrow(/no output "halved"/);
    // And goes on.
    const network = await backend.load(TINY, TINY_MODEL);
    expect((await network.run(await backend.picture(EIGHT), WHOLE)).sums?.[0]).toBeCloseTo(36, 2);
  });

  test('refuses a truncated model, and goes on', async () => {
    const backend = await open();
    await expect(backend.load(TINY, TINY_MODEL.subarray(0, 40))).rejects.toThrow();
    const network = await backend.load(TINY, TINY_MODEL);
    const { sums } = await network.run(await backend.picture(EIGHT), WHOLE);
    expect(sums?.[0]).toBe(36);
    await backend.dispose();
    // ONNX Runtime forgets two buffers of sessions that it could not make; they are freed with the device.
    expect(live.textures).toBe(0);
    live.buffers = 0;
  });

  test('frees what is still being loaded when it is disposed', async () => {
    const backend = await open();
    const loading = backend.load(TINY, TINY_MODEL);
    await backend.dispose();
    const network = await loading;
    const picture = { width: 4, height: 2, release: () => undefined } as never;
    await expect(network.run(picture, WHOLE)).rejects.toThrow('tiny.onnx was released.');
  });

  test('ends the run that it is at before it is disposed', async () => {
    const { backend, device } = await openWithDevice();
    const refused = vi.fn();
    device.addEventListener('uncapturederror', refused);
    const network = await backend.load(TINY, TINY_MODEL);
    const running = network.run(await backend.picture(EIGHT), WHOLE);
    await backend.dispose();
    expect((await running).sums?.[0]).toBeCloseTo(36, 2);
    expect(refused).not.toHaveBeenCalled();
  });

  test('gives its graphics device back also when a network does not go', async () => {
    const { backend, device } = await openWithDevice();
    const network = await backend.load(TINY, TINY_MODEL);
    vi.spyOn(network, 'release').mockRejectedValueOnce(new Error('It stays.'));
    await expect(backend.dispose()).rejects.toThrow('It stays.');
    expect((await device.lost).reason).toBe('destroyed');
    await network.release();
  });

  test('says once that its graphics device is lost, and fails from then on', async () => {
    const { backend, device } = await openWithDevice();
    const onLost = vi.fn();
    backend.onLost = onLost;
    const network = await backend.load(TINY, TINY_MODEL);
    const picture = await backend.picture(EIGHT);
    await network.run(picture, WHOLE);

    const running = network.run(picture, WHOLE);
    device.destroy();
    await expect(running).rejects.toThrow();
    await vi.waitFor(() => expect(onLost).toHaveBeenCalledOnce());
    expect(onLost.mock.calls[0]?.[0]).toMatchObject({
      message: expect.stringMatching(/^The graphics device was lost\./),
    });
    await expect(network.run(picture, WHOLE)).rejects.toThrow();
    await expect(backend.picture(EIGHT)).rejects.toThrow(/lost/);

    await backend.dispose();
    expect(onLost).toHaveBeenCalledOnce();
    // The next one has a device of its own.
    const next = await open();
    const again = await next.load(TINY, TINY_MODEL);
    expect((await again.run(await next.picture(EIGHT), WHOLE)).sums?.[0]).toBeCloseTo(36, 2);
  });

  test('gives no results of work that the graphics device refused', async () => {
    const { backend, device } = await openWithDevice();
    const onLost = vi.fn();
    backend.onLost = onLost;
    const network = await backend.load(TINY, TINY_MODEL);
    const picture = await backend.picture(EIGHT);
    // Larger than any device allows.
    device.createBuffer({ size: 2 ** 50, usage: 0x80 }).destroy();
    await expect(network.run(picture, WHOLE)).rejects.toThrow(/refused work/);
    expect(onLost).toHaveBeenCalledOnce();
  });

  test('says nothing of a device that it destroyed itself', async () => {
    const { backend, device } = await openWithDevice();
    const onLost = vi.fn();
    backend.onLost = onLost;
    await backend.dispose();
    await device.lost;
    await backend.dispose();
    expect(onLost).not.toHaveBeenCalled();
  });
});

describe('probing for WebGPU', () => {
  test('knows the software adapter of these tests', async () => {
    const { adapter, name } = await probeWebgpu();
    expect(adapter).toBe('software');
    expect(name).toMatch(/swiftshader/i);
  });

  test('takes an adapter for hardware that says nothing to the contrary', async () => {
    vi.spyOn(GPUAdapter.prototype, 'info', 'get').mockReturnValue({
      vendor: 'vendor',
      architecture: 'architecture',
      device: '',
      description: '',
      isFallbackAdapter: false,
      subgroupMinSize: 4,
      subgroupMaxSize: 128,
    } as GPUAdapterInfo);
    expect(await probeWebgpu()).toEqual({ adapter: 'hardware', name: 'vendor architecture' });
  });

  test('says why there is none', async () => {
    vi.spyOn(GPU.prototype, 'requestAdapter').mockResolvedValueOnce(null);
    expect(await probeWebgpu()).toEqual({
      adapter: 'none',
      name: 'This browser has WebGPU but no graphics adapter for it.',
    });
    vi.spyOn(navigator, 'gpu', 'get').mockReturnValueOnce(undefined as never);
    expect(await probeWebgpu()).toEqual({ adapter: 'none', name: 'This browser has no WebGPU.' });
    vi.spyOn(GPU.prototype, 'requestAdapter').mockRejectedValueOnce(new Error('Out of adapters.'));
    expect(await probeWebgpu()).toEqual({ adapter: 'none', name: 'Out of adapters.' });
  });
});
