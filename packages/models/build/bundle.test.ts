import { afterEach, describe, expect, it } from 'vitest';
import { sha256 } from '../src/checksum.ts';
import { modelManifest } from '../src/manifest.ts';
import { assembleBundle, HEAVY_BUNDLE, HEAVY_RECIPE, RECIPES } from './bundle.ts';

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
}

/** The central directory of a ZIP file (APPNOTE.TXT 4.3.12 and 4.3.16), for an archive without a comment. */
function zipEntries(bytes: Uint8Array): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < view.getUint16(end + 10, true); index += 1) {
    expect(view.getUint32(at, true)).toBe(0x02014b50);
    const nameLength = view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

const zone = process.env.TZ;

describe.each([...RECIPES, HEAVY_RECIPE])('the bundle $name', (recipe) => {
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('holds two models under the names MediaPipe looks for, stored and not compressed', async () => {
    const task = recipe.name.startsWith('hand') ? 'hand' : 'pose';
    const entries = zipEntries(await assembleBundle(recipe));
    expect(entries.map(({ name }) => name)).toEqual([
      `${task}_detector.tflite`,
      `${task}_landmarks_detector.tflite`,
    ]);
    expect(entries.map(({ method }) => method)).toEqual([0, 0]);
    expect(entries.every(({ packed, size }) => packed === size && size > 2_000_000)).toBe(true);
  });

  it('is the same to the byte in every time zone', async () => {
    process.env.TZ = 'Pacific/Kiritimati';
    const east = sha256(await assembleBundle(recipe));
    process.env.TZ = 'Pacific/Pago_Pago';
    const west = sha256(await assembleBundle(recipe));
    expect(new Date().getTimezoneOffset()).toBe(660);
    expect(west).toBe(east);
  });

  it('has the size and checksum that are written down for it', async () => {
    const listed = modelManifest.models.find(({ name }) => name === recipe.name) ?? HEAVY_BUNDLE;
    const bytes = await assembleBundle(recipe);
    expect({ bytes: bytes.length, sha256: sha256(bytes) }).toEqual({
      bytes: listed.bytes,
      sha256: listed.sha256,
    });
  });
});
