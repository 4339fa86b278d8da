import type { Beat, MetricDeclaration, MetricId, Reading, TakeSummary } from '../../analysis/index.ts';
import { Emitter, type Event, PoseCoachError, reportUncaught } from '../../base/index.ts';
import { type CoachFrame, Feedback, type OwnedProposal, type OwnedRule } from '../../feedback/index.ts';
import type { PoseFrame } from '../../pose/index.ts';
import type { RunningExtension, StepOutput } from '../host.ts';
import type { Permission } from '../manifest/manifest.ts';
import { Backlog } from './backlog.ts';
import { FilterChain } from './filter-chain.ts';
import { Lane, type LaneSupply, type SourcedReading } from './lane.ts';
import { LatestReadings } from './latest-readings.ts';
import type { ManagedExtension } from './managed-extension.ts';
import { VisibleFrames } from './visible-frame.ts';

/**
 * Beats kept for extensions that are busy, and of a piece whose beats come all at once: an hour of music at 200 per
 * minute, and some.
 */
const BEATS_KEPT = 16_384;

/** Readings kept for extensions that are busy: some seconds of all that twenty extensions have to say. */
const READINGS_KEPT = 4096;

/** The way of the frames through all running extensions: filters, analyzers and rules, and what is said of it all. */
export class Feed {
  readonly #lanes = new Map<ManagedExtension, Lane>();
  /** The lanes in the order in which their extensions were added. */
  #order: readonly Lane[] = [];
  readonly #filters = new FilterChain();
  readonly #feedback: Feedback;
  readonly #beats = new Backlog<Beat>(BEATS_KEPT);
  readonly #foreign = new Backlog<SourcedReading>(READINGS_KEPT);
  readonly #told = new Emitter<readonly Reading[]>();
  readonly #supply: LaneSupply;
  /** Readings of isolated extensions that have come since the last frame. */
  #arrived: Reading[] = [];
  #proposals: OwnedProposal[] = [];
  #epoch: number | undefined;
  /** Of the newest frame. */
  #time = Number.NEGATIVE_INFINITY;
  #analyzing = false;

  readonly latest = new LatestReadings();
  readonly onReadings: Event<readonly Reading[]> = this.#told.event;

  /** @param metric what is declared of a metric, by its id */
  constructor(metric: (id: MetricId) => MetricDeclaration | undefined) {
    this.#feedback = new Feedback({ metric });
    this.#supply = {
      beats: this.#beats,
      readings: this.#foreign,
      visible: new VisibleFrames(),
      arrived: (lane, output) => this.#arrive(lane, output),
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
    // Beats may come long before their time, all at once at the beginning; those of the past are not made up for.
    const firstBeat = this.#beats.firstPlace(({ timestamp }) => timestamp > this.#time);
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

  /** Whether any code runs. */
  get busy(): boolean {
    return this.#order.length > 0;
  }

  setRules(rules: readonly OwnedRule[]): void {
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
    this.#follow(frame);
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
      this.#follow(frame);
      const lanes = this.#order;
      const filtered = this.#filters.apply(frame, lanes);
      const outputs = await Promise.all(lanes.map((lane) => lane.analyze(filtered)));
      return this.#complete(filtered, lanes, outputs);
    } finally {
      this.#analyzing = false;
    }
  }

  async finish(): Promise<Readonly<Record<string, TakeSummary>>> {
    if (this.#analyzing)
      throw new PoseCoachError(
        'OPTION_INVALID',
        'A frame is being analyzed: await it before you end the take.',
      );
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
  #follow({ epoch, timestamp }: PoseFrame): void {
    this.#time = timestamp;
    if (epoch === this.#epoch) return;
    this.#epoch = epoch;
    this.#arrived = [];
    this.#proposals = [];
    this.latest.clear();
    for (const lane of this.#lanes.values()) lane.newEpoch();
  }

  #arrive(lane: Lane, { readings, proposals }: StepOutput): void {
    this.#propose(lane, proposals);
    if (readings.length === 0) return;
    for (const reading of readings) this.#arrived.push(reading);
    this.#publish(lane, readings);
    this.#told.fire(readings);
  }

  #propose(lane: Lane, proposals: StepOutput['proposals']): void {
    const source = lane.extension.id;
    for (const proposal of proposals) this.#proposals.push({ ...proposal, source });
  }

  /**
   * Others hear of readings with their next frame, whatever their place: so the order of extensions, and the host,
   * make no difference.
   */
  #publish(lane: Lane, readings: readonly Reading[]): void {
    const source = lane.extension.id;
    this.latest.add(readings);
    // With nobody else there, nobody will ask.
    if (this.#order.length > 1) this.#foreign.push(readings.map((reading) => ({ source, reading })));
  }

  #complete(
    frame: PoseFrame,
    lanes: readonly Lane[],
    outputs: readonly (StepOutput | undefined)[],
  ): CoachFrame {
    const fresh: Reading[] = [];
    outputs.forEach((output, index) => {
      const lane = lanes[index];
      if (output === undefined || lane === undefined) return;
      this.#propose(lane, output.proposals);
      if (output.readings.length === 0) return;
      for (const reading of output.readings) fresh.push(reading);
      this.#publish(lane, output.readings);
    });
    const readings = this.#arrived.length === 0 ? fresh : [...this.#arrived, ...fresh];
    this.#arrived = [];
    const proposals = this.#proposals;
    this.#proposals = [];
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
