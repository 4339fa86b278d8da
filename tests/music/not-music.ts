import { seededRandom } from './synthetic-music.ts';

/** Sounds of `duration` seconds that have no beat, by what they are. */
export function notMusic(duration: number, sampleRate: number): ReadonlyMap<string, Float32Array> {
  const length = duration * sampleRate;
  const random = seededRandom(17);
  const noise = Float32Array.from({ length }, () => 0.3 * (2 * random() - 1));
  return new Map([
    ['silence', new Float32Array(length)],
    ['white noise', noise],
    ['the faint noise of a quiet room', noise.map((sample) => sample * 0.003)],
    ['speech-like sound', speechLike(duration, sampleRate, 4)],
    ['a held chord', heldChord(length, sampleRate, 0)],
    ['a held chord with vibrato', heldChord(length, sampleRate, 2)],
  ]);
}

/** A major chord that swells within half a second; `vibrato` in radians at 5.5 Hz. */
function heldChord(length: number, sampleRate: number, vibrato: number): Float32Array {
  return Float32Array.from({ length }, (_, index) => {
    const time = index / sampleRate;
    const wobble = vibrato * Math.sin(2 * Math.PI * 5.5 * time);
    let sum = 0;
    for (const frequency of [220, 277.18, 329.63, 440])
      sum += Math.sin(2 * Math.PI * frequency * time + wobble);
    return 0.1 * sum * Math.min(1, time / 0.5);
  });
}

/** Syllables of 120 to 320 ms, voiced and with consonants of noise, in phrases with pauses, as nobody speaks to a beat. */
function speechLike(duration: number, sampleRate: number, seed: number): Float32Array {
  const random = seededRandom(seed);
  const samples = new Float32Array(duration * sampleRate);
  let time = 0.2;
  while (time < duration - 1) {
    const syllables = 3 + Math.floor(9 * random());
    for (let syllable = 0; syllable < syllables && time < duration - 1; syllable += 1) {
      const lasts = 0.12 + 0.2 * random();
      const pitch = 100 + 80 * random();
      const level = 0.1 + 0.3 * random();
      const consonant = random() < 0.6 ? 0.05 : 0;
      const first = Math.floor(time * sampleRate);
      for (let index = 0; index < lasts * sampleRate; index += 1) {
        const elapsed = index / sampleRate;
        const fade = Math.max(0, Math.min(1, elapsed / 0.03, (lasts - elapsed) / 0.05));
        const value = elapsed < consonant ? 0.4 * (2 * random() - 1) : voice(pitch, elapsed);
        samples[first + index] = level * fade * value;
      }
      time += lasts;
    }
    time += 0.2 + 0.8 * random();
  }
  return samples;
}

function voice(pitch: number, elapsed: number): number {
  let sum = 0;
  for (let harmonic = 1; harmonic < 12; harmonic += 1) {
    sum += Math.sin(2 * Math.PI * pitch * harmonic * elapsed) / harmonic;
  }
  return sum;
}
