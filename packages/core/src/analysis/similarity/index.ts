export {
  concordance,
  PointSequence,
  type PointSequenceOptions,
  type SequenceMoments,
} from './point-sequence.ts';
export { type Recurred, Recurrence, type RecurrenceOptions } from './recurrence.ts';
export type { RepetitionOptions } from './recurring-stretches.ts';
export { type RepeatedSequence, repeatedSequences, type SequencePerformance } from './repeated-sequences.ts';
