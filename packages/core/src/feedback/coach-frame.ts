import type { Reading } from '../analysis/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import type { Cue } from './cue.ts';

/** What a coach says of one moment. */
export interface CoachFrame {
  readonly frame: PoseFrame;
  /** Readings that are new with this frame; those of isolated extensions may speak of an earlier one. */
  readonly readings: readonly Reading[];
  readonly cues: readonly Cue[];
}
