// Loaded when a recording is played. Named one by one, so that bundlers leave the rest of core out.
export { playRecording, readRecording } from '@pose-coach/core/session';
