import { BehaviorSubject, concat, defer, type Observable, of, Subject } from 'rxjs';
import type { MetricId, Reading } from '../analysis/index.ts';
import type { Cue } from '../feedback/index.ts';
import {
  declaredMetrics,
  eventMetrics,
  METRICS_KEY,
  mergeEntries,
  type RevisedStage,
  type ServerMessage,
  type StateEntries,
  type WelcomeMessage,
} from '../protocol/index.ts';
import { applyStageChange, type StageChange } from '../stage/index.ts';
import { NewestReadings } from './newest-readings.ts';

/** Whether somebody publishes, and which of those that did. */
export interface LiveSource {
  /** False also while there is no connection: nobody knows then. */
  readonly live: boolean;
  /** Goes up whenever the publisher comes, goes or changes: frames before and after have nothing to do with each other. */
  readonly generation: number;
  /** Server's clock, ms since the Unix epoch, at which the publisher went live; absent when nobody is, or it is not told. */
  readonly liveSince?: number;
}

/** What a publisher reads and says: what is new since the emission before. */
export interface LiveReadings {
  readonly readings: readonly Reading[];
  readonly cues: readonly Cue[];
}

/** How a channel stands, kept up with what the server says of it. */
export class ChannelView {
  readonly #state = new BehaviorSubject<StateEntries>({});
  readonly #source = new BehaviorSubject<LiveSource>({ live: false, generation: 0 });
  readonly #stage = new BehaviorSubject<RevisedStage | undefined>(undefined);
  readonly #readings = new Subject<LiveReadings>();
  readonly #newest = new NewestReadings();
  #events: ReadonlySet<MetricId> = new Set();

  /** The whole state at once, then after every change. Kept while the connection is lost. */
  readonly state = this.#state.asObservable();
  /** At once, then every change. */
  readonly source = this.#source.asObservable();
  /** At once, as far as it is known, then every change. Kept while the connection is lost. */
  readonly stage = this.#stage.asObservable();
  /** At once the newest of each, unless there is none; then whatever comes. */
  readonly readings: Observable<LiveReadings> = defer(() => {
    const readings = this.#newest.all;
    return readings.length > 0 ? concat(of({ readings, cues: [] }), this.#readings) : this.#readings;
  });

  welcomed({ live, liveSince, state, stage, readings = [] }: WelcomeMessage): void {
    this.#setState(state, true);
    if (stage || this.#stage.value) this.#stage.next(stage);
    if (!live) return;
    this.#sourceChanged(true, liveSince);
    this.#newest.add(readings, this.#events);
    const standing = this.#newest.all;
    if (standing.length > 0) this.#readings.next({ readings: standing, cues: [] });
  }

  received(message: ServerMessage): void {
    switch (message.type) {
      case 'state':
        this.#setState(mergeEntries(this.#state.value, message.entries), METRICS_KEY in message.entries);
        break;
      case 'source':
        this.#sourceChanged(message.live, message.liveSince);
        break;
      case 'stage':
        this.#stageChanged(message.revision, message.change);
        break;
      case 'readings':
        this.#newest.add(message.readings, this.#events);
        this.#readings.next({ readings: message.readings, cues: message.cues });
    }
  }

  /** The connection is gone: nobody knows whether somebody publishes. */
  lost(): void {
    if (this.#source.value.live) this.#sourceChanged(false, undefined);
  }

  dispose(): void {
    this.#newest.clear();
    for (const subject of [this.#state, this.#source, this.#stage, this.#readings]) subject.complete();
  }

  #setState(state: StateEntries, metricsChanged: boolean): void {
    if (metricsChanged) this.#events = eventMetrics(declaredMetrics(state));
    this.#state.next(state);
  }

  #sourceChanged(live: boolean, liveSince: number | undefined): void {
    // What was read belongs to the publisher before.
    this.#newest.clear();
    const generation = this.#source.value.generation + 1;
    this.#source.next(liveSince === undefined ? { live, generation } : { live, generation, liveSince });
  }

  #stageChanged(revision: number, change: StageChange): void {
    const known = this.#stage.value;
    // Without a whole one there is nothing to change: this server has not said any.
    if (known) this.#stage.next({ stage: applyStageChange(known.stage, change), revision });
  }
}
