import { Subject } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { PoseCoachError } from './base/index.ts';
import { CountedEngine, CountedSource, frameOf, settle, setUp } from './coach.test-support.ts';
import { createCoach } from './coach.ts';
import type { PoseFrame } from './pose/index.ts';

describe('createCoach', () => {
  it('opens nothing until somebody subscribes, and one camera and one engine however many do', async () => {
    const { coach, source, engine } = setUp();
    await settle();
    expect([source.opened, engine.created]).toEqual([0, 0]);
    const all = [coach.frames.subscribe(), coach.frames.subscribe(), coach.rawFrames.subscribe()];
    await settle();
    expect([source.opened, engine.created]).toEqual([1, 1]);
    for (const subscription of all) subscription.unsubscribe();
    await settle();
    expect([source.open, engine.alive]).toEqual([0, 0]);
  });

  it('closes every image exactly once, also those nobody could take', async () => {
    const { coach, source } = setUp();
    const subscription = coach.frames.subscribe();
    for (let index = 0; index < 5; index += 1) source.give();
    await settle();
    source.give();
    await settle();
    subscription.unsubscribe();
    source.give();
    await settle();
    expect(source.takenImages).toBe(7);
    // The last one was given when no one listened: it never left the source.
    expect(source.closedImages).toBe(6);
  });

  it('tells what it is doing: idle, loading with bytes, running with the engine, idle again', async () => {
    const { coach, source, states, statuses } = setUp();
    const subscription = coach.frames.subscribe();
    await settle();
    expect(states).toContainEqual({ status: 'loading', loaded: 50, total: 100 });
    source.give();
    await settle();
    expect(states.at(-1)).toMatchObject({ status: 'running', info: { engine: 'first' } });
    subscription.unsubscribe();
    expect(statuses()[0]).toBe('idle');
    expect(statuses().at(-1)).toBe('idle');
  });

  it('keeps the engine when the source is switched, and starts a new epoch', async () => {
    const { coach, source, engine } = setUp();
    const frames: PoseFrame[] = [];
    const subscription = coach.rawFrames.subscribe((frame) => frames.push(frame));
    await settle();
    source.give();
    await settle();
    const other = new CountedSource();
    coach.setSource({ kind: 'pixels', frames: other.frames });
    await settle();
    other.give();
    await settle();
    expect([source.open, other.open, engine.created, engine.alive]).toEqual([0, 1, 1, 1]);
    expect(frames.map(({ sequence }) => sequence)).toEqual([0, 1]);
    expect(frames[1]?.epoch).not.toBe(frames[0]?.epoch);
    subscription.unsubscribe();
  });

  it('keeps the camera open when the engine is switched', async () => {
    const { coach, source, engine, states } = setUp();
    const subscription = coach.frames.subscribe();
    await settle();
    source.give();
    await settle();
    const other = new CountedEngine('second');
    coach.setEstimator(other);
    await settle();
    source.give();
    await settle();
    expect([source.opened, engine.alive, other.alive]).toEqual([1, 0, 1]);
    expect(states.at(-1)).toMatchObject({ status: 'running', info: { engine: 'second' } });
    subscription.unsubscribe();
  });

  it('lets the camera go while paused and keeps the engine', async () => {
    const { coach, source, engine, states } = setUp();
    const subscription = coach.frames.subscribe();
    await settle();
    coach.pause();
    await settle();
    expect([source.open, engine.alive]).toEqual([0, 1]);
    expect(states.at(-1)).toEqual({ status: 'paused' });
    coach.resume();
    await settle();
    expect([source.open, source.opened, engine.created]).toEqual([1, 2, 1]);
    subscription.unsubscribe();
  });

  it('says why a source failed, goes on living, and tries again when the source is set again', async () => {
    const { coach, source, engine, states } = setUp();
    let received = 0;
    const subscription = coach.frames.subscribe(() => {
      received += 1;
    });
    await settle();
    source.fail(new PoseCoachError('CAMERA_DENIED', 'Allow the camera.'));
    await settle();
    expect(states.at(-1)).toMatchObject({ status: 'error', error: { code: 'CAMERA_DENIED' } });
    const again = new CountedSource();
    coach.setSource({ kind: 'pixels', frames: again.frames });
    await settle();
    again.give();
    await settle();
    expect(received).toBe(1);
    expect(engine.created).toBe(1);
    subscription.unsubscribe();
  });

  it('says why an engine failed and makes it again when the source is set again', async () => {
    const engine = new CountedEngine('first');
    engine.fault = new PoseCoachError('ASSET_NOT_FOUND', 'No model there.');
    const { coach, source, states } = setUp(new CountedSource(), engine);
    const subscription = coach.frames.subscribe();
    await settle();
    expect(states.at(-1)).toMatchObject({ status: 'error', error: { code: 'ASSET_NOT_FOUND' } });
    // Nobody looks any more: the camera's light goes out.
    expect(source.open).toBe(0);
    engine.fault = undefined;
    coach.setSource({ kind: 'pixels', frames: source.frames });
    await settle();
    source.give();
    await settle();
    expect(states.at(-1)).toMatchObject({ status: 'running' });
    expect(engine.created).toBe(2);
    subscription.unsubscribe();
  });

  it('goes on with another engine after the first has failed', async () => {
    const engine = new CountedEngine('first');
    engine.fault = new PoseCoachError('ENGINE_UNSUPPORTED', 'No WebGL.');
    const { coach, source, states } = setUp(new CountedSource(), engine);
    const subscription = coach.frames.subscribe();
    await settle();
    coach.setEstimator(new CountedEngine('second'));
    await settle();
    expect(source.open).toBe(1);
    source.give();
    await settle();
    expect(states.at(-1)).toMatchObject({ status: 'running', info: { engine: 'second' } });
    subscription.unsubscribe();
  });

  it('ends with the source: a file that has come to its end', async () => {
    const { coach, source, states } = setUp();
    const subscription = coach.frames.subscribe();
    await settle();
    source.give();
    await settle();
    source.end();
    await settle();
    expect(states.at(-1)).toEqual({ status: 'ended' });
    subscription.unsubscribe();
  });

  it('plays poses that were found before without making an engine', async () => {
    const engine = new CountedEngine('first');
    const poses = new Subject<PoseFrame>();
    const coach = createCoach({ estimator: engine, source: { kind: 'poses', frames: poses } });
    const frames: PoseFrame[] = [];
    coach.frames.subscribe(({ frame }) => frames.push(frame));
    poses.next(frameOf(0));
    poses.next(frameOf(33));
    poses.next(frameOf(0, 1));
    expect(frames.map(({ sequence, epoch }) => [sequence, epoch])).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
    ]);
    expect(engine.created).toBe(0);
    coach.dispose();
  });

  it('releases everything when it is disposed, and its observables complete', async () => {
    const { coach, source, engine } = setUp();
    let completed = 0;
    const complete = () => {
      completed += 1;
    };
    coach.frames.subscribe({ complete });
    coach.state.subscribe({ complete });
    await settle();
    coach.dispose();
    await settle();
    expect([source.open, engine.alive, completed]).toEqual([0, 0, 2]);
  });
});
