export {
  concordance,
  PointSequence,
  type PointSequenceOptions,
  type SequenceMoments,
} from './point-sequence.ts';
export type { RecurrenceOptions } from './recurring-stretches.ts';
export { type Performance, type RepeatedSequence, repeatedSequences } from './repeated-sequences.ts';
