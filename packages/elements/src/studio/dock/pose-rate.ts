import type { LiveSubscriber } from '@pose-coach/core/live';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { interval, Subscription } from 'rxjs';

/** Poses as they arrive at this page. */
export interface PoseRateNow {
  /** Whole frames in the last second. */
  readonly perSecond: number;
  /** Median milliseconds from capture to arrival in the last second; undefined when nothing arrived. */
  readonly age: number | undefined;
}

/** Milliseconds between two sums: also the pace at which the element is drawn anew, for clocks in it. */
const PERIOD = 1000;

const NOTHING: PoseRateNow = { perSecond: 0, age: undefined };

/** Counts what a subscriber receives, once a second, for as long as its element is in a page. */
export class PoseRate implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #subscriberOf: () => LiveSubscriber | undefined;
  #subscriber: LiveSubscriber | undefined;
  #frames = new Subscription();
  #ticks = new Subscription();
  #ages: number[] = [];
  #now = NOTHING;

  /** @param subscriberOf asked at every update of the element, so that another one is counted instead */
  constructor(host: ReactiveControllerHost, subscriberOf: () => LiveSubscriber | undefined) {
    this.#host = host;
    this.#subscriberOf = subscriberOf;
    host.addController(this);
  }

  /** Undefined where there is no subscriber to count. */
  get now(): PoseRateNow | undefined {
    return this.#subscriber ? this.#now : undefined;
  }

  hostConnected(): void {
    this.#ticks = interval(PERIOD).subscribe(() => this.#sum());
  }

  hostUpdate(): void {
    const wanted = this.#subscriberOf();
    if (wanted !== this.#subscriber) this.#follow(wanted);
  }

  hostDisconnected(): void {
    this.#ticks.unsubscribe();
    this.#follow(undefined);
  }

  #follow(subscriber: LiveSubscriber | undefined): void {
    this.#frames.unsubscribe();
    this.#subscriber = subscriber;
    this.#ages = [];
    this.#now = NOTHING;
    if (subscriber) this.#frames = subscriber.frames.subscribe(({ age }) => this.#ages.push(age));
  }

  #sum(): void {
    const ages = this.#ages.sort((a, b) => a - b);
    this.#now = { perSecond: ages.length, age: ages[ages.length >> 1] };
    this.#ages = [];
    this.#host.requestUpdate();
  }
}
