import type { OverlayMoment } from '../api/overlay-api.ts';

/** Events that are kept for one painting, the newest: more happen in no dance. */
const MOST_EVENTS = 256;

/** A moment that is to be painted. */
export interface WaitingMoment {
  readonly moment: OverlayMoment;
  readonly pixelRatio: number;
}

/**
 * Of the moments that wait for a part the newest. What is told once must not be lost with those that are passed
 * over: their events and their time are added to it.
 */
export class MomentQueue {
  #waiting: WaitingMoment | undefined;
  #painted = false;

  add(moment: OverlayMoment, pixelRatio: number): void {
    const before = this.#waiting?.moment;
    const events = before ? [...before.events, ...moment.events] : moment.events;
    this.#waiting = {
      moment: {
        ...moment,
        ...(moment.frame ? { frame: withoutWorld(moment.frame) } : {}),
        elapsed: this.#painted ? (before?.elapsed ?? 0) + moment.elapsed : 0,
        events: events.slice(-MOST_EVENTS),
      },
      pixelRatio,
    };
  }

  /** The moment to paint now, which waits no longer. */
  take(): WaitingMoment | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) this.#painted = true;
    return waiting;
  }

  /** A part that has painted nothing yet takes the place of the one before. */
  begin(): void {
    this.#painted = false;
    if (this.#waiting) this.#waiting = { ...this.#waiting, moment: { ...this.#waiting.moment, elapsed: 0 } };
  }
}

/** Metres are no business of pictures, and half of what would have to be copied. */
function withoutWorld(frame: NonNullable<OverlayMoment['frame']>): NonNullable<OverlayMoment['frame']> {
  const bodies = [...frame.poses, ...frame.hands];
  if (bodies.every(({ worldLandmarks }) => worldLandmarks.length === 0)) return frame;
  return {
    ...frame,
    poses: frame.poses.map((pose) => ({ ...pose, worldLandmarks: [] })),
    hands: frame.hands.map((hand) => ({ ...hand, worldLandmarks: [] })),
  };
}
