import type { Disposable } from '@pose-coach/core';
import type { TriggerSound } from '@pose-coach/core/stage';

/** One note: an oscillator that goes from one pitch to another while it fades. Times in seconds, pitches in hertz. */
interface Note {
  readonly wave: OscillatorType;
  readonly from: number;
  readonly to: number;
  readonly at: number;
  readonly length: number;
  /** In [0, 1], of the board's own loudness. */
  readonly loudness: number;
}

/** Over the music of a stream, and not louder than it. */
const LOUDNESS = 0.25;

/** Seconds in which a note comes up: at once it would click. */
const ATTACK = 0.006;

/** What counts as silence where a ramp cannot reach zero. */
const SILENCE = 0.0001;

/** Milliseconds after which a sound that had to wait for the page's permission is not made any more. */
const TOO_LATE = 300;

const note = (
  wave: OscillatorType,
  from: number,
  at: number,
  length: number,
  loudness: number,
  to = from,
): Note => ({ wave, from, to, at, length, loudness });

/** Each of a few notes, in equal temperament with A at 440 Hz. */
const SOUNDS: Readonly<Record<TriggerSound, readonly Note[]>> = {
  // A bell: E6 with partials that are no multiples of it, and that die away sooner.
  chime: [
    note('sine', 1318.5, 0, 1.2, 0.7),
    note('sine', 1318.5 * 2.76, 0, 0.5, 0.25),
    note('sine', 1318.5 * 5.4, 0, 0.2, 0.1),
  ],
  // A kick: a membrane whose pitch falls while it swings out, and the click of the stick.
  drum: [note('sine', 165, 0, 0.4, 1, 48), note('triangle', 900, 0, 0.04, 0.3, 200)],
  // From A3 up two octaves.
  rise: [note('sawtooth', 220, 0, 0.55, 0.25, 880), note('sine', 220, 0, 0.6, 0.6, 880)],
  // C5, E5, G5, C6.
  success: [
    note('triangle', 523.3, 0, 0.25, 0.6),
    note('triangle', 659.3, 0.09, 0.25, 0.6),
    note('triangle', 784, 0.18, 0.25, 0.6),
    note('triangle', 1046.5, 0.27, 0.7, 0.7),
  ],
};

/**
 * Makes the stage's short sounds, without any file. A browser that nobody has clicked in may forbid sound; OBS's
 * browser source allows it.
 */
export class SoundBoard implements Disposable {
  #context: AudioContext | undefined;
  #disposed = false;

  play(sound: TriggerSound): void {
    if (this.#disposed || typeof AudioContext === 'undefined') return;
    this.#context ??= new AudioContext();
    const context = this.#context;
    if (context.state === 'running') {
      begin(context, SOUNDS[sound]);
      return;
    }
    const askedAt = performance.now();
    context.resume().then(
      () => {
        if (!this.#disposed && performance.now() - askedAt < TOO_LATE) begin(context, SOUNDS[sound]);
      },
      // Closed in the meantime: nobody wants to hear it any more.
      () => {},
    );
  }

  dispose(): void {
    this.#disposed = true;
    this.#context?.close().catch(() => {
      // It was closed already.
    });
    this.#context = undefined;
  }
}

function begin(context: BaseAudioContext, notes: readonly Note[]): void {
  const now = context.currentTime;
  for (const { wave, from, to, at, length, loudness } of notes) {
    const start = now + at;
    const end = start + length;
    const oscillator = context.createOscillator();
    oscillator.type = wave;
    oscillator.frequency.setValueAtTime(from, start);
    oscillator.frequency.exponentialRampToValueAtTime(to, end);
    const gain = context.createGain();
    gain.gain.setValueAtTime(SILENCE, start);
    gain.gain.exponentialRampToValueAtTime(LOUDNESS * loudness, start + ATTACK);
    gain.gain.exponentialRampToValueAtTime(SILENCE, end);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(end);
  }
}
