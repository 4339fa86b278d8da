import { oneEuro, type PoseFrame, smooth } from '@pose-coach/core';
import type { Observable } from 'rxjs';
import { openRecording } from './open-recording.ts';

/** The sample recording from the folder that stories are served with, smoothed as a coach does it, for ever. */
export function sampleFrames(): Observable<PoseFrame> {
  return openRecording('/pose-coach/sample-dance.poses', { loop: true, described: () => {} }).pipe(
    smooth(oneEuro()),
  );
}
