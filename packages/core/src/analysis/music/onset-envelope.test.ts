import { describe, expect, it } from 'vitest';
import { beatTimes, MUSIC_STYLES, playMusic } from '../../../../../tests/music/synthetic-music.ts';
import { OnsetEnvelope } from './onset-envelope.ts';

interface Value {
  readonly value: number;
  /** Milliseconds. */
  readonly time: number;
}

function envelopeOf(samples: Float32Array, rate: number, block = samples.length): Value[] {
  const envelope = new OnsetEnvelope(rate);
  const values: Value[] = [];
  for (let from = 0; from < samples.length; from += block) {
    for (const value of envelope.step(samples.subarray(from, from + block))) {
      values.push({ value, time: envelope.timeOf(values.length) });
    }
  }
  return values;
}

function strongest(values: readonly Value[]): Value {
  return values.reduce((most, each) => (each.value > most.value ? each : most));
}

describe('OnsetEnvelope', () => {
  it.each([22_050, 44_100, 48_000])('peaks within 15 ms of each beat, at %i samples a second', (rate) => {
    for (const style of MUSIC_STYLES) {
      const beats = beatTimes(100, 1, 6);
      const values = envelopeOf(playMusic(style, beats, 7, rate), rate);
      // From the second bar on: what was loudest has been heard, and off-beats stay a quarter of a second away.
      for (const beat of beats.slice(4)) {
        const near = values.filter(({ time }) => Math.abs(time - beat * 1000) < 60);
        expect(Math.abs(strongest(near).time - beat * 1000), `${style} at ${beat} s`).toBeLessThan(15);
      }
    }
  });

  it('gives a value every 10 ms, which speaks of a moment within the sound', () => {
    const values = envelopeOf(new Float32Array(44_100), 44_100);
    expect(values).toHaveLength(100);
    expect((values[99]?.time ?? 0) - (values[0]?.time ?? 0)).toBeCloseTo(990, 6);
  });

  it('is the same from blocks of 128 and of any other size', () => {
    const samples = playMusic('rock', beatTimes(100, 0.3, 3), 3, 22_050);
    const atOnce = envelopeOf(samples, 22_050);
    for (const block of [1, 128, 1000]) expect(envelopeOf(samples, 22_050, block)).toEqual(atOnce);
  });

  it('is the same for quiet music as for loud', () => {
    const loud = playMusic('rock', beatTimes(100, 0.3, 3), 3, 22_050);
    const quiet = loud.map((sample) => sample / 50);
    const values = envelopeOf(quiet, 22_050);
    for (const [index, { value, time }] of envelopeOf(loud, 22_050).entries()) {
      // Once the first beat has told how loud it is.
      if (time > 500) expect(Math.abs((values[index]?.value ?? 0) - value)).toBeLessThan(0.02);
    }
  });

  it('is still while a chord is held, with vibrato or without, and in silence', () => {
    for (const vibrato of [0, 2]) {
      const held = Float32Array.from({ length: 22_050 * 3 }, (_, index) => {
        const time = index / 22_050;
        const wobble = vibrato * Math.sin(2 * Math.PI * 5.5 * time);
        return (
          0.2 * (Math.sin(2 * Math.PI * 220 * time + wobble) + Math.sin(2 * Math.PI * 330 * time + wobble))
        );
      });
      const later = envelopeOf(held, 22_050).filter(({ time }) => time > 500);
      // A kick or click gives 0.5 and more.
      expect(strongest(later).value).toBeLessThan(0.02);
    }
    expect(strongest(envelopeOf(new Float32Array(22_050), 22_050)).value).toBe(0);
  });
});
