export type { AudioDevices, MicrophoneDevice } from './audio-devices.ts';
export { type AudioFileOptions, audioFile, type DecodedAudio } from './audio-file.ts';
export { mediaElementAudio } from './element-audio.ts';
export type { AudioSource, LiveAudio } from './live-audio.ts';
export { listMicrophones, type MicrophoneOptions, microphone } from './microphone.ts';
export { type StreamAudioOptions, streamAudio } from './stream-audio.ts';
export { tabAudio } from './tab-audio.ts';
