import { concatMap, from, lastValueFrom, map, type Observable, timer, toArray } from 'rxjs';
import { describe, expect, it, type TestContext } from 'vitest';
import { type CapturedFrame, nextEpoch, RawImage } from '../../capture/index.ts';
import type { PoseFrame } from '../../pose/index.ts';
import { nodePictures } from '../conformance-node.ts';
import { type EstimatorEvent, estimatePoses, type PoseEstimatorFactory } from '../index.ts';
import { modelFolder } from './node/model-folder.test-support.ts';
import { onnx } from './node.ts';
import type { OnnxOptions } from './options.ts';

function create(options: OnnxOptions) {
  return onnx(options).create({ signal: new AbortController().signal, onProgress: () => undefined });
}

type Film = Exclude<Awaited<ReturnType<typeof nodePictures.clip>>, string>;

/** A second of a dancer, or the end of the test where there is none. */
async function dancer(context: TestContext): Promise<Film> {
  const clip = await nodePictures.clip('dance_phrase_talmolab', 30);
  return typeof clip === 'string' ? context.skip(clip) : clip;
}

/** The clip as a source gives it, with a pause of so many ms before each frame. */
function film({ frames, framesPerSecond, width, height }: Film, pause = 0): Observable<CapturedFrame> {
  const epoch = nextEpoch();
  return from(frames).pipe(
    concatMap((picture, index) => timer(pause).pipe(map(() => ({ picture, index })))),
    map(({ picture, index }) => ({
      image: nodePictures.toFrame(picture, index),
      timestamp: (index * 1000) / framesPerSecond,
      epoch,
      width,
      height,
      capturedAt: 0,
      skipped: 0,
    })),
  );
}

/** Everything found in a film, without the times that it took. */
async function found(factory: PoseEstimatorFactory, frames: Observable<CapturedFrame>) {
  const estimating = frames.pipe(estimatePoses(factory, { backpressure: 'lossless' }), toArray());
  return (await lastValueFrom(estimating)).map(
    ({ sequence, timestamp, dropped, poses, hands }: PoseFrame) => ({
      sequence,
      timestamp,
      dropped,
      poses,
      hands,
    }),
  );
}

describe('the ONNX engine in Node', () => {
  it('finds the same bodies and hands in a film each time, however fast its frames come', async (context) => {
    const clip = await dancer(context);
    const factory = onnx({ hands: true });
    const once = await found(factory, film(clip));
    const again = await found(factory, film(clip, 20));
    expect(once.map(({ sequence }) => sequence)).toEqual(clip.frames.map((_, index) => index + 1));
    expect(once.map(({ dropped }) => dropped)).toEqual(clip.frames.map(() => 0));
    expect(again).toEqual(once);
  });

  it('finds hands on their person’s wrists, at their own rate of the film’s time', async (context) => {
    const clip = await dancer(context);
    const frames = await found(onnx({ hands: { rate: 10 } }), film(clip));
    const hands = frames.flatMap((frame) => frame.hands.map((hand) => ({ hand, frame })));
    expect(hands.length).toBeGreaterThan(10);
    // Ten looks in the film's second: the first picture of each tenth.
    const looks = new Set(hands.map(({ hand }) => Math.floor(hand.timestamp / 100)));
    expect(new Set(hands.map(({ hand }) => hand.timestamp)).size).toBe(looks.size);
    for (const { hand, frame } of hands) {
      expect(frame.timestamp - hand.timestamp).toBeLessThanOrEqual(100);
      if (frame.timestamp !== hand.timestamp) continue;
      const body = frame.poses[hand.poseId]?.landmarks ?? [];
      const [own, other] = hand.side === 'left' ? [15, 16] : [16, 15];
      const away = (index: number) => {
        const [wrist, joint] = [hand.landmarks[0], body[index]];
        return wrist && joint ? Math.hypot(wrist.x - joint.x, wrist.y - joint.y) : Number.NaN;
      };
      expect(away(own)).toBeLessThan(away(other));
      expect(away(own)).toBeLessThan(0.1);
    }
  });

  it('keeps a frame open until it has been looked at: whoever gets its memory back may use it again', async (context) => {
    const clip = await dancer(context);
    const frame = clip.frames[0];
    if (!frame) throw new Error('The clip is empty.');
    const image = nodePictures.toFrame(frame, 0);
    const pixels = image instanceof RawImage ? image.data : undefined;
    if (!pixels) throw new Error('The frame is empty.');
    /** Gives its memory back to be painted over, as a decoder's pool does. */
    class PooledImage extends RawImage {
      override close(): void {
        this.data?.fill(0);
        super.close();
      }
    }
    const pool = new Uint8Array(pixels.length);
    const estimator = await create({});
    const noses: (number | undefined)[] = [];
    for (let index = 0; index < 3; index += 1) {
      pool.set(pixels);
      const { poses } = await estimator.estimate(
        new PooledImage(pool, frame.width, frame.height),
        index * 33,
      );
      noses.push(poses[0]?.landmarks[0]?.x);
    }
    await estimator.dispose();
    expect(noses).toEqual(noses.map(() => expect.closeTo(clip.reference[0]?.landmarks[0]?.x ?? -1, 1)));
  });

  it('says what it calculates with', async () => {
    const estimator = await create({ threads: 1 });
    await estimator.dispose();
    expect(estimator.info).toEqual({
      engine: 'onnx',
      model: 'lite',
      backend: 'native',
      landmarks: 33,
      why: 'ONNX Runtime as a library of the machine, one thread: the fastest in Node.',
    });
  });

  it.each([
    [{ backend: 'webgpu' }, 'Leave "backend" out'],
    [{ thread: 'worker' }, 'Leave "thread" out'],
  ] as const)('refuses %j, which only browsers have', async (options, advice) => {
    await expect(create(options)).rejects.toMatchObject({
      code: 'ENGINE_UNSUPPORTED',
      message: expect.stringContaining(advice),
    });
  });

  it('does without hands, and says so, where their models are missing', async () => {
    await using folder = await modelFolder('manifest.json', 'pose_detector.onnx', 'pose_landmarks_lite.onnx');
    const estimator = await create({ assets: folder.path, hands: true });
    const events: EstimatorEvent[] = [];
    estimator.events((event) => events.push(event));
    const { hands } = await estimator.estimate(new RawImage(new Uint8Array(64 * 48 * 4), 64, 48), 0);
    await estimator.dispose();
    expect(hands).toEqual([]);
    expect(events).toMatchObject([{ type: 'degraded', error: { code: 'ASSET_NOT_FOUND' } }]);
  });

  it('refuses what is no RawImage, and goes on', async () => {
    const estimator = await create({ hands: true });
    const bitmap = { width: 64, height: 48, close: () => undefined };
    for (const foreign of [bitmap, {}, undefined, new Uint8Array(4)]) {
      await expect(estimator.estimate(foreign as ImageBitmap, 0)).rejects.toMatchObject({
        code: 'FRAME_INVALID',
        message: expect.stringContaining('RawImage'),
      });
    }
    expect((await estimator.estimate(new RawImage(new Uint8Array(4), 1, 1), 33)).poses).toEqual([]);
    await estimator.dispose();
  });
});
