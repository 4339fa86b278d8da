import type { PoseFrame } from '@pose-coach/core';
import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../core/src/base/manual-clock.ts';
import { poseFrame, standingPose } from '../draw/standing-pose.test-data.ts';
import { FrameDisplay } from './frame-display.ts';

/** Ms without a new frame until nothing is shown. */
const STALE_AFTER = 500;

/** A display on a screen that repaints every `refresh` ms, and everything that it showed: ms of media time, or nothing. */
function display(refresh = 10) {
  const clock = new ManualClock(0, refresh);
  const source = new Subject<PoseFrame>();
  const shown: (number | undefined)[] = [];
  const frames = new FrameDisplay(source, {
    clock,
    staleAfter: STALE_AFTER,
    show: (frame) => shown.push(frame?.timestamp),
  });
  frames.visible = true;
  const give = (timestamp: number) => {
    clock.advance(timestamp - clock.now());
    const timings = { capturedAt: timestamp, stages: {} };
    source.next(poseFrame([standingPose()], { sequence: timestamp, timestamp, timings }));
  };
  return { clock, source, frames, shown, give };
}

/** So seldom that everything else happens in between, as in a page that nobody sees. */
const HARDLY_EVER = 10_000;

describe('a display of frames', () => {
  it('shows a result, and nothing once the stream has been silent for as long as was said', () => {
    const { clock, shown, give } = display();
    give(3);
    clock.advance(STALE_AFTER - 1);
    expect(shown).toEqual([3]);
    clock.advance(1);
    expect(shown).toEqual([3, undefined]);
    clock.advance(5000);
    expect(shown).toEqual([3, undefined]);
  });

  it('lets no skeleton come back when the page repaints again long after the stream fell silent', () => {
    const { clock, shown, give } = display(HARDLY_EVER);
    give(3);
    clock.advance(2 * HARDLY_EVER);
    expect(shown.length).toBeGreaterThan(0);
    expect(new Set(shown)).toEqual(new Set([undefined]));
  });

  it('ends with nothing, also when its stream ends just before a repaint', () => {
    const { clock, source, shown, give } = display();
    give(3);
    source.complete();
    clock.advance(100);
    expect(shown).toEqual([3, undefined]);
    expect(clock.pending).toBe(0);
  });

  it('ends with nothing, also when its stream fails just before a repaint', () => {
    const { clock, source, shown, give } = display();
    give(3);
    source.error(new Error('lost'));
    clock.advance(100);
    expect(shown).toEqual([undefined]);
    expect(clock.pending).toBe(0);
  });

  it('shows no frames while nobody looks, yet the end of them, and the next one when somebody looks again', () => {
    const { clock, source, frames, shown, give } = display();
    frames.visible = false;
    give(3);
    clock.advance(100);
    expect(shown).toEqual([]);
    expect(source.observed).toBe(true);
    clock.advance(STALE_AFTER);
    expect(shown).toEqual([undefined]);
    frames.visible = true;
    give(1003);
    clock.advance(10);
    expect(shown).toEqual([undefined, 1003]);
  });

  it('shows nothing more, and waits for nothing, once disposed of', () => {
    const { clock, source, frames, shown, give } = display();
    give(3);
    frames.dispose();
    expect(source.observed).toBe(false);
    expect(clock.pending).toBe(0);
    clock.advance(5000);
    expect(shown).toEqual([]);
  });
});
