import { classify, coach, oneEuro, type PoseFrame, smooth } from '@pose-coach/core';
import { type LivePublisher, publishPoses } from '@pose-coach/core/live';
import { DANCE_METRICS, dance } from '@pose-coach/extension-dance';
import { filter, firstValueFrom, Subject } from 'rxjs';
import { sampleFrames } from '../benchmarks/extensions/sample-frames.ts';
import { TEST_TOKEN } from './overlay-server-process.ts';

/** The published sample recording, live: one dancer, with what the dance extension reads and says of them. */
export interface StreamedSample {
  readonly publisher: LivePublisher;
  dispose(): void;
}

/** Streams it over and over, at its own pace, until it is disposed. @param host of the server, with its port */
export async function streamSample(host: string): Promise<StreamedSample> {
  const publisher = publishPoses({ url: `http://${host}`, token: TEST_TOKEN });
  publisher.declare(DANCE_METRICS);
  const frames = new Subject<PoseFrame>();
  frames.pipe(smooth(oneEuro()), classify(dance()), coach([])).subscribe(({ frame, readings, cues }) => {
    publisher.send(frame);
    publisher.tell(readings, cues);
  });
  await firstValueFrom(publisher.status.pipe(filter(({ status }) => status === 'live')));
  const recorded = sampleFrames();
  const first = recorded[0]?.timestamp ?? 0;
  const length = (recorded[recorded.length - 1]?.timestamp ?? 0) - first + 33;
  const began = Date.now();
  let sent = 0;
  const timer = setInterval(() => {
    const elapsed = Date.now() - began;
    for (;;) {
      const round = Math.floor(sent / recorded.length);
      const frame = recorded[sent % recorded.length];
      if (!frame || round * length + frame.timestamp - first > elapsed) return;
      sent += 1;
      frames.next({
        ...frame,
        sequence: sent,
        epoch: round,
        timings: { capturedAt: performance.timeOrigin + performance.now(), stages: {} },
      });
    }
  }, 10);
  return {
    publisher,
    dispose: () => {
      clearInterval(timer);
      publisher.dispose();
    },
  };
}
