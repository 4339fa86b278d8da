import { BODY_LANDMARKS as BODY } from '@pose-coach/core';
import { type BodyMotion, PointSequence } from '@pose-coach/core/analysis';

/** What a pose is: where head, arms and legs are against the trunk. The trunk's own corners hardly move there. */
const JOINTS = [
  BODY.nose,
  BODY.leftElbow,
  BODY.rightElbow,
  BODY.leftWrist,
  BODY.rightWrist,
  BODY.leftKnee,
  BODY.rightKnee,
  BODY.leftAnkle,
  BODY.rightAnkle,
] as const;

/** Hertz: movement of up to 4 Hz survives, and ten minutes are compared with themselves in a fraction of a second. */
const RATE = 8;

/** Milliseconds between two motions beyond which what lies between is unknown. */
const LONGEST_STEP = 300;

/** Unknown samples that stand for any interruption: enough that no comparison reaches across. */
const INTERRUPTION = 12;

/** An hour; of what is longer, the last hour stays. */
const MOST_SAMPLES = 3600 * RATE;

/** Samples that are forgotten at once: a minute, so that moving the rest is rare. */
const FORGOTTEN = 60 * RATE;

/**
 * The poses of one person, evenly sampled: joints in the axes of the trunk, in body heights, so that size, distance,
 * camera and facing do not matter. Between motions, joints are interpolated linearly.
 */
export class PoseSamples {
  readonly sequence = new PointSequence({ points: JOINTS.length, rate: RATE });
  readonly #times: number[] = [];
  /** The pose of the motion before, and of this one. */
  #before = new Float64Array(JOINTS.length * 3);
  #now = new Float64Array(JOINTS.length * 3);
  readonly #between = new Float64Array(JOINTS.length * 3);
  #timeBefore = Number.NaN;
  #tick = Number.NaN;
  /** Whether there were more than an hour of samples. */
  isCut = false;
  #since = 0;

  /** The first sample after the last interruption: what begins before it has another time, or another epoch. */
  get since(): number {
    return this.#since;
  }

  /**
   * Takes a motion.
   * @param onSample called after each sample that it made, those of an interruption included
   */
  add(motion: BodyMotion, onSample: () => void): void {
    const { timestamp } = motion;
    this.#read(motion);
    const step = timestamp - this.#timeBefore;
    if (!(step > 0 && step <= LONGEST_STEP)) {
      if (this.sequence.length > 0) this.#interrupt(timestamp, onSample);
      this.#tick = Math.ceil((timestamp * RATE) / 1000);
    } else {
      for (; (this.#tick * 1000) / RATE <= timestamp; this.#tick += 1) {
        const time = (this.#tick * 1000) / RATE;
        const share = (time - this.#timeBefore) / step;
        for (let index = 0; index < this.#between.length; index += 1) {
          const before = this.#before[index] ?? Number.NaN;
          this.#between[index] = before + share * ((this.#now[index] ?? Number.NaN) - before);
        }
        this.#push(time, this.#between);
        onSample();
      }
    }
    this.#timeBefore = timestamp;
    [this.#before, this.#now] = [this.#now, this.#before];
  }

  /** What follows continues nothing. */
  interrupt(): void {
    this.#timeBefore = Number.NaN;
  }

  /** Milliseconds of media time of a sample. */
  timeOf(sample: number): number {
    const index = Math.min(Math.max(Math.round(sample), 0), this.#times.length - 1);
    return this.#times[index] ?? Number.NaN;
  }

  clear(): void {
    this.sequence.clear();
    this.#times.length = 0;
    this.isCut = false;
    this.#since = 0;
    this.interrupt();
  }

  #read({ trunk, bodyHeight }: BodyMotion): void {
    for (const [index, joint] of JOINTS.entries()) {
      for (let axis = 0; axis < 3; axis += 1) {
        this.#now[index * 3 + axis] = (trunk.position[joint * 3 + axis] ?? Number.NaN) / bodyHeight;
      }
    }
  }

  #interrupt(timestamp: number, onSample: () => void): void {
    for (let sample = 0; sample < INTERRUPTION; sample += 1) {
      this.#push(timestamp);
      this.#since = this.sequence.length;
      onSample();
    }
  }

  #push(time: number, pose?: Float64Array): void {
    if (this.sequence.length >= MOST_SAMPLES) {
      this.sequence.discard(FORGOTTEN);
      this.#times.splice(0, FORGOTTEN);
      this.#since = Math.max(0, this.#since - FORGOTTEN);
      this.isCut = true;
    }
    this.sequence.push(pose);
    this.#times.push(time);
  }
}
