import { concatMap, from, lastValueFrom, map, takeWhile, timer, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { type CapturedFrame, nextEpoch } from './capture/index.ts';
import { createCoach } from './coach.ts';
import { nodePictures } from './inference/conformance-node.ts';
import { onnx } from './inference/onnx/node.ts';

describe('a coach in Node', () => {
  it('takes decoded frames, to the last', async (context) => {
    const clip = await nodePictures.clip('dance_phrase_talmolab', 10);
    if (typeof clip === 'string') return context.skip(clip);
    const epoch = nextEpoch();
    const frames = from(clip.frames).pipe(
      // A camera's pace: whoever is live leaves frames out that come faster than they are looked at.
      concatMap((picture, index) => timer(200).pipe(map(() => ({ picture, index })))),
      map(
        ({ picture, index }): CapturedFrame => ({
          image: nodePictures.toFrame(picture, index),
          timestamp: (index * 1000) / clip.framesPerSecond,
          epoch,
          width: clip.width,
          height: clip.height,
          capturedAt: 0,
          skipped: 0,
        }),
      ),
    );
    const coach = createCoach({ estimator: onnx({ model: 'lite' }), source: { kind: 'pixels', frames } });
    const last = ((clip.frames.length - 1) * 1000) / clip.framesPerSecond;
    const seen = await lastValueFrom(
      coach.frames.pipe(
        map(({ frame }) => frame),
        takeWhile(({ timestamp }) => timestamp < last, true),
        toArray(),
      ),
    );
    coach.dispose();
    expect(seen.map(({ poses }) => poses.length)).toEqual(seen.map(() => 1));
    // The newest wins: some may have been left out, and are counted.
    expect(seen.reduce((sum, { dropped }) => sum + 1 + dropped, 0)).toBe(clip.frames.length);
  });
});
