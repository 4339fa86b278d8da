import type { Beat, Reading, TakeSummary } from '../../analysis/index.ts';
import { Emitter, type Event, PoseCoachError, reportUncaught } from '../../base/index.ts';
import { type CoachFrame, type DataRule, Feedback } from '../../feedback/index.ts';
import type { PoseFrame } from '../../pose/index.ts';
import type { RunningExtension, StepOutput } from '../host.ts';
import type { Permission } from '../manifest/manifest.ts';
import { Backlog } from './backlog.ts';
import { FilterChain } from './filter-chain.ts';
import { Lane, type LaneSupply, type SourcedReading } from './lane.ts';
import { LatestReadings } from './latest-readings.ts';
import type { ManagedExtension } from './managed-extension.ts';
import { VisibleFrames } from './visible-frame.ts';

/** Beats kept for extensions that are busy: eight minutes of music at 128 per minute. */
const BEATS_KEPT = 1024;

/** Readings kept for extensions that are busy: some seconds of all that twenty extensions have to say. */
const READINGS_KEPT = 4096;

/** The way of the frames through all running extensions: filters, analyzers and rules, and what is said of it all. */
export class Feed {
  readonly #lanes = new Map<ManagedExtension, Lane>();
  /** The lanes in the order in which their extensions were added. */
  #order: readonly Lane[] = [];
  readonly #filters = new FilterChain();
  readonly #feedback = new Feedback();
  readonly #beats = new Backlog<Beat>(BEATS_KEPT);
  readonly #foreign = new Backlog<SourcedReading>(READINGS_KEPT);
  readonly #told = new Emitter<readonly Reading[]>();
  readonly #supply: LaneSupply;
  /** Readings of isolated extensions that have come since the last frame. */
  #arrived: Reading[] = [];
  #epoch: number | undefined;
  #analyzing = false;

  readonly latest = new LatestReadings();
  readonly onReadings: Event<readonly Reading[]> = this.#told.event;

  constructor() {
    this.#supply = {
      beats: this.#beats,
      readings: this.#foreign,
      visible: new VisibleFrames(),
      arrived: (lane, epoch, output) => this.#arrive(lane, epoch, output),
    };
  }

  /** @param all every extension, in the order in which they were added */
  start(
    extension: ManagedExtension,
    running: RunningExtension,
    granted: readonly Permission[],
    all: readonly ManagedExtension[],
  ): void {
    this.stop(extension);
    // Beats that came before the first frame are for everybody; later, the past is not made up for.
    const firstBeat = this.#epoch === undefined ? 0 : this.#beats.end;
    this.#lanes.set(extension, new Lane(extension, running, granted, this.#supply, firstBeat));
    this.#order = all.flatMap((each) => this.#lanes.get(each) ?? []);
  }

  stop(extension: ManagedExtension): void {
    const lane = this.#lanes.get(extension);
    if (lane === undefined) return;
    lane.close();
    this.#lanes.delete(extension);
    this.#order = this.#order.filter((other) => other !== lane);
  }

  setRules(rules: readonly (DataRule & { readonly source: string })[]): void {
    this.#feedback.setRules(rules);
  }

  /** @throws PoseCoachError `OPTION_INVALID` */
  pushBeats(beats: readonly Beat[]): void {
    for (const { timestamp, strength } of beats) {
      if (!Number.isFinite(timestamp) || !(strength >= 0 && strength <= 1))
        throw new PoseCoachError(
          'OPTION_INVALID',
          `A beat has a time in milliseconds and a strength from 0 to 1; this one has ${timestamp} and ${strength}.`,
        );
    }
    this.#beats.push(beats.map(({ timestamp, strength }) => ({ timestamp, strength })));
  }

  /** Live: see `Extensions.step`. */
  step(frame: PoseFrame): CoachFrame {
    this.#follow(frame.epoch);
    const lanes = this.#order;
    const filtered = this.#filters.apply(frame, lanes);
    const outputs = lanes.map((lane) => lane.offer(filtered));
    return this.#complete(filtered, lanes, outputs);
  }

  /** Lossless: see `Extensions.analyze`. */
  async analyze(frame: PoseFrame): Promise<CoachFrame> {
    if (this.#analyzing)
      throw new PoseCoachError(
        'OPTION_INVALID',
        'A frame is being analyzed: await it before you hand over the next.',
      );
    this.#analyzing = true;
    try {
      this.#follow(frame.epoch);
      const lanes = this.#order;
      const filtered = this.#filters.apply(frame, lanes);
      const outputs = await Promise.all(lanes.map((lane) => lane.analyze(filtered)));
      return this.#complete(filtered, lanes, outputs);
    } finally {
      this.#analyzing = false;
    }
  }

  async finish(): Promise<Readonly<Record<string, TakeSummary>>> {
    const summaries = await Promise.all(this.#order.map((lane) => lane.finish()));
    return Object.assign({}, ...summaries);
  }

  dispose(): void {
    for (const lane of this.#lanes.values()) lane.close();
    this.#lanes.clear();
    this.#order = [];
    this.#told.dispose();
    this.latest.clear();
    this.#beats.clear();
    this.#foreign.clear();
  }

  /** What was known of an earlier stretch of frames says nothing of this one. */
  #follow(epoch: number): void {
    if (epoch === this.#epoch) return;
    this.#epoch = epoch;
    this.#arrived = [];
    this.latest.clear();
    for (const lane of this.#lanes.values()) lane.newEpoch();
  }

  #arrive(lane: Lane, epoch: number, { readings }: StepOutput): void {
    if (epoch !== this.#epoch || readings.length === 0) return;
    for (const reading of readings) this.#arrived.push(reading);
    this.#publish(lane, readings);
    this.#told.fire(readings);
  }

  /**
   * Others hear of readings with their next frame, whatever their place: so the order of extensions, and the host,
   * make no difference.
   */
  #publish(lane: Lane, readings: readonly Reading[]): void {
    const source = lane.extension.id;
    this.latest.add(readings);
    this.#foreign.push(readings.map((reading) => ({ source, reading })));
  }

  #complete(
    frame: PoseFrame,
    lanes: readonly Lane[],
    outputs: readonly (StepOutput | undefined)[],
  ): CoachFrame {
    const fresh: Reading[] = [];
    outputs.forEach((output, index) => {
      const lane = lanes[index];
      if (output === undefined || lane === undefined || output.readings.length === 0) return;
      for (const reading of output.readings) fresh.push(reading);
      this.#publish(lane, output.readings);
    });
    const readings = this.#arrived.length === 0 ? fresh : [...this.#arrived, ...fresh];
    this.#arrived = [];
    const proposals = lanes.flatMap((lane) => lane.proposals);
    let cues: CoachFrame['cues'] = [];
    try {
      cues = this.#feedback.step(frame, readings, proposals);
    } catch (error) {
      // Ours, and not to be hidden; but no frame is lost for a cue.
      reportUncaught(error);
    }
    if (fresh.length > 0) this.#told.fire(fresh);
    return { frame, readings, cues };
  }
}
