import type { BodyLandmark } from '../pose/index.ts';

export type CueSeverity = 'praise' | 'hint' | 'warning';

/** Something said to the person who moves. Plain data. */
export interface Cue {
  /** The rule that said it: `hello.raise-higher`. */
  readonly id: string;
  /** Milliseconds of the frames' media time. */
  readonly timestamp: number;
  readonly severity: CueSeverity;
  /** One short sentence in plain words. */
  readonly message: string;
  /** What to highlight; may be empty. */
  readonly joints: readonly BodyLandmark[];
  /** To whom it is said; absent when to everybody. */
  readonly poseId?: number;
  /** Who said it: an extension's id, or what `coach()` was told. */
  readonly source: string;
}
