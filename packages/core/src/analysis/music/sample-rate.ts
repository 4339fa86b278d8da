import { PoseCoachError } from '../../base/index.ts';

/** Samples per second: below, drums lose what tells them apart, and a millisecond is but a few samples. */
const LOWEST_RATE = 8000;

/** @throws PoseCoachError `OPTION_INVALID` unless it is a number of samples per second that beats can be heard at */
export function checkSampleRate(sampleRate: number): number {
  if (Number.isFinite(sampleRate) && sampleRate >= LOWEST_RATE) return sampleRate;
  throw new PoseCoachError(
    'OPTION_INVALID',
    `A sample rate of ${sampleRate} is too low to hear beats at. Give the sound's samples per second, ${LOWEST_RATE} or more: usually 44100 or 48000.`,
  );
}
