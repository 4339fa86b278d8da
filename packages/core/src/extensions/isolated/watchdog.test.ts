import { beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../base/index.ts';
import { Watchdog } from './watchdog.ts';

/** A clock that moves when it is told to, and whose timers can be held back: those due in between fire at the end. */
class SuspendableClock implements Clock {
  #now = 0;
  readonly #timers = new Set<{ readonly time: number; readonly callback: () => void }>();

  get pending(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  delay(milliseconds: number, callback: () => void): () => void {
    const timer = { time: this.#now + milliseconds, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  nextFrame(callback: () => void): () => void {
    return this.delay(16, callback);
  }

  /** Time passes, and timers fire when they are due. */
  advance(milliseconds: number): void {
    for (const end = this.#now + milliseconds; this.#now < end; this.suspend(1));
  }

  /** Time passes at one stroke. */
  suspend(milliseconds: number): void {
    this.#now += milliseconds;
    for (const timer of [...this.#timers]) {
      if (timer.time <= this.#now && this.#timers.delete(timer)) timer.callback();
    }
  }
}

describe('A watchdog', () => {
  let clock: SuspendableClock;
  let overdue: string[];

  beforeEach(() => {
    clock = new SuspendableClock();
    overdue = [];
  });

  const watchdog = (isHidden = () => false) => new Watchdog(clock, undefined, isHidden);

  it('calls back once, within half a second after the limit', () => {
    const dog = watchdog();
    dog.watch(1000, () => overdue.push('step'));
    clock.advance(1000);
    expect(overdue).toEqual([]);
    clock.advance(510);
    expect(overdue).toEqual(['step']);
    clock.advance(10_000);
    expect(overdue).toEqual(['step']);
  });

  it('says nothing of what ends in time', () => {
    const dog = watchdog();
    const watched = dog.watch(1000, () => overdue.push('step'));
    clock.advance(999);
    watched.dispose();
    clock.advance(10_000);
    expect(overdue).toEqual([]);
  });

  it('blames nobody for the ten minutes for which the machine slept', () => {
    const dog = watchdog();
    dog.watch(1000, () => overdue.push('step'));
    clock.advance(300);
    clock.suspend(600_000);
    clock.advance(500);
    expect(overdue).toEqual([]);
    // The rest of its second is still counted.
    clock.advance(900);
    expect(overdue).toEqual(['step']);
  });

  it('blames nobody for a page that blocks itself again and again', () => {
    const dog = watchdog();
    for (let round = 0; round < 20; round += 1) {
      const watched = dog.watch(1000, () => overdue.push('step'));
      clock.suspend(1500);
      clock.advance(100);
      watched.dispose();
    }
    expect(overdue).toEqual([]);
  });

  it('waits for what had arrived while the page was busy, before it blames', () => {
    const dog = watchdog();
    const watched = dog.watch(1000, () => overdue.push('step'));
    // Just not long enough to be taken for a standstill, four times over.
    for (let round = 0; round < 3; round += 1) clock.suspend(490);
    expect(overdue).toEqual([]);
    // The answer is read in the turns between two looks.
    watched.dispose();
    clock.advance(1000);
    expect(overdue).toEqual([]);
  });

  it('notices a loop in a hidden page, whose timers come once a second', () => {
    const dog = watchdog(() => true);
    dog.watch(1000, () => overdue.push('step'));
    for (let second = 0; second < 4; second += 1) clock.suspend(1000);
    expect(overdue).toEqual(['step']);
  });

  it('counts a quarter of a second where timers come once a minute', () => {
    const dog = watchdog(() => true);
    dog.watch(1000, () => overdue.push('step'));
    for (let minute = 0; minute < 3; minute += 1) clock.suspend(60_000);
    expect(overdue).toEqual([]);
    for (let minute = 0; minute < 4; minute += 1) clock.suspend(60_000);
    expect(overdue).toEqual(['step']);
  });

  it('watches many things at once, each by its own limit', () => {
    const dog = watchdog();
    dog.watch(1000, () => overdue.push('step'));
    dog.watch(10_000, () => overdue.push('command'));
    clock.advance(2000);
    dog.watch(1000, () => overdue.push('another step'));
    clock.advance(2000);
    expect(overdue).toEqual(['step', 'another step']);
    clock.advance(7000);
    expect(overdue).toEqual(['step', 'another step', 'command']);
  });

  it('leaves no timer behind, also when it is disposed by what it reports', () => {
    const dog = watchdog();
    dog.watch(1000, () => {
      overdue.push('step');
      dog.dispose();
    });
    dog.watch(1000, () => overdue.push('another step'));
    clock.advance(10_000);
    expect(overdue).toEqual(['step']);
    expect(clock.pending).toBe(0);
  });
});
