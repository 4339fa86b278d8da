import { describe, expect, it } from 'vitest';
import { type EngineChoiceOptions, engine } from './node.ts';

const create = (options: EngineChoiceOptions) =>
  engine(options).create({ signal: new AbortController().signal, onProgress: () => undefined });

describe('the choice of engine in Node', () => {
  it('has no MediaPipe, and says what there is', async () => {
    await expect(create({ engine: 'mediapipe' })).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
      message: expect.stringMatching(/needs a browser.*"onnx"/),
    });
  });

  it('says what is in the way of the only engine there is', async () => {
    await expect(create({ assets: '/no/such/folder' })).rejects.toMatchObject({
      code: 'ASSET_NOT_FOUND',
      message: expect.stringMatching(
        /folder\/models\/\S+\.onnx does not exist.*Nor could MediaPipe be had: MediaPipe needs a browser/,
      ),
    });
  });

  it('refuses an engine of another name at once', () => {
    expect(() => create({ engine: 'movenet' as 'auto' })).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID' }),
    );
  });
});
