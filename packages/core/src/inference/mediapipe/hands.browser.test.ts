import { describe, expect, it } from 'vitest';
import { loadClip } from '../conformance-browser.ts';
import type { EstimatorEvent, PoseEstimate } from '../pose-estimator.ts';
import { mediapipe } from './index.ts';
import type { MediapipeOptions } from './options.ts';

function create(options: MediapipeOptions) {
  return mediapipe({ delegate: 'CPU', assets: '/assets/', ...options }).create({
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
}

const distance = (a?: { x: number; y: number }, b?: { x: number; y: number }) =>
  a && b ? Math.hypot(a.x - b.x, a.y - b.y) : Number.NaN;

describe('the hands of mediapipe', () => {
  it.for(['worker', 'main'] as const)('hang on their person’s wrists (%s)', async (thread, context) => {
    const clip = (await loadClip('dance_phrase_talmolab', 40)) ?? context.skip('skipped: no fixtures');
    const estimator = await create({ hands: { rate: 100 }, thread });
    const estimates: PoseEstimate[] = [];
    for (const [index, frame] of clip.frames.entries()) {
      estimates.push(
        await estimator.estimate(new VideoFrame(frame, { timestamp: index * 33_333 }), index * 33.3),
      );
      // The pace of a camera: hands take the time between two frames.
      await new Promise((resolve) => setTimeout(resolve, 33));
    }
    await estimator.dispose();
    const hands = estimates.flatMap(({ poses, hands }) => hands.map((hand) => ({ hand, poses })));
    expect(hands.length).toBeGreaterThan(5);
    for (const { hand, poses } of hands) {
      const body = poses[hand.poseId]?.landmarks ?? [];
      const [own, other] = hand.side === 'left' ? [15, 16] : [16, 15];
      const wrist = hand.landmarks[0];
      expect(distance(wrist, body[own])).toBeLessThan(distance(wrist, body[other]));
      expect(distance(wrist, body[own])).toBeLessThan(0.1);
      expect(hand.landmarks).toHaveLength(21);
    }
  });

  it('are done without, and said to be, when their model is missing', async () => {
    // It is not even kept from an earlier load.
    await caches.delete('pose-coach-assets');
    const real = globalThis.fetch;
    globalThis.fetch = (url, options) =>
      String(url).endsWith('hand_landmarker.task')
        ? Promise.resolve(new Response('', { status: 404 }))
        : real(url, options);
    const events: EstimatorEvent[] = [];
    try {
      const estimator = await create({ hands: true });
      estimator.events((event) => events.push(event));
      const picture = new OffscreenCanvas(64, 48);
      picture.getContext('2d');
      const { hands } = await estimator.estimate(new VideoFrame(picture, { timestamp: 0 }), 0);
      expect(hands).toEqual([]);
      await estimator.dispose();
    } finally {
      globalThis.fetch = real;
    }
    expect(events).toMatchObject([{ type: 'degraded', error: { code: 'ASSET_NOT_FOUND' } }]);
  });
});
