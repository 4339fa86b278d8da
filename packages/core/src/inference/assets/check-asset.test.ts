import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Asset } from './asset.ts';
import { checkAsset } from './check-asset.ts';

/** ZIP's first bytes in front of some content: what has to be read as a checksum, not as a form. */
const CONTENT = Uint8Array.from(
  { length: 300 },
  (_, index) => (index < 2 ? [0x50, 0x4b][index] : index) ?? 0,
);

const ASSET = {
  url: 'https://example.org/models/some.task',
  bytes: CONTENT.length,
  sha256: createHash('sha256').update(CONTENT).digest('hex'),
} satisfies Asset;

function outcome(asset: Asset, bytes: Uint8Array<ArrayBuffer>): Promise<unknown> {
  return checkAsset(asset, bytes).catch((error: unknown) => error);
}

describe('checkAsset', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('passes the file that was expected', async () => {
    expect(await outcome(ASSET, CONTENT)).toBeUndefined();
    expect(await outcome({ ...ASSET, bytes: undefined }, CONTENT)).toBeUndefined();
  });

  it('refuses it at every shorter length, and one byte longer', async () => {
    for (let length = 0; length < CONTENT.length; length += 1) {
      expect(await outcome(ASSET, CONTENT.slice(0, length)), `${length} bytes`).toMatchObject({
        name: 'PoseCoachError',
        code: 'ASSET_INVALID',
        message: expect.stringContaining(`${ASSET.url} has ${length} bytes instead of 300.`),
      });
    }
    expect(await outcome(ASSET, Uint8Array.of(...CONTENT, 0))).toMatchObject({ code: 'ASSET_INVALID' });
  });

  it('refuses it with any one bit another', async () => {
    for (let bit = 0; bit < CONTENT.length * 8; bit += 1) {
      const flipped = CONTENT.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await outcome(ASSET, flipped), `bit ${bit}`).toMatchObject({
        code: 'ASSET_INVALID',
        message: expect.stringMatching(/some\.task has the SHA-256 [0-9a-f]{64} instead of [0-9a-f]{64}\./),
      });
    }
  });

  it('goes by the form where no checksum is known', async () => {
    const { url } = ASSET;
    expect(await outcome({ url }, CONTENT)).toMatchObject({
      code: 'ASSET_INVALID',
      message: expect.stringMatching(/^https:\/\/example\.org\/models\/some\.task is cut off\. Run "npx /),
    });
  });

  it('goes by size and form where checksums cannot be computed', async () => {
    vi.stubGlobal('crypto', {});
    expect(await outcome(ASSET, CONTENT)).toMatchObject({ code: 'ASSET_INVALID' });
    const script = { ...ASSET, url: 'https://example.org/wasm/some.js' };
    expect(await outcome(script, CONTENT)).toBeUndefined();
    expect(await outcome(script, CONTENT.slice(1))).toMatchObject({ code: 'ASSET_INVALID' });
  });

  it('says of a heavy model that the package does not carry it', async () => {
    for (const name of ['pose_landmarker_heavy.task', 'pose_landmarks_heavy.onnx']) {
      const failure = await outcome({ url: `/models/${name}`, bytes: 1 }, CONTENT);
      expect(failure).toMatchObject({ message: expect.stringContaining('README says how to make it') });
    }
  });
});
