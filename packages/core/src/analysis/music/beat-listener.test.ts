import { describe, expect, it } from 'vitest';
import { fMeasure, medianLateness } from '../../../../../tests/music/beat-score.ts';
import { notMusic } from '../../../../../tests/music/not-music.ts';
import {
  addNoise,
  beatTimes,
  type MusicStyle,
  playMusic,
} from '../../../../../tests/music/synthetic-music.ts';
import type { Beat } from '../analyzer.ts';
import { BeatListener } from './beat-listener.ts';

const RATE = 22_050;
/** What an audio thread is given at a time. */
const BLOCK = 128;

interface Heard extends Beat {
  /** The tempo told with the beat. */
  readonly bpm: number | undefined;
  /** Milliseconds of sound that had been heard when the beat was told. */
  readonly toldAt: number;
}

function listen(samples: Float32Array, rate = RATE, listener = new BeatListener(rate)): Heard[] {
  const heard: Heard[] = [];
  for (let from = 0; from < samples.length; from += BLOCK) {
    const block = samples.subarray(from, from + BLOCK);
    for (const beat of listener.step(block)) {
      heard.push({ ...beat, bpm: listener.state.bpm, toldAt: (1000 * (from + block.length)) / rate });
    }
  }
  return heard;
}

function play(style: MusicStyle, bpm: number, length: number): { samples: Float32Array; truth: number[] } {
  const beats = beatTimes(bpm, 0.3, length);
  return { samples: playMusic(style, beats, length, RATE), truth: beats.map((beat) => beat * 1000) };
}

/** What lies between the moment in milliseconds from which it must know the beat and the last that could be told. */
function within<Value extends number | Beat>(values: readonly Value[], from: number, to: number): Value[] {
  return values.filter((value) => {
    const time = typeof value === 'number' ? value : value.timestamp;
    return time >= from && time <= to;
  });
}

