import { describe, expect, it } from 'vitest';
import { calibrationWords, levelShare, musicWords } from './music-words.ts';

/** Reports in three and in thirty seconds, ten a second. */
const [SOON, LATE] = [30, 300];

describe('what is said of the music', () => {
  it('says what the browser is about to ask', () => {
    expect(musicWords('microphone', { kind: 'opening' }, 0)).toContain('microphone');
    expect(musicWords('tab', { kind: 'opening' }, 0)).toContain('Also share tab audio');
  });

  it('tells silence from music in which the beat is still looked for, and from music without one', () => {
    const heard = (level: number) => ({ kind: 'listening', level, confidence: 0.1 }) as const;
    expect(musicWords('file', heard(-110), LATE)).toBe('Nothing is to be heard. Press play.');
    expect(musicWords('file', heard(-20), SOON)).toBe('Listening for the beat.');
    expect(musicWords('file', heard(-20), LATE)).toContain('no beat to be heard');
  });

  it('does not say the tempo, which would be read out again and again', () => {
    const heard = { kind: 'beat', level: -20, confidence: 0.9, bpm: 120, nextBeat: 0 } as const;
    expect(musicWords('microphone', heard, 0)).not.toMatch(/\d/);
  });

  it('passes on what to do where the browser keeps sound asleep', () => {
    expect(musicWords('file', { kind: 'suspended', advice: 'Click anywhere.' }, 0)).toBe('Click anywhere.');
  });
});

describe('what is said of clapping', () => {
  it('says which of both is later, by how much, and how sure that is', () => {
    const measured = { status: 'ok', spread: 10, uncertainty: 3.2, claps: 9 } as const;
    expect(calibrationWords({ ...measured, delay: 48.4 })).toBe(
      'The sound comes 48\u202fms later than the picture (±\u202f4\u202fms, from 9 claps).',
    );
    expect(calibrationWords({ ...measured, delay: -31 })).toContain('31\u202fms earlier');
  });

  it('says what was missing', () => {
    expect(calibrationWords({ status: 'unknown', reason: 'Clap louder.' })).toBe('Clap louder.');
  });
});

describe('the level', () => {
  it('is empty at −60 decibels and below, and full at none', () => {
    expect([-120, -60, -30, 0, 3].map(levelShare)).toEqual([0, 0, 0.5, 1, 1]);
  });
});
