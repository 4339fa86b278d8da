import source from 'virtual:mediapipe-worker';
import { describeEstimator } from '../conformance.ts';
import { browserPictures } from '../conformance-browser.ts';
import { instrumentWorker } from '../engine/instrumented-worker.ts';
import { mediapipe } from './index.ts';
import type { MediapipeOptions } from './options.ts';

/** Pixels: the assembled model gives what the reference's gives; what differs is how the clip's colours are converted. */
const TOLERANCE = 1;

for (const thread of ['worker', 'main'] as const) {
  const instrumented = instrumentWorker(source);
  const options: MediapipeOptions = {
    model: 'full',
    delegate: 'CPU',
    assets: '/assets/',
    workerUrl: instrumented.url,
    thread,
  };
  describeEstimator(`mediapipe (${thread})`, {
    pictures: browserPictures,
    factory: mediapipe(options),
    twoPeople: mediapipe({ ...options, maxPoses: 2 }),
    tolerance: TOLERANCE,
    ...(thread === 'worker' ? { crash: instrumented.crash } : {}),
    loseContext: instrumented.loseContext,
    closedInEngine: instrumented.closed,
  });
}
