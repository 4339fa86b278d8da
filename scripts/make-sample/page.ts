// The page of `make-sample.ts`: the whole way from a clip's pixels to a recording's bytes, with our own engine.
import { estimatePoses, type PoseFrame } from '@pose-coach/core';
import { mediapipe } from '@pose-coach/core/mediapipe';
import { type RecordingMetadata, record } from '@pose-coach/core/session';
import { from, lastValueFrom, map, tap } from 'rxjs';
import { clipFrames } from './clip-frames.ts';

export interface SampleOrder {
  /** Address of the clip. */
  readonly clip: string;
  /** Frames per second of the clip. */
  readonly rate: number;
  readonly model: 'lite' | 'full';
  /** Everything but engine and model, which the engine itself tells. */
  readonly metadata: RecordingMetadata;
}

export interface Sample {
  /** The recording as a `data:` URL. */
  readonly recording: string;
  readonly frames: number;
  readonly withPeople: number;
}

/** Milliseconds the engine may take for a frame, its loading included. */
const FRAME_TIMEOUT = 60_000;

declare global {
  interface Window {
    makeSample(order: SampleOrder): Promise<Sample>;
  }
}

window.makeSample = async ({ clip, rate, model, metadata }) => {
  const response = await fetch(clip);
  if (!response.ok) throw new Error(`${clip} answered ${response.status}.`);
  let release: () => void = () => undefined;
  let free = Promise.resolve();
  let fail: (error: Error) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const taken = async () => {
    const stuck = setTimeout(() => fail(new Error('The engine left a frame out.')), FRAME_TIMEOUT);
    await Promise.race([free, failure]).finally(() => clearTimeout(stuck));
    free = new Promise((resolve) => {
      release = resolve;
    });
  };
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let frames = 0;
  let withPeople = 0;
  await lastValueFrom(
    from(clipFrames(await response.blob(), rate, taken)).pipe(
      estimatePoses(mediapipe({ model, thread: 'worker', delegate: 'CPU', assets: '/assets' }), {
        backpressure: 'lossless',
      }),
      tap((frame) => {
        frames += 1;
        if (frame.poses.length > 0) withPeople += 1;
        release();
      }),
      map(withoutStages),
      record((bytes) => void chunks.push(bytes), { metadata: { ...metadata, engine: 'mediapipe', model } }),
    ),
  );
  return { recording: await dataUrl(new Blob(chunks)), frames, withPeople };
};

/** How long this machine took says nothing to whoever plays the sample. */
function withoutStages(frame: PoseFrame): PoseFrame {
  return { ...frame, timings: { ...frame.timings, stages: {} } };
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
