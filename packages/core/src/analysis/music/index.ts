export {
  type AudioDevices,
  type AudioFileOptions,
  type AudioSource,
  audioFile,
  type DecodedAudio,
  type LiveAudio,
  listMicrophones,
  type MicrophoneDevice,
  type MicrophoneOptions,
  mediaElementAudio,
  microphone,
  type StreamAudioOptions,
  streamAudio,
  tabAudio,
} from '../../capture/audio/index.ts';
export type { Beat } from '../analyzer.ts';
export { type FindBeatsOptions, findBeats, type MusicBeats } from './beat-finder.ts';
export { BeatListener } from './beat-listener.ts';
export { BeatTracker, type BeatTrackerState } from './beat-tracker.ts';
export { type ClapCalibration, calibrateClaps } from './calibrate-claps.ts';
export { type OnElementClockOptions, onElementClock, type TimedElement } from './element-clock.ts';
export { FramesClock, type OnFramesClockOptions, onFramesClock, type TimedFrame } from './frames-clock.ts';
export { handClaps } from './hand-claps.ts';
export type { ListeningOptions } from './listening.ts';
export { type MusicBeatsOptions, type MusicState, musicBeats, soundOnsets } from './music-beats.ts';
export type { TempoPoint } from './music-tempo-curve.ts';
export { type Onset, OnsetDetector } from './onset-detector.ts';
export { OnsetEnvelope } from './onset-envelope.ts';
