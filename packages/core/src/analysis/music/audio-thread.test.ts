import { describe, expect, it } from 'vitest';
import { beatTimes, playMusic } from '../../../../../tests/music/synthetic-music.ts';
import { AudioThread } from './audio-thread.ts';
import type { WorkletReport } from './worklet-messages.ts';

const RATE = 48_000;
const BLOCK = 128;

/** Plays samples in blocks, as an audio context does, from a frame of its own on. */
function play(thread: AudioThread, samples: Float32Array, firstFrame: number): WorkletReport[] {
  const reports: WorkletReport[] = [];
  for (let at = 0; at + BLOCK <= samples.length; at += BLOCK) {
    reports.push(...thread.step([samples.subarray(at, at + BLOCK)], BLOCK, firstFrame + at));
  }
  return reports;
}

const times = (reports: readonly WorkletReport[], type: 'beat' | 'onset') =>
  reports.flatMap((report) => (report.type === type ? [report.timestamp] : []));

describe('the audio thread', () => {
  const clicks = beatTimes(100, 0.2, 7.9);
  const music = playMusic('clicks', clicks, 8, RATE);

  it('gives beats and onsets on the context’s clock', () => {
    // The context has been running for a minute.
    const reports = play(new AudioThread(RATE, { beats: true, onsets: true }), music, 60 * RATE);
    const truth = clicks.map((seconds) => 60_000 + 1000 * seconds);
    const onsets = times(reports, 'onset');
    expect(onsets).toHaveLength(truth.length);
    for (const [index, onset] of onsets.entries()) {
      expect(Math.abs(onset - (truth[index] ?? 0))).toBeLessThan(5);
    }
    const beats = times(reports, 'beat');
    expect(beats.length).toBeGreaterThan(5);
    for (const beat of beats) {
      expect(Math.min(...truth.map((click) => Math.abs(click - beat)))).toBeLessThan(30);
    }
  });

  it('does only what it was ordered to', () => {
    expect(times(play(new AudioThread(RATE, { beats: false, onsets: true }), music, 0), 'beat')).toEqual([]);
    expect(times(play(new AudioThread(RATE, { beats: true, onsets: false }), music, 0), 'onset')).toEqual([]);
  });

  it('measures the level ten times a second: a full sine is at −3 dB, silence at −120', () => {
    const sine = Float32Array.from({ length: RATE }, (_, index) =>
      Math.sin((2 * Math.PI * 480 * index) / RATE),
    );
    const levels = (samples: Float32Array) =>
      play(new AudioThread(RATE, { beats: true, onsets: false }), samples, 0).flatMap((report) =>
        report.type === 'heard' ? [report.level] : [],
      );
    expect(levels(sine)).toHaveLength(9);
    for (const level of levels(sine)) expect(level).toBeCloseTo(-3.01, 1);
    expect(new Set(levels(new Float32Array(RATE)))).toEqual(new Set([-120]));
  });

  it('hears the mean of all channels, and silence where there are none', () => {
    const thread = new AudioThread(RATE, { beats: false, onsets: false });
    const ones = new Float32Array(BLOCK).fill(1);
    const heard = (channels: readonly Float32Array[], from: number) => {
      const reports: WorkletReport[] = [];
      for (let at = 0; at < 4864; at += BLOCK) reports.push(...thread.step(channels, BLOCK, from + at));
      return reports.map((report) => (report.type === 'heard' ? report.level : Number.NaN));
    };
    expect(heard([ones, new Float32Array(BLOCK)], 0)[0]).toBeCloseTo(20 * Math.log10(0.5), 6);
    expect(heard([], 4864)).toEqual([-120]);
  });

  it('measures and hears on when samples come that are no numbers', () => {
    const thread = new AudioThread(RATE, { beats: true, onsets: true });
    const broken = music.slice();
    for (const at of [RATE, 2 * RATE, 3 * RATE]) broken.fill(Number.NaN, at, at + 20);
    broken[4 * RATE] = Number.POSITIVE_INFINITY;
    const reports = play(thread, broken, 0);
    for (const report of reports) {
      if (report.type === 'heard') expect(Number.isFinite(report.level)).toBe(true);
    }
    expect(times(reports, 'onset')).toHaveLength(clicks.length);
    expect(times(reports, 'beat').length).toBeGreaterThan(5);
  });

  it('begins anew after a break in the context’s time', () => {
    const thread = new AudioThread(RATE, { beats: false, onsets: true });
    play(thread, music, 0);
    const [first] = times(play(thread, music, 100 * RATE), 'onset');
    expect(Math.abs((first ?? 0) - 100_200)).toBeLessThan(5);
  });
});
