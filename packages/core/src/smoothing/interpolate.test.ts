import { animationFrames, asyncScheduler, map, Subject, take } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { syntheticFrame } from '../../../../tests/synthetic-pose.ts';
import type { Clock } from '../base/index.ts';
import { ManualClock } from '../base/manual-clock.ts';
import type { PoseFrame } from '../pose/index.ts';
import { ageOf, interpolate } from './interpolate.ts';
import type { DisplayFrame } from './interpolator.ts';

/** A result captured 30 ms before `arrival`, whose single landmark stands at its own media time. */
function result(arrival: number): PoseFrame {
  const landmarks = [{ x: arrival / 1000, y: 0, z: 0, visibility: 1 }];
  return syntheticFrame(arrival, [{ id: 0, score: 1, landmarks, worldLandmarks: [] }], {
    timings: { capturedAt: arrival - 30, stages: {} },
  });
}

/** A display of 100 Hz, so that repaints fall on multiples of 10 ms, and everything it was given. */
function display(options: Parameters<typeof interpolate>[0] = {}) {
  const clock = new ManualClock(0, 10);
  const source = new Subject<PoseFrame>();
  const shown: (DisplayFrame & { readonly at: number })[] = [];
  const events: string[] = [];
  const subscription = source.pipe(interpolate({ clock, ...options })).subscribe({
    next: (frame) => shown.push({ ...frame, at: clock.now() }),
    error: () => events.push('error'),
    complete: () => events.push('complete'),
  });
  const give = (arrival: number) => {
    clock.advance(arrival - clock.now());
    source.next(result(arrival));
  };
  return { clock, source, shown, events, subscription, give };
}

