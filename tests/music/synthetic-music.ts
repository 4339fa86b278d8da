/** How a piece of made music sounds: its beats are where the caller says. */
export type MusicStyle =
  /** A 10 ms tick on every beat, as a metronome's. */
  | 'clicks'
  /** Kick on one and three, snare on two and four, hats in eighths, bass and chords. */
  | 'rock'
  /** Kick on every beat, hats between, bass and chords: house and disco. */
  | 'house'
  /** Kick and snare with syncopated kicks and hats in sixteenths, bass: hip-hop and funk. */
  | 'funk'
  /** Swung eighths on the ride, snare on two and four, walking bass. */
  | 'swing'
  /** No drums: bass on every beat, plucked chords on the beats and arpeggio in eighths. */
  | 'plucked';

export const MUSIC_STYLES: readonly MusicStyle[] = ['clicks', 'rock', 'house', 'funk', 'swing', 'plucked'];

/** Evenly distributed numbers in [0, 1) that are the same for the same seed (Marsaglia 2003, 32-bit xorshift). */
export function seededRandom(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

/** Beat times in seconds: the tempo at each moment in BPM, from `start` to `end` (in seconds). */
export function beatTimes(tempo: number | ((time: number) => number), start: number, end: number): number[] {
  const bpm = typeof tempo === 'number' ? () => tempo : tempo;
  const times: number[] = [];
  let time = start;
  while (time < end) {
    times.push(time);
    time += 60 / bpm(time);
  }
  return times;
}

/** Plays beats as music. The first beat is a bar's first; four beats a bar; peak 0.8 or so. */
export function playMusic(
  style: MusicStyle,
  beats: readonly number[],
  duration: number,
  sampleRate: number,
): Float32Array {
  const samples = new Float32Array(Math.ceil(duration * sampleRate));
  const random = seededRandom(7);
  for (let index = 0; index < beats.length; index += 1) {
    const time = beats[index] ?? 0;
    const before = time - (beats[index - 1] ?? time - 0.5);
    // After the last beat, and before a pause, notes last as long as those before.
    const next = beats[index + 1] ?? Number.POSITIVE_INFINITY;
    const period = next - time > 2 * before ? before : next - time;
    const stage: Stage = { samples, sampleRate, random };
    playBeat(stage, style, { index, time, period });
  }
  return samples;
}

/** White noise so loud that the music is `decibels` above it (by their mean power). */
export function addNoise(samples: Float32Array, decibels: number, seed = 3): Float32Array {
  const random = seededRandom(seed);
  let power = 0;
  for (const sample of samples) power += sample * sample;
  // A uniform variable on [-1, 1] has the variance 1/3.
  const amplitude = Math.sqrt((3 * power) / samples.length / 10 ** (decibels / 10));
  return samples.map((sample) => sample + amplitude * (2 * random() - 1));
}

interface Stage {
  readonly samples: Float32Array;
  readonly sampleRate: number;
  readonly random: () => number;
}

interface Step {
  readonly index: number;
  /** Seconds. */
  readonly time: number;
  readonly period: number;
}

function playBeat(stage: Stage, style: MusicStyle, { index, time, period }: Step): void {
  const beat = index % 4;
  const root = [55, 65.41, 73.42, 49][Math.floor(index / 4) % 4] ?? 55;
  if (style === 'clicks') {
    tone(stage, time, 0.01, 1000, 0.7, 0.004);
    return;
  }
  if (style === 'rock') {
    if (beat % 2 === 0) kick(stage, time, 0.6);
    else snare(stage, time, 0.4);
    hat(stage, time, 0.12);
    hat(stage, time + period / 2, 0.1);
    bass(stage, time, period * 0.9, root, 0.2);
    if (beat === 0) chord(stage, time, period * 4, root * 4, 0.1);
    if (index % 8 === 6) kick(stage, time + period / 2, 0.5);
  } else if (style === 'house') {
    kick(stage, time, 0.6);
    hat(stage, time + period / 2, 0.18);
    if (beat % 2 === 1) snare(stage, time, 0.25);
    bass(stage, time + period / 2, period * 0.45, root, 0.2);
    if (beat === 0) chord(stage, time, period * 4, root * 4, 0.1);
  } else if (style === 'funk') {
    if (beat === 0) kick(stage, time, 0.6);
    if (beat === 2) kick(stage, time + period / 2, 0.55);
    if (beat === 1) kick(stage, time + 0.75 * period, 0.4);
    if (beat % 2 === 1) snare(stage, time, 0.45);
    for (let part = 0; part < 4; part += 1) hat(stage, time + (part * period) / 4, part === 0 ? 0.12 : 0.07);
    bass(stage, time, period * 0.4, root, 0.2);
    if (beat === 3) bass(stage, time + period / 2, period * 0.4, root * 1.5, 0.2);
  } else if (style === 'swing') {
    hat(stage, time, 0.15);
    if (beat % 2 === 1) {
      hat(stage, time + (2 * period) / 3, 0.12);
      snare(stage, time, 0.15);
    }
    bass(stage, time, period * 0.9, root * ([1, 1.25, 1.5, 1.68][beat] ?? 1), 0.35);
  } else {
    const notes = [4, 5, 6, 5];
    bass(stage, time, period * 0.9, root, 0.25);
    for (const ratio of [4, 5, 6]) pluck(stage, time, root * ratio, 0.12);
    pluck(stage, time + period / 2, root * 2 * (notes[beat] ?? 4), 0.12);
  }
}

function sound(stage: Stage, time: number, duration: number, sample: (elapsed: number) => number): void {
  const first = Math.ceil(time * stage.sampleRate);
  const last = Math.min(stage.samples.length, Math.floor((time + duration) * stage.sampleRate));
  for (let index = Math.max(0, first); index < last; index += 1) {
    stage.samples[index] = (stage.samples[index] ?? 0) + sample(index / stage.sampleRate - time);
  }
}

/** A decaying sine; `decay` is its time constant in seconds. */
function tone(
  stage: Stage,
  time: number,
  duration: number,
  frequency: number,
  level: number,
  decay: number,
): void {
  sound(stage, time, duration, (t) => level * Math.exp(-t / decay) * Math.sin(2 * Math.PI * frequency * t));
}

/** A sine that falls from 160 to 50 Hz: a bass drum. */
function kick(stage: Stage, time: number, level: number): void {
  sound(stage, time, 0.3, (t) => {
    const phase = 50 * t + 110 * 0.03 * (1 - Math.exp(-t / 0.03));
    return level * Math.exp(-t / 0.09) * Math.sin(2 * Math.PI * phase);
  });
}

function snare(stage: Stage, time: number, level: number): void {
  sound(stage, time, 0.2, (t) => {
    const shell = 0.5 * Math.exp(-t / 0.05) * Math.sin(2 * Math.PI * 185 * t);
    return level * (shell + Math.exp(-t / 0.06) * (2 * stage.random() - 1));
  });
}

/** Differenced noise: a high hat. */
function hat(stage: Stage, time: number, level: number): void {
  let previous = 0;
  sound(stage, time, 0.06, (t) => {
    const noise = 2 * stage.random() - 1;
    const high = noise - previous;
    previous = noise;
    return level * Math.exp(-t / 0.02) * high;
  });
}

/** A few harmonics, 10 ms to come in and go. */
function bass(stage: Stage, time: number, duration: number, frequency: number, level: number): void {
  sound(stage, time, duration, (t) => {
    const fade = Math.min(1, t / 0.01, (duration - t) / 0.01);
    let value = 0;
    for (let harmonic = 1; harmonic <= 4; harmonic += 1) {
      value += Math.sin(2 * Math.PI * frequency * harmonic * t) / harmonic;
    }
    return level * fade * value;
  });
}

/** A triad that swells within 80 ms: an organ or pad. */
function chord(stage: Stage, time: number, duration: number, frequency: number, level: number): void {
  for (const ratio of [1, 1.25, 1.5]) {
    sound(stage, time, duration, (t) => {
      const fade = Math.min(1, t / 0.08, (duration - t) / 0.08);
      return level * fade * Math.sin(2 * Math.PI * frequency * ratio * t);
    });
  }
}

function pluck(stage: Stage, time: number, frequency: number, level: number): void {
  sound(stage, time, 0.6, (t) => {
    const attack = Math.min(1, t / 0.003);
    const body = Math.sin(2 * Math.PI * frequency * t) + 0.4 * Math.sin(4 * Math.PI * frequency * t);
    return level * attack * Math.exp(-t / 0.18) * body;
  });
}
