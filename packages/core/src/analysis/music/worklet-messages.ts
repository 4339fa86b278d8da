/** What is wanted of the audio thread. */
export interface WorkletOrder {
  readonly beats: boolean;
  readonly onsets: boolean;
}

/** What the audio thread says. All times are milliseconds on the audio context's clock (`currentTime`). */
export type WorkletReport =
  | { readonly type: 'beat'; readonly timestamp: number; readonly strength: number }
  | { readonly type: 'onset'; readonly timestamp: number; readonly strength: number }
  /** Ten times a second. */
  | {
      readonly type: 'heard';
      /** Decibels of full scale since the report before, −120 at least. */
      readonly level: number;
      readonly confidence: number;
      readonly bpm: number | undefined;
      readonly nextBeat: number | undefined;
    };

/** The processor's name in an audio context. */
export const MUSIC_PROCESSOR = 'pose-coach-music';
