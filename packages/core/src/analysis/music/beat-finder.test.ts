import { describe, expect, it } from 'vitest';
import { fMeasure, medianLateness } from '../../../../../tests/music/beat-score.ts';
import { notMusic } from '../../../../../tests/music/not-music.ts';
import {
  addNoise,
  beatTimes,
  type MusicStyle,
  playMusic,
} from '../../../../../tests/music/synthetic-music.ts';
import { findBeats, type MusicBeats } from './beat-finder.ts';

const RATE = 22_050;
/** Seconds. */
const LENGTH = 14;
const TEMPOS = [60, 80, 105, 130, 155, 180];

function milliseconds(beats: readonly number[]): number[] {
  return beats.map((seconds) => seconds * 1000);
}

function times({ beats }: MusicBeats): number[] {
  return beats.map(({ timestamp }) => timestamp);
}

async function find(style: MusicStyle, truth: readonly number[], length = LENGTH): Promise<MusicBeats> {
  return findBeats(playMusic(style, truth, length, RATE), RATE);
}

describe('findBeats', () => {
  it.each(['clicks', 'rock', 'swing', 'plucked'] as const)(
    'finds the tempo to a hundredth and beats within 30 ms from 60 to 180 BPM: %s',
    async (style) => {
      for (const bpm of TEMPOS) {
        const truth = milliseconds(beatTimes(bpm, 0.3, LENGTH));
        const found = await find(style, beatTimes(bpm, 0.3, LENGTH));
        expect(Math.abs((found.bpm ?? 0) / bpm - 1), `${bpm} BPM`).toBeLessThan(0.01);
        expect(fMeasure(times(found), truth, 30), `${bpm} BPM`).toBeGreaterThan(0.97);
        expect(found.confidence).toBeGreaterThan(0.5);
      }
    },
  );

  it.each(['house', 'funk'] as const)(
    'finds the tempo, or its double or half, where off-beats are as strong as beats: %s',
    async (style) => {
      for (const bpm of TEMPOS) {
        const truth = beatTimes(bpm, 0.3, LENGTH);
        const found = await find(style, truth);
        const ratio = (found.bpm ?? 0) / bpm;
        const octave = [0.5, 1, 2].find((each) => Math.abs(ratio / each - 1) < 0.01);
        expect(octave, `${bpm} BPM`).toBeDefined();
        // House is played at 110 to 130, funk at 90 to 120: there it must be the beat itself.
        if (bpm >= 105 && bpm <= 150) expect(octave).toBe(1);
        if (octave === 1) expect(fMeasure(times(found), milliseconds(truth), 30)).toBeGreaterThan(0.95);
      }
    },
  );

  it.each([22_050, 44_100, 48_000])(
    'gives the same beats at %i samples a second, whenever they begin',
    async (rate) => {
      for (const start of [0, 2.537]) {
        const truth = beatTimes(96, start, 15);
        const found = await findBeats(playMusic('rock', truth, 15, rate), rate);
        expect(Math.abs((found.bpm ?? 0) / 96 - 1)).toBeLessThan(0.005);
        expect(fMeasure(times(found), milliseconds(truth), 30)).toBeGreaterThan(0.95);
        expect(Math.abs(medianLateness(times(found), milliseconds(truth)))).toBeLessThan(10);
      }
    },
  );

  it.each([10, 0])('finds them with the music %i dB above noise', async (decibels) => {
    for (const style of ['clicks', 'rock', 'plucked'] as const) {
      for (const bpm of [80, 104, 128]) {
        const truth = beatTimes(bpm, 0.3, LENGTH);
        const found = await findBeats(addNoise(playMusic(style, truth, LENGTH, RATE), decibels), RATE);
        expect(Math.abs((found.bpm ?? 0) / bpm - 1)).toBeLessThan(0.01);
        expect(fMeasure(times(found), milliseconds(truth), 30)).toBeGreaterThan(0.94);
      }
    }
  });

  it.each([
    ['a step up by 10 %', (time: number) => (time < 15 ? 110 : 121)],
    ['a step down by 10 %', (time: number) => (time < 15 ? 110 : 99)],
    ['a ramp from 100 to 120', (time: number) => 100 + 20 * Math.min(1, time / 30)],
  ])('follows %s', async (_, tempo) => {
    for (const style of ['clicks', 'rock'] as const) {
      const truth = beatTimes(tempo, 0.3, 30);
      const found = await find(style, truth, 30);
      expect(fMeasure(times(found), milliseconds(truth), 30)).toBeGreaterThan(0.97);
      for (const { timestamp, bpm } of found.tempoCurve) {
        // Within two and a half seconds of a step the curve has beats of both tempos in view.
        if (Math.abs(timestamp - 15_000) > 2500)
          expect(Math.abs(bpm / tempo(timestamp / 1000) - 1)).toBeLessThan(0.01);
      }
    }
  });

  it('tells a tempo that is played, though the song changes half-way', async () => {
    for (const [first, second] of [
      [120, 90],
      [90, 135],
    ] as const) {
      const truth = [...beatTimes(first, 0.3, 18), ...beatTimes(second, 18, 36)];
      const { bpm = 0 } = await find('rock', truth, 36);
      expect(Math.min(Math.abs(bpm / first - 1), Math.abs(bpm / second - 1))).toBeLessThan(0.01);
    }
  });

  it('is silent where the music is: before, after, and in a pause of ten seconds', async () => {
    const truth = [...beatTimes(118, 5, 20), ...beatTimes(118, 30, 45)];
    const found = await find('rock', truth, 50);
    const [first = 0, last = 0] = [times(found)[0], times(found).at(-1)];
    expect(first).toBeGreaterThan(4950);
    expect(last).toBeLessThan(45_550);
    expect(fMeasure(times(found), milliseconds(truth), 30)).toBeGreaterThan(0.8);
    expect(times(found).filter((time) => time > 24_000 && time < 28_000)).toEqual([]);
  });

  it('finds nothing in what has no beat', async () => {
    for (const [name, samples] of notMusic(40, RATE)) {
      expect(await findBeats(samples, RATE), name).toEqual({
        beats: [],
        bpm: undefined,
        tempoCurve: [],
        confidence: 0,
      });
    }
  });

  it('finds nothing in no sound, in a few samples, and in a second', async () => {
    for (const length of [0, 100, RATE]) {
      const found = await findBeats(playMusic('clicks', [0.2, 0.7], length / RATE, RATE), RATE);
      expect(found.beats).toEqual([]);
    }
  });

  it('tells how far it is, and stops when it is called off', async () => {
    const samples = playMusic('clicks', beatTimes(120, 0, 60), 60, RATE);
    const shares: number[] = [];
    await findBeats(samples, RATE, { onProgress: (share) => shares.push(share) });
    expect(shares.length).toBeGreaterThan(5);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const abort = new AbortController();
    const onProgress = (share: number) => share > 0.3 && abort.abort();
    await expect(findBeats(samples, RATE, { signal: abort.signal, onProgress })).rejects.toMatchObject({
      code: 'ABORTED',
    });
  });

  it('refuses a sample rate that cannot be', async () => {
    for (const rate of [0, Number.NaN, 44.1]) {
      await expect(findBeats(new Float32Array(100), rate)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
    }
  });
});
