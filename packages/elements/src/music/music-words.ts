import type { ClapCalibration, MusicState } from '@pose-coach/core/music';

/** Where the music comes from. */
export type MusicChoice = 'off' | 'microphone' | 'tab' | 'file' | 'video';

/** Decibels of full scale under which nothing is to be heard. */
const SILENCE = -80;
/** Reports without a beat, ten a second, after which it is said: a clear beat takes four to six seconds. */
const PATIENCE = 100;

const OPENING: Readonly<Record<MusicChoice, string>> = {
  off: '',
  microphone: 'Opening the microphone. The browser may ask whether it may.',
  tab: 'Choose the tab that plays the music, and tick “Also share tab audio”.',
  file: 'Opening the file.',
  video: 'Opening the video’s sound.',
};

const SILENT: Readonly<Record<MusicChoice, string>> = {
  off: '',
  microphone: 'Nothing is to be heard. Start the music, or choose another microphone.',
  tab: 'Nothing is to be heard. Start the music in the shared tab.',
  file: 'Nothing is to be heard. Press play.',
  video: 'Nothing is to be heard. The video is paused, or has no sound.',
};

const NO_BEAT: Readonly<Record<MusicChoice, string>> = {
  off: '',
  microphone: 'There is no beat to be heard. Make the music louder, or take one with a clear beat.',
  tab: 'There is no beat to be heard. Take music with a clear beat.',
  file: 'There is no beat to be heard. Take music with a clear beat.',
  video: 'There is no beat to be heard in this video.',
};

/**
 * How listening goes, for whoever chose the music; the tempo is not in it.
 * @param without reports since the last beat, ten a second
 */
export function musicWords(choice: MusicChoice, heard: MusicState, without: number): string {
  switch (heard.kind) {
    case 'opening':
      return OPENING[choice];
    case 'suspended':
      return heard.advice;
    case 'listening':
      if (heard.level < SILENCE) return SILENT[choice];
      return without < PATIENCE ? 'Listening for the beat.' : NO_BEAT[choice];
    case 'beat':
      return 'The beat is heard.';
  }
}

/** What clapping told, in words. */
export function calibrationWords(calibration: ClapCalibration): string {
  if (calibration.status === 'unknown') return calibration.reason;
  const { delay, uncertainty, claps } = calibration;
  const size = Math.abs(Math.round(delay));
  const side = delay < 0 ? 'earlier' : 'later';
  return `The sound comes ${size}\u202fms ${side} than the picture (±\u202f${Math.ceil(uncertainty)}\u202fms, from ${claps} claps).`;
}

/** Decibels at the empty end of the level: quiet music in a room is louder. */
export const LOWEST_LEVEL = -60;

/** How far the level is filled, in [0, 1]. */
export function levelShare(decibels: number): number {
  return Math.min(1, Math.max(0, 1 - decibels / LOWEST_LEVEL));
}
