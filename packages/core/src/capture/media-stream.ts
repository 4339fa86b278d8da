import { defer, type Observable } from 'rxjs';
import { type Clock, PoseCoachError, systemClock } from '../base/index.ts';
import type { CapturedFrame } from './captured-frame.ts';
import { inEpochs } from './taken-frame.ts';
import { trackFrames } from './track-frames.ts';

/**
 * The frames of a stream's first video track: a shared screen, a call, a camera somebody else opened. The stream
 * stays its owner's. Completes when the track ends; errors with `SOURCE_UNSUPPORTED` when there is none.
 */
export function mediaStream(
  stream: MediaStream,
  { clock = systemClock }: { readonly clock?: Clock } = {},
): Observable<CapturedFrame> {
  return defer(() => {
    const [track] = stream.getVideoTracks();
    if (!track) {
      throw new PoseCoachError('SOURCE_UNSUPPORTED', 'This stream has no video. Use one with a video track.');
    }
    return trackFrames(track, clock).pipe(inEpochs());
  });
}
