import { statSync } from 'node:fs';
import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ModelFiles } from './model-files.ts';
import { BUILT_MODELS, modelFolder } from './model-folder.test-support.ts';

const MODEL = 'pose_landmarks_lite.onnx';
/** By its size the model is known from the others. */
const BYTES = statSync(join(BUILT_MODELS, MODEL)).size;

function load(assets: string | URL | undefined): Promise<Blob> {
  return new ModelFiles(assets, () => undefined).model(MODEL);
}

/** A folder with the model and its manifest, served as it is. */
async function served(folder: string) {
  const server = createServer((request, response) => {
    readFile(join(folder, request.url ?? '')).then(
      (file) => response.end(file),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

describe('the models of the engine in Node', () => {
  it('come from the installed package', async () => {
    expect((await load(undefined)).size).toBe(BYTES);
  });

  it('come from a folder, by its path or its address, with or without a last slash', async () => {
    await using folder = await modelFolder('manifest.json', MODEL);
    const address = pathToFileURL(folder.path);
    for (const assets of [folder.path, `${folder.path}/`, address, `${address.href}/`]) {
      expect((await load(assets)).size).toBe(BYTES);
    }
  });

  it('come from a server', async () => {
    await using folder = await modelFolder('manifest.json', MODEL);
    await using server = await served(folder.path);
    expect((await load(server.url)).size).toBe(BYTES);
    await rm(join(folder.path, 'models', MODEL));
    await expect(load(server.url)).rejects.toMatchObject({
      code: 'ASSET_NOT_FOUND',
      message: expect.stringContaining(`${server.url}/models/${MODEL} answered 404`),
    });
  });

  it('are checked against their manifest', async () => {
    await using folder = await modelFolder('manifest.json', MODEL);
    const file = join(folder.path, 'models', MODEL);
    const bytes = await readFile(file);
    bytes[1_000_000] = (bytes[1_000_000] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await expect(load(folder.path)).rejects.toMatchObject({
      code: 'ASSET_INVALID',
      message: expect.stringMatching(/pose_landmarks_lite\.onnx has the SHA-256 \w+ instead of \w+\./),
    });
    await truncate(file, 1000);
    await expect(load(folder.path)).rejects.toMatchObject({
      code: 'ASSET_INVALID',
      message: expect.stringContaining(`${MODEL} has 1000 bytes instead of ${BYTES}.`),
    });
  });

  it('are checked by their form where there is no manifest, or one that nobody can read', async () => {
    await using folder = await modelFolder(MODEL);
    expect((await load(folder.path)).size).toBe(BYTES);
    await writeFile(join(folder.path, 'models', 'manifest.json'), '{"version":');
    expect((await load(folder.path)).size).toBe(BYTES);
    await writeFile(join(folder.path, 'models', MODEL), '<!doctype html>');
    await expect(load(folder.path)).rejects.toMatchObject({
      code: 'ASSET_INVALID',
      message: expect.stringContaining(`${MODEL} is no ONNX model.`),
    });
  });

  it('are missed by their name, with advice', async () => {
    await using folder = await modelFolder();
    await expect(load(folder.path)).rejects.toMatchObject({
      code: 'ASSET_NOT_FOUND',
      message: expect.stringMatching(
        /pose_landmarks_lite\.onnx does not exist\. Run "npx @pose-coach\/models copy <folder>", without --engine or with /,
      ),
    });
    const heavy = new ModelFiles(undefined, () => undefined).model('pose_landmarks_heavy.onnx');
    await expect(heavy).rejects.toMatchObject({
      code: 'ASSET_NOT_FOUND',
      message: expect.stringContaining('its README says how to make it'),
    });
  });

  it('count together, up to their whole size', async () => {
    const seen: (readonly [loaded: number, total: number])[] = [];
    const files = new ModelFiles(undefined, (loaded, total) => seen.push([loaded, total]));
    const blobs = await Promise.all([files.model(MODEL), files.model('pose_detector.onnx')]);
    const whole = blobs.reduce((sum, { size }) => sum + size, 0);
    expect(seen.at(-1)).toEqual([whole, whole]);
    expect(seen.map(([loaded]) => loaded)).toEqual(seen.map(([loaded]) => loaded).sort((a, b) => a - b));
  });

  it('stop loading when they are cancelled', async () => {
    const files: ModelFiles = new ModelFiles(undefined, () => files.cancel());
    await expect(files.model(MODEL)).rejects.toMatchObject({ code: 'ABORTED' });
    await expect(files.model(MODEL)).rejects.toMatchObject({ code: 'ABORTED' });
  });
});
