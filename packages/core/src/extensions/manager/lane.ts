import type { Beat, Reading, TakeSummary } from '../../analysis/index.ts';
import { toPoseCoachError } from '../../base/index.ts';
import type { PoseFrame } from '../../pose/index.ts';
import type { RunningExtension, StepInput, StepOutput } from '../host.ts';
import type { Permission } from '../manifest/manifest.ts';
import { messageOf } from '../runtime/index.ts';
import type { Backlog } from './backlog.ts';
import type { ManagedExtension } from './managed-extension.ts';
import type { VisibleFrames } from './visible-frame.ts';

/** A reading and who made it. */
export interface SourcedReading {
  readonly source: string;
  readonly reading: Reading;
}

/** What all lanes have in common. */
export interface LaneSupply {
  readonly beats: Backlog<Beat>;
  readonly readings: Backlog<SourcedReading>;
  readonly visible: VisibleFrames;
  /** What an isolated extension has answered between two frames. */
  arrived(lane: Lane, output: StepOutput): void;
}

const NO_BEATS: readonly Beat[] = [];
const NO_READINGS: readonly Reading[] = [];

/**
 * The way of the frames through one running extension. Live, an extension that is busy has one slot for the newest
 * frame; beats and the readings of others pile up meanwhile.
 */
export class Lane {
  readonly extension: ManagedExtension;
  readonly running: RunningExtension;
  readonly granted: readonly Permission[];
  /** Milliseconds of its filters, in the frame that is going through. */
  filterCost = 0;
  readonly #supply: LaneSupply;
  readonly #hearsBeats: boolean;
  #nextBeat: number;
  #nextReading: number;
  #underWay: Promise<void> | undefined;
  #waiting: PoseFrame | undefined;
  /** Counts the stretches of frames: an answer from an earlier one comes too late. */
  #stretch = 0;
  #closed = false;

  /** @param firstBeat where in the supply's beats it begins */
  constructor(
    extension: ManagedExtension,
    running: RunningExtension,
    granted: readonly Permission[],
    supply: LaneSupply,
    firstBeat: number,
  ) {
    this.extension = extension;
    this.running = running;
    this.granted = granted;
    this.#supply = supply;
    this.#hearsBeats = granted.includes('audio');
    this.#nextBeat = firstBeat;
    this.#nextReading = supply.readings.end;
  }

  /** Live. @returns what is known at once; undefined when the answer comes later, or never */
  offer(frame: PoseFrame): StepOutput | undefined {
    if (this.#closed) return undefined;
    if (this.#underWay !== undefined) {
      this.#waiting = frame;
      return undefined;
    }
    try {
      const output = this.running.step(this.#input(frame));
      if (!('then' in output)) return this.#taken(output);
      const stretch = this.#stretch;
      this.#underWay = output
        .then(
          (late) => this.#late(stretch, late),
          (error: unknown) => this.#fail(error),
        )
        .finally(() => this.#free());
      return undefined;
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  /** Lossless: the answer to this very frame. Undefined when the extension failed over it. */
  async analyze(frame: PoseFrame): Promise<StepOutput | undefined> {
    await this.idle();
    if (this.#closed) return undefined;
    try {
      const output = await this.running.step(this.#input(frame));
      return this.#closed ? undefined : this.#taken(output);
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  async finish(): Promise<Readonly<Record<string, TakeSummary>>> {
    await this.idle();
    if (this.#closed) return {};
    try {
      return await this.running.finish();
    } catch (error) {
      this.#fail(error);
      return {};
    }
  }

  /** Resolves when no live step is under way or waiting. */
  async idle(): Promise<void> {
    while (this.#underWay !== undefined) await this.#underWay;
  }

  /** A new stretch of frames has begun: what was proposed is over. */
  newEpoch(): void {
    this.#stretch += 1;
    this.#waiting = undefined;
  }

  /** The extension runs no longer: whatever it still answers is ignored. */
  close(): void {
    this.#closed = true;
    this.#waiting = undefined;
  }

  #input(frame: PoseFrame): StepInput {
    const { beats, readings, visible } = this.#supply;
    const input: StepInput = {
      frame: visible.for(frame, this.granted),
      beats: this.#hearsBeats ? beats.since(this.#nextBeat) : NO_BEATS,
      readings: this.#foreign(readings.since(this.#nextReading)),
    };
    this.#nextBeat = beats.end;
    this.#nextReading = readings.end;
    return input;
  }

  #foreign(since: readonly SourcedReading[]): readonly Reading[] {
    const own = this.extension.id;
    let foreign: Reading[] | undefined;
    for (const { source, reading } of since) {
      if (source === own) continue;
      foreign ??= [];
      foreign.push(reading);
    }
    return foreign ?? NO_READINGS;
  }

  #taken(output: StepOutput): StepOutput {
    this.extension.addCost(output.cost + this.filterCost);
    this.filterCost = 0;
    return output;
  }

  #late(stretch: number, output: StepOutput): void {
    if (this.#closed) return;
    if (stretch === this.#stretch) this.#supply.arrived(this, this.#taken(output));
    else this.extension.addCost(output.cost);
  }

  #free(): void {
    this.#underWay = undefined;
    const next = this.#waiting;
    this.#waiting = undefined;
    // It was busy, so it answers later: there is nothing at once to be given on.
    if (next !== undefined && !this.#closed) this.offer(next);
  }

  #fail(error: unknown): void {
    if (this.#closed) return;
    this.extension.fail(
      toPoseCoachError(
        error,
        'EXTENSION_FAILED',
        `"${this.extension.manifest.title}" failed over a frame: ${messageOf(error)}`,
      ),
    );
  }
}