describe('interpolate', () => {
  it('shows results at the repaints after they come, on the way and then whole, and then nothing', () => {
    const { clock, shown, give } = display();
    give(3);
    give(36);
    clock.advance(300);
    expect(shown.map(({ at }) => at)).toEqual([10, 40, 50]);
    // 4 of 8 ms after the second came, and more than 8.
    expect(shown.map(({ frame }) => frame.timestamp)).toEqual([3, 3 + 33 / 2, 36]);
  });

  it('ends at the newest result, whole and settled, and asks for no more repaints', () => {
    const { clock, shown, give } = display();
    give(3);
    give(36);
    clock.advance(300);
    expect(shown.at(-1)).toMatchObject({ at: 50, settled: true, stale: false });
    expect(shown.at(-1)?.frame).toEqual(result(36));
    expect(shown.slice(0, -1).map(({ settled }) => settled)).toEqual([true, false]);
    expect(clock.pending).toBe(0);
  });

  it('says how old what it shows is, and how old it has become since', () => {
    const { clock, shown, give } = display();
    give(3);
    clock.advance(7);
    expect(shown[0]?.age).toBe(10 - (3 - 30));
    clock.advance(500);
    expect(ageOf(shown[0] as DisplayFrame, clock)).toBe(510 - (3 - 30));
  });

  it('paints results whole within 17 ms after they came, in the median, on a 60 Hz display', () => {
    const clock = new ManualClock(0, 1000 / 60);
    const source = new Subject<PoseFrame>();
    const shown: { readonly at: number; readonly frame: PoseFrame; readonly settled: boolean }[] = [];
    source.pipe(interpolate({ clock })).subscribe((frame) => shown.push({ ...frame, at: clock.now() }));
    // Thirty a second for ten seconds, slowly drifting against the display.
    const arrivals = Array.from({ length: 300 }, (_, index) => 3 + index * 33.4);
    for (const arrival of arrivals) {
      clock.advance(arrival - clock.now());
      source.next(result(arrival));
    }
    clock.advance(100);
    const whole = new Map(
      shown.filter(({ settled }) => settled).map(({ at, frame }) => [frame.timestamp, at]),
    );
    const delays = arrivals.map((arrival) => (whole.get(arrival) as number) - arrival).sort((a, b) => a - b);
    // Every one was painted whole, at the latest at the first repaint after 8 ms.
    expect(delays.at(-1)).toBeLessThanOrEqual(8 + 1000 / 60);
    expect(delays[150]).toBeLessThan(17);
    // Time on the display only ever goes forward, and never beyond what has come.
    shown.forEach(({ frame, at }, index) => {
      expect(frame.timestamp).toBeLessThanOrEqual(at);
      if (index > 0) expect(frame.timestamp).toBeGreaterThan(shown[index - 1]?.frame.timestamp as number);
    });
  });

  it('emits once more when results stay away for as long as was asked, and not before', () => {
    const { clock, shown, give } = display({ staleAfter: 400 });
    give(3);
    give(303);
    clock.advance(399);
    expect(shown.some(({ stale }) => stale)).toBe(false);
    clock.advance(1);
    expect(shown.at(-1)).toMatchObject({ at: 703, stale: true, settled: true, age: 430 });
    clock.advance(5000);
    expect(shown.filter(({ stale }) => stale)).toHaveLength(1);
    give(6000);
    clock.advance(20);
    expect(shown.at(-1)?.stale).toBe(false);
  });

  it('stays stale when the display repaints again only after the source was gone, as in a hidden page', () => {
    const hidden = new ManualClock(0, 10_000);
    const source = new Subject<PoseFrame>();
    const stale: boolean[] = [];
    source
      .pipe(interpolate({ clock: hidden, staleAfter: 400 }))
      .subscribe((shown) => stale.push(shown.stale));
    hidden.advance(1);
    source.next(result(1));
    hidden.advance(20_000);
    expect(stale[0]).toBe(true);
    expect(stale.at(-1)).toBe(true);
    hidden.advance(9900);
    source.next(result(29_901));
    source.complete();
    hidden.advance(100);
    expect(stale.at(-1)).toBe(false);
    expect(hidden.pending).toBe(0);
  });

  it('shows the last result whole before it completes', () => {
    const { clock, source, shown, events, give } = display();
    give(3);
    give(36);
    source.complete();
    expect(events).toEqual([]);
    clock.advance(100);
    expect(events).toEqual(['complete']);
    expect(shown.at(-1)?.frame.timestamp).toBe(36);
    expect(clock.pending).toBe(0);
  });

  it('completes at once when there is nothing left to show', () => {
    const idle = display();
    idle.source.complete();
    expect(idle.events).toEqual(['complete']);
  });

  it('passes an error on at once and asks for nothing more', () => {
    const { clock, source, events, give } = display({ staleAfter: 100 });
    give(3);
    source.error(new Error('lost'));
    expect(events).toEqual(['error']);
    expect(clock.pending).toBe(0);
  });

  it('releases its repaint and its timer when it is left, also from within', () => {
    const left = display({ staleAfter: 100 });
    left.give(3);
    left.subscription.unsubscribe();
    expect(left.clock.pending).toBe(0);
    expect(left.source.observed).toBe(false);

    const clock = new ManualClock(0, 10);
    const source = new Subject<PoseFrame>();
    const seen: DisplayFrame[] = [];
    source.pipe(interpolate({ clock, staleAfter: 100 }), take(2)).subscribe((frame) => seen.push(frame));
    source.next(result(0));
    clock.advance(33);
    source.next(result(33));
    // To the very moment of the second one.
    clock.advance(7);
    expect(seen).toHaveLength(2);
    expect(seen[1]?.settled).toBe(false);
    expect(clock.pending).toBe(0);
    expect(source.observed).toBe(false);
  });

  it('follows the repaints of the display, whenever they come', () => {
    new TestScheduler((actual, expected) => expect(actual).toEqual(expected)).run(
      ({ cold, animate, expectObservable, expectSubscriptions }) => {
        // Time in the diagram: one character, one millisecond.
        const clock: Clock = {
          now: () => asyncScheduler.now(),
          delay: () => () => {},
          nextFrame: (callback) => {
            const repaint = animationFrames().pipe(take(1)).subscribe(callback);
            return () => repaint.unsubscribe();
          },
        };
        animate('             ----x----x----x----x----x----x----x');
        const source = cold('--a-----------b---------------|', { a: result(2), b: result(14) });
        const expected = '   ----A--------------B----C-----|';
        const shown = source.pipe(
          interpolate({ clock }),
          map(({ frame, settled }) => `${frame.timestamp.toFixed(1)}${settled ? ' settled' : ''}`),
        );
        expectObservable(shown).toBe(expected, {
          A: '2.0 settled',
          // 5 of the 6 milliseconds that are half the time between the two.
          B: '12.0',
          C: '14.0 settled',
        });
        expectSubscriptions(source.subscriptions).toBe('^-----------------------------!');
      },
    );
  });
});
