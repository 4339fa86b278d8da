import { Observable, type Subscriber } from 'rxjs';
import { type Clock, PoseCoachError } from '../base/index.ts';
import type { PoseFrame } from '../pose/index.ts';
import type { Recording } from './recording.ts';
import { type ReplayedFrame, replay } from './replay.ts';
import { WorkerClock } from './worker-clock.ts';

/**
 * Milliseconds that a timer may be late and still be caught up with: hidden pages may be called once per second.
 * Later than that the machine slept, and the recording goes on where it stood.
 */
const CATCH_UP_LIMIT = 2000;

/** Faster than that, a loop would not leave its page time for anything else. */
const HIGHEST_RATE = 1000;

export interface PlayRecordingOptions {
  /** 2 is twice as fast; at most 1000. Default: 1. */
  readonly rate?: number;
  /** Begins again at the end, as a new epoch; sequence numbers go on. Default: false. */
  readonly loop?: boolean;
  /**
   * `timed` gives each frame at its time; `immediate` gives all of them at once, without a clock: for analysis
   * and tests. Default: `timed`.
   */
  readonly pace?: 'timed' | 'immediate';
  /** Default: the system's, with timers that go on while the page is hidden. */
  readonly clock?: Clock;
}

/**
 * A recording as a source of frames: every subscriber sees all of it from its beginning.
 *
 * Frames are as they were recorded except for `epoch`, which is new for each uninterrupted stretch and pass, and,
 * when `timed`, `timings.capturedAt`, which is when the frame was played, so that ages and delays mean something.
 * Late timers lose no frame: what fell due meanwhile comes at once.
 *
 * @throws PoseCoachError `OPTION_INVALID` when `rate` is not above 0 and at most 1000
 */
export function playRecording(
  recording: Pick<Recording, 'frames'>,
  options: PlayRecordingOptions = {},
): Observable<PoseFrame> {
  const { rate = 1, loop = false, pace = 'timed', clock } = options;
  if (!(rate > 0 && rate <= HIGHEST_RATE)) {
    throw new PoseCoachError(
      'OPTION_INVALID',
      `A recording cannot be played at the rate ${rate}: 1 is its own speed, ${HIGHEST_RATE} the highest. For all of it at once use pace: 'immediate'.`,
    );
  }
  return new Observable((subscriber) => {
    const tape = replay(recording.frames, loop);
    if (pace === 'immediate') {
      playAtOnce(tape, subscriber);
    } else if (clock) {
      subscriber.add(playTimed(tape, subscriber, rate, clock));
    } else {
      const timers = new WorkerClock();
      subscriber.add(() => timers.dispose());
      subscriber.add(playTimed(tape, subscriber, rate, timers));
    }
  });
}

function playAtOnce(tape: Iterable<ReplayedFrame>, subscriber: Subscriber<PoseFrame>): void {
  for (const { frame } of tape) {
    if (subscriber.closed) return;
    subscriber.next(frame);
  }
  subscriber.complete();
}

/** Returns what stops it. */
function playTimed(
  tape: Iterator<ReplayedFrame, void>,
  subscriber: Subscriber<PoseFrame>,
  rate: number,
  clock: Clock,
): () => void {
  let cancel: (() => void) | undefined;
  // Due times add up from the first frame, so that late timers do not slow the recording down.
  let due = clock.now();
  let next = tape.next();
  const play = () => {
    const now = clock.now();
    if (now - due > CATCH_UP_LIMIT) due = now;
    while (!next.done && due <= now && !subscriber.closed) {
      const { frame } = next.value;
      subscriber.next({ ...frame, timings: { ...frame.timings, capturedAt: now } });
      next = tape.next();
      if (!next.done) due += next.value.gap / rate;
    }
    if (subscriber.closed) return;
    if (next.done) subscriber.complete();
    else cancel = clock.delay(due - now, play);
  };
  play();
  return () => cancel?.();
}
