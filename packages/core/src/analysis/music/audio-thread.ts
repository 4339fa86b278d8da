import { BeatListener } from './beat-listener.ts';
import { OnsetDetector } from './onset-detector.ts';
import type { WorkletOrder, WorkletReport } from './worklet-messages.ts';

/** Milliseconds between two reports of what is heard: a level meter looks alive at ten a second. */
const REPORT_INTERVAL = 100;
/** Decibels of full scale below which is nothing: 16 bits reach down to −96. */
const FLOOR = -120;

/**
 * All that the audio thread does with the sound, apart from being there: blocks of samples in, reports out.
 * A step function on the audio context's clock.
 */
export class AudioThread {
  readonly #beats: BeatListener | undefined;
  readonly #onsets: OnsetDetector | undefined;
  readonly #sampleRate: number;
  #mono = new Float32Array(0);
  /** The context's time of the listeners' first sample, ms. */
  #origin = 0;
  #nextFrame: number | undefined;
  #energy = 0;
  #counted = 0;

  constructor(sampleRate: number, { beats, onsets }: WorkletOrder) {
    this.#sampleRate = sampleRate;
    this.#beats = beats ? new BeatListener(sampleRate) : undefined;
    this.#onsets = onsets ? new OnsetDetector(sampleRate) : undefined;
  }

  /**
   * @param channels the block's samples, all channels of the same length; none where there is no sound
   * @param length how many samples the block lasts
   * @param frame the context's number of the block's first sample
   */
  step(channels: readonly Float32Array[], length: number, frame: number): readonly WorkletReport[] {
    if (frame !== this.#nextFrame) {
      this.#beats?.reset();
      this.#onsets?.reset();
      this.#origin = (1000 * frame) / this.#sampleRate;
    }
    this.#nextFrame = frame + length;
    const samples = this.#mix(channels, length);
    const reports: WorkletReport[] = [];
    for (const { timestamp, strength } of this.#beats?.step(samples) ?? []) {
      reports.push({ type: 'beat', timestamp: this.#origin + timestamp, strength });
    }
    for (const { timestamp, strength } of this.#onsets?.step(samples) ?? []) {
      reports.push({ type: 'onset', timestamp: this.#origin + timestamp, strength });
    }
    this.#measure(samples);
    if (this.#counted * 1000 >= REPORT_INTERVAL * this.#sampleRate) reports.push(this.#heard());
    return reports;
  }

  #mix(channels: readonly Float32Array[], length: number): Float32Array {
    if (this.#mono.length !== length) this.#mono = new Float32Array(length);
    const mono = this.#mono;
    mono.fill(0);
    for (const channel of channels) {
      for (let index = 0; index < length; index += 1) {
        const sample = channel[index] ?? 0;
        // An audio graph that has run wild gives what is no number; the level must remain one.
        if (Number.isFinite(sample)) mono[index] = (mono[index] ?? 0) + sample / channels.length;
      }
    }
    return mono;
  }

  #measure(samples: Float32Array): void {
    for (let index = 0; index < samples.length; index += 1) this.#energy += (samples[index] ?? 0) ** 2;
    this.#counted += samples.length;
  }

  #heard(): WorkletReport {
    const level = Math.max(FLOOR, 10 * Math.log10(this.#energy / this.#counted));
    this.#energy = 0;
    this.#counted = 0;
    const { bpm, confidence = 0, nextBeat } = this.#beats?.state ?? {};
    const next = nextBeat === undefined ? undefined : this.#origin + nextBeat;
    return { type: 'heard', level, confidence, bpm, nextBeat: next };
  }
}