describe('BeatListener', () => {
  it.each(['clicks', 'rock', 'swing', 'plucked'] as const)(
    'knows tempo to a hundredth and beats within 30 ms after six seconds, from 60 to 180 BPM: %s',
    (style) => {
      for (const bpm of [60, 80, 105, 130, 155, 180]) {
        const { samples, truth } = play(style, bpm, 14);
        const heard = listen(samples);
        expect(heard[0]?.timestamp, `${bpm} BPM`).toBeLessThan(6000);
        expect(Math.abs((heard.at(-1)?.bpm ?? 0) / bpm - 1), `${bpm} BPM`).toBeLessThan(0.01);
        const times = within(heard, 5900, 13_800).map(({ timestamp }) => timestamp);
        expect(fMeasure(times, within(truth, 5900, 13_800), 30), `${bpm} BPM`).toBeGreaterThan(0.94);
        expect(Math.abs(medianLateness(times, truth)), `${bpm} BPM`).toBeLessThan(12);
      }
    },
  );

  it('tells beats when they are due: no later than 40 ms, and not before they can be in the ear', () => {
    const { samples } = play('rock', 104, 14);
    const late = listen(samples).map(({ timestamp, toldAt }) => toldAt - timestamp);
    expect(late.length).toBeGreaterThan(10);
    // A window of sound reaches 23 ms past the moment it is about, values come every 10, blocks every 6.
    for (const each of late) expect(Math.abs(each - 20)).toBeLessThan(20);
  });

  it('foresees the next beat within 30 ms', () => {
    const { samples, truth } = play('rock', 104, 14);
    const listener = new BeatListener(RATE);
    listen(samples.subarray(0, 11.05 * RATE), RATE, listener);
    const next = truth.find((time) => time > 11_050 + 20) ?? 0;
    expect(Math.abs((listener.state.nextBeat ?? 0) - next)).toBeLessThan(30);
  });

  it.each([
    ['up', 1.1],
    ['down', 0.9],
  ])('follows a tempo that steps %s by a tenth within six seconds', (_, factor) => {
    for (const style of ['clicks', 'rock'] as const) {
      for (const bpm of [100, 120, 150]) {
        const beats = beatTimes((time) => (time < 12 ? bpm : bpm * factor), 0.3, 25);
        const truth = beats.map((beat) => beat * 1000);
        const heard = listen(playMusic(style, beats, 25, RATE));
        const after = within(heard, 18_000, 24_800);
        for (const each of after) expect(Math.abs((each.bpm ?? 0) / (bpm * factor) - 1)).toBeLessThan(0.015);
        const times = after.map(({ timestamp }) => timestamp);
        expect(fMeasure(times, within(truth, 18_000, 24_800), 30)).toBeGreaterThan(0.94);
      }
    }
  });

  it('hears the beat through noise as loud as the music', () => {
    for (const style of ['clicks', 'rock', 'plucked'] as const) {
      const { samples, truth } = play(style, 112, 20);
      const heard = listen(addNoise(samples, 0));
      const times = within(heard, 8000, 19_800).map(({ timestamp }) => timestamp);
      expect(fMeasure(times, within(truth, 8000, 19_800), 30)).toBeGreaterThan(0.9);
    }
  });

  it('hears the same at 22.05, 44.1 and 48 kHz', () => {
    const beats = beatTimes(126, 1, 12);
    for (const rate of [22_050, 44_100, 48_000]) {
      const heard = listen(playMusic('rock', beats, 12, rate), rate);
      const times = within(heard, 7000, 11_800).map(({ timestamp }) => timestamp);
      const truth = within(
        beats.map((beat) => beat * 1000),
        7000,
        11_800,
      );
      expect(fMeasure(times, truth, 30)).toBeGreaterThan(0.94);
      expect(Math.abs((heard.at(-1)?.bpm ?? 0) / 126 - 1)).toBeLessThan(0.01);
    }
  });

  it('tells nothing of what has no beat, but for a stray moment of talk', () => {
    for (const [name, samples] of notMusic(40, RATE)) {
      const listener = new BeatListener(RATE);
      const heard = listen(samples, RATE, listener);
      expect(heard.length, name).toBeLessThanOrEqual(name.startsWith('speech') ? 3 : 0);
      if (!name.startsWith('speech')) expect(listener.state.bpm, name).toBeUndefined();
    }
  });

  it('stops within four seconds of the music, and finds it again after a pause at another tempo', () => {
    const beats = [...beatTimes(128, 0.3, 12), ...beatTimes(92, 25, 40)];
    const heard = listen(playMusic('rock', beats, 40, RATE));
    expect(within(heard, 16_000, 25_000)).toEqual([]);
    const again = within(heard, 33_000, 39_800).map(({ timestamp }) => timestamp);
    const truth = within(
      beats.map((beat) => beat * 1000),
      33_000,
      39_800,
    );
    expect(fMeasure(again, truth, 30)).toBeGreaterThan(0.94);
  });

  it('hears the same from blocks of 128 samples as from all at once, and after a reset as at first', () => {
    const { samples } = play('rock', 110, 10);
    const inBlocks = listen(samples).map(({ timestamp }) => timestamp);
    const listener = new BeatListener(RATE);
    const atOnce = listener.step(samples).map(({ timestamp }) => timestamp);
    listener.reset();
    const again = listener.step(samples).map(({ timestamp }) => timestamp);
    expect(inBlocks.length).toBeGreaterThan(5);
    expect(atOnce).toEqual(inBlocks);
    expect(again).toEqual(inBlocks);
  });

  it('bears samples that are no numbers', () => {
    const { samples, truth } = play('rock', 110, 20);
    samples.fill(Number.NaN, 5 * RATE, 5.2 * RATE);
    const times = within(listen(samples), 12_000, 19_800).map(({ timestamp }) => timestamp);
    expect(fMeasure(times, within(truth, 12_000, 19_800), 30)).toBeGreaterThan(0.94);
  });
});
