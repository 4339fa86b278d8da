import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { EVENTS } from '../../base/names.ts';
import type { PoseCoachElement } from '../../coach/pose-coach.ts';
import { coachOf } from '../../music/coach-frames.ts';
import { type CoachCheck, CoachWatch } from './coach-check.ts';
import { PictureSampler } from './picture-sampler.ts';

/** The element that follows a `<pose-coach>`. */
interface Follower extends ReactiveControllerHost, HTMLElement {
  /** The id of a `<pose-coach>`, as a label names its field. */
  readonly for: string | undefined;
}

/** Follows what a `<pose-coach>` of the page tells, by its events, for as long as its element is in the page. */
export class FollowedCoach implements ReactiveController {
  readonly #host: Follower;
  readonly #changed: () => void;
  readonly #watch = new CoachWatch();
  readonly #sampler = new PictureSampler();
  #root: Node | undefined;
  #check: CoachCheck | undefined;
  #checks = false;

  /** @param changed called when the coach's state or its stream has changed, before the element is drawn anew */
  constructor(host: Follower, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  get coach(): PoseCoachElement | undefined {
    return coachOf(this.#host, this.#host.for);
  }

  /** What the last seconds look like, twice a second; undefined while nothing is checked or known. */
  get check(): CoachCheck | undefined {
    return this.#check;
  }

  /** Whether pictures and frames are looked at, which costs a little. */
  set checks(on: boolean) {
    if (on === this.#checks) return;
    this.#checks = on;
    this.#forget();
  }

  hostConnected(): void {
    this.#root = this.#host.getRootNode();
    for (const [type, listener] of this.#listeners) this.#root.addEventListener(type, listener);
  }

  hostDisconnected(): void {
    for (const [type, listener] of this.#listeners) this.#root?.removeEventListener(type, listener);
    this.#root = undefined;
    this.#forget();
  }

  readonly #onFrame = (event: Event): void => {
    if (!this.#checks || event.target !== this.coach) return;
    this.#watch.see((event as HTMLElementEventMap['pose-frame']).detail.frame);
  };

  readonly #onStats = (event: Event): void => {
    const { coach } = this;
    if (!this.#checks || !coach || event.target !== coach) return;
    this.#watch.count((event as HTMLElementEventMap['pose-stats']).detail, performance.now());
    const picture = this.#sampler.take(coach.shadowRoot?.querySelector('video'));
    this.#check = this.#watch.judge(picture, isMirrored(coach), coach.model === 'lite');
    this.#host.requestUpdate();
  };

  readonly #onState = (event: Event): void => {
    if (event.target !== this.coach) return;
    if (this.coach?.state.status !== 'running') this.#forget();
    this.#changed();
    this.#host.requestUpdate();
  };

  readonly #listeners: readonly (readonly [string, (event: Event) => void])[] = [
    [EVENTS.frame, this.#onFrame],
    [EVENTS.stats, this.#onStats],
    [EVENTS.state, this.#onState],
    [EVENTS.live, this.#onState],
  ];

  #forget(): void {
    this.#watch.forget();
    this.#check = undefined;
  }
}

/** As the element itself decides it: a camera is mirrored unless told otherwise. */
export function isMirrored({ mirror, source }: Pick<PoseCoachElement, 'mirror' | 'source'>): boolean {
  return mirror ?? source === 'camera';
}
