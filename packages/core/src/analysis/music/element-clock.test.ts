import { Subject } from 'rxjs';
import { expect, it } from 'vitest';
import { ManualClock } from '../../base/manual-clock.ts';
import { onElementClock } from './element-clock.ts';

/** A film that plays by the test's clock. */
class Film extends EventTarget {
  currentTime = 0;
  playbackRate = 1;
  paused = false;
  seeking = false;
}

function listen(delay = 0) {
  const [sounds, film, clock] = [new Subject<{ timestamp: number }>(), new Film(), new ManualClock(1e12)];
  const heard: number[] = [];
  // The part of an element that is listened to has the same shape; its typings know more names of events.
  const element = film as unknown as HTMLMediaElement;
  onElementClock(sounds, element, { clock, delay }).subscribe(({ timestamp }) => heard.push(timestamp));
  const play = (milliseconds: number) => {
    clock.advance(milliseconds);
    if (!film.paused) film.currentTime += (milliseconds / 1000) * film.playbackRate;
  };
  return { sounds, film, clock, heard, play };
}

it('places a sound in the film where it was heard, not where it is told', () => {
  const { sounds, clock, heard, play } = listen();
  play(1000);
  const wall = clock.now();
  play(120);
  sounds.next({ timestamp: wall });
  expect(heard[0]).toBeCloseTo(1000, 6);
});

it('counts at the speed at which the film plays, and takes off what sound is late', () => {
  const { sounds, film, clock, heard, play } = listen(40);
  film.playbackRate = 0.5;
  film.dispatchEvent(new Event('ratechange'));
  play(2000);
  sounds.next({ timestamp: clock.now() });
  expect(heard[0]).toBeCloseTo(1000 - 20, 6);
});

it.each(['pause', 'seeked', 'ratechange'])('leaves out what was heard before a "%s"', (name) => {
  const { sounds, film, clock, heard, play } = listen();
  play(1000);
  const before = clock.now();
  play(100);
  film.dispatchEvent(new Event(name));
  sounds.next({ timestamp: before });
  play(100);
  sounds.next({ timestamp: clock.now() });
  expect(heard).toHaveLength(1);
  expect(heard[0]).toBeCloseTo(1200, 6);
});

it('says nothing while the film stands or seeks', () => {
  const { sounds, film, clock, heard } = listen();
  film.paused = true;
  sounds.next({ timestamp: clock.now() });
  film.paused = false;
  film.seeking = true;
  sounds.next({ timestamp: clock.now() });
  expect(heard).toEqual([]);
});
