import { describe, expect, it } from 'vitest';
import { MusicBeats } from './music-beats.ts';

const beatsAt = (...times: number[]) => times.map((timestamp) => ({ timestamp, strength: 1 }));

describe('the place of a moment in the music', () => {
  it('is its distance from the beat next to it', () => {
    const music = new MusicBeats();
    music.add(beatsAt(0, 500, 1000, 1500, 2000));
    expect(music.placeOf(1040, 2000)).toMatchObject({ offset: 40, period: 500 });
    expect(music.placeOf(1460, 2000)).toMatchObject({ offset: -40, period: 500 });
  });

  it('is as sure as the beat next to it', () => {
    const music = new MusicBeats();
    const strengths = [0.9, 0.8, 0.5, 7, Number.NaN];
    music.add(strengths.map((strength, index) => ({ timestamp: 500 * index, strength })));
    const places = strengths.map((_, index) => music.placeOf(500 * index + 30, 3000));
    expect(places.map((place) => typeof place === 'object' && place.sureness)).toEqual([0.9, 0.8, 0.5, 1, 0]);
  });

  it('waits for the beat that may be nearer, and takes none when it does not come', () => {
    const music = new MusicBeats();
    music.add(beatsAt(0, 500, 1000));
    expect(music.placeOf(1200, 1300)).toMatchObject({ offset: 200, period: 500 });
    expect(music.placeOf(1450, 1500)).toBe('later');
    music.add(beatsAt(1500));
    expect(music.placeOf(1450, 1600)).toMatchObject({ offset: -50, period: 500 });
    expect(music.placeOf(2000, 3600)).toBeUndefined();
  });

  it('has the usual beat as its period when one beat was missed', () => {
    const music = new MusicBeats();
    music.add(beatsAt(0, 500, 1000, 2000, 2500, 3000));
    expect(music.period).toBe(500);
    // In the middle of the hole there is no beat to compare with.
    expect(music.placeOf(1500, 3000)).toBeUndefined();
  });

  it('begins anew after a silence', () => {
    const music = new MusicBeats();
    music.add(beatsAt(0, 500, 1000, 1500));
    expect(music.isPlaying(4000)).toBe(true);
    expect(music.isPlaying(4600)).toBe(false);
    music.add(beatsAt(9000));
    expect(music.period).toBeUndefined();
    music.add(beatsAt(9600, 10_200, 10_800));
    expect(music.period).toBe(600);
    expect(music.count).toBe(8);
  });

  it('leaves out beats that come twice or go back in time', () => {
    const music = new MusicBeats();
    music.add(beatsAt(0, 500, 500, 510, 1000, 700, 1500));
    expect(music.count).toBe(4);
    expect(music.period).toBe(500);
  });
});
