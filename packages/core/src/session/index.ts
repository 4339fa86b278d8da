export type { RecordingMetadata } from '../codec/index.ts';
export { type PlayRecordingOptions, playRecording } from './play-recording.ts';
export { type RecordOptions, record } from './record.ts';
export {
  type ReadRecordingOptions,
  type Recording,
  type RecordingLoss,
  readRecording,
} from './recording.ts';
export { type RecordingSink, type RecordingSummary, RecordingWriter } from './recording-writer.ts';
