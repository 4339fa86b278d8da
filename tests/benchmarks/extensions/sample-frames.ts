import { readFileSync } from 'node:fs';
import type { PoseFrame } from '../../../packages/core/src/pose/index.ts';
import { readRecording } from '../../../packages/core/src/session/recording.ts';

/** The frames of the sample recording: one dancer, 18 seconds. */
export function sampleFrames(): readonly PoseFrame[] {
  const file = readFileSync(new URL('../../../packages/elements/assets/sample-dance.poses', import.meta.url));
  const read = readRecording(file);
  if (!read.ok) throw read.error;
  return read.value.frames;
}
