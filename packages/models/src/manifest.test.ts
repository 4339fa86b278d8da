import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { assemble } from '../build/assemble.ts';
import { sha256 } from './checksum.ts';
import { modelFile, modelManifest } from './index.ts';
import { locateAssets } from './locate.ts';
import { SOURCES } from './sources.ts';

const require = createRequire(import.meta.url);

/** Where a package is installed; some let nobody resolve their package.json. */
function folderOf(name: string): string {
  if (name === '@mediapipe/tasks-vision') return dirname(require.resolve(name));
  if (name === 'onnxruntime-web') return join(dirname(require.resolve(name)), '..');
  return dirname(require.resolve(`${name}/package.json`));
}

describe('modelManifest', () => {
  beforeAll(async () => {
    await assemble(fileURLToPath(new URL('.', modelFile('manifest.json'))));
  });

  it('states the size and checksum of every file that an assets address has to serve', async () => {
    const listed = [...modelManifest.models, ...modelManifest.wasm];
    const located = locateAssets();
    expect(
      listed.map(({ path }) => path).filter((path) => !located.some((file) => file.path === path)),
    ).toEqual([]);
    for (const { path, bytes, sha256: checksum } of listed) {
      const location = located.find((file) => file.path === path)?.location;
      const content = await readFile(location ?? '');
      expect({ path, bytes: content.length, sha256: sha256(content) }).toEqual({
        path,
        bytes,
        sha256: checksum,
      });
    }
  });

  it('names the versions that package.json pins, without ranges', async () => {
    const pinned = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
    const versions = { ...pinned.dependencies, ...pinned.devDependencies };
    for (const source of Object.values(SOURCES)) expect(versions[source.package]).toBe(source.version);
  });

  it('names sources that are installed with the checksums it gives', async () => {
    for (const source of [...modelManifest.models, ...modelManifest.wasm].flatMap(({ sources }) => sources)) {
      const folder = folderOf(source.package);
      expect(sha256(await readFile(join(folder, source.file))), source.file).toBe(source.sha256);
    }
  });

  it('says which engine needs a file', () => {
    const files = [...modelManifest.models, ...modelManifest.wasm];
    const foreign = files.filter(({ name, engine }) => {
      const ours = name.endsWith('.onnx') || name.startsWith('ort-');
      return engine !== (ours ? 'onnx' : 'mediapipe');
    });
    expect(foreign).toEqual([]);
    expect(new Set(files.map(({ engine }) => engine)).size).toBe(2);
  });

  it('gives a licence that package.json declares and whose text lies in the package', async () => {
    const licences = new Set([...modelManifest.models, ...modelManifest.wasm].map(({ licence }) => licence));
    expect([...licences].sort()).toEqual(['Apache-2.0', 'MIT']);
    const { license, files } = JSON.parse(
      await readFile(new URL('../package.json', import.meta.url), 'utf8'),
    );
    for (const licence of licences) expect(license.split(' AND ')).toContain(licence);
    expect(files).toContain('LICENSE-APACHE-2.0.txt');
  });
});

describe('modelFile', () => {
  it('points to a file that can be read', async () => {
    const manifest = JSON.parse(await readFile(modelFile('manifest.json'), 'utf8'));
    expect(manifest.models.map(({ name }: { name: string }) => name)).toEqual([
      'pose_landmarker_lite.task',
      'pose_landmarker_full.task',
      'hand_landmarker.task',
      'pose_detector.onnx',
      'pose_landmarks_lite.onnx',
      'pose_landmarks_full.onnx',
      'hand_detector.onnx',
      'hand_landmarks.onnx',
    ]);
  });
});
