import { defer, EMPTY, of, Subject, take } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { PoseCoachError } from './base/index.ts';
import { CountedEngine, CountedSource, frameOf, settle, setUp } from './coach.test-support.ts';
import { createCoach } from './coach.ts';
import type { PoseFrame } from './pose/index.ts';

const denied = () => new PoseCoachError('CAMERA_DENIED', 'Allow the camera.');
const missing = () => new PoseCoachError('ASSET_NOT_FOUND', 'No model there.');

describe('a coach whose source changes while the engine is busy', () => {
  it('goes on saying why the source failed when the last picture is found afterwards', async () => {
    const { coach, source, engine, states } = setUp();
    coach.frames.subscribe();
    await settle();
    source.give();
    await settle();
    engine.holds = true;
    source.give();
    await settle();
    source.fail(denied());
    engine.answer();
    await settle();
    expect(states.at(-1)).toMatchObject({ status: 'error', error: { code: 'CAMERA_DENIED' } });
    coach.dispose();
  });

  it('waits for the new source and shows nothing of the old one, in work or waiting', async () => {
    const { coach, source, engine, states } = setUp();
    const frames: PoseFrame[] = [];
    coach.rawFrames.subscribe((frame) => frames.push(frame));
    await settle();
    engine.holds = true;
    source.give();
    source.give();
    await settle();
    const other = new CountedSource();
    coach.setSource({ kind: 'pixels', frames: other.frames });
    engine.holds = false;
    engine.answer();
    await settle();
    expect(frames).toEqual([]);
    expect(states.at(-1)).toMatchObject({ status: 'loading' });
    other.give();
    await settle();
    expect(frames).toHaveLength(1);
    expect(states.at(-1)).toMatchObject({ status: 'running' });
    expect(source.closedImages + other.closedImages).toBe(3);
    coach.dispose();
  });

  it('shows nothing from before a pause once it goes on', async () => {
    const { coach, source, engine } = setUp();
    const frames: PoseFrame[] = [];
    coach.rawFrames.subscribe((frame) => frames.push(frame));
    await settle();
    engine.holds = true;
    source.give();
    await settle();
    coach.pause();
    coach.resume();
    engine.answer();
    await settle();
    expect(frames).toEqual([]);
    coach.dispose();
  });

  it('counts each frame that was left out once, also across a change of engine', async () => {
    const { coach, source, engine } = setUp();
    const frames: PoseFrame[] = [];
    coach.rawFrames.subscribe((frame) => frames.push(frame));
    await settle();
    source.give();
    await settle();
    engine.holds = true;
    for (let index = 0; index < 4; index += 1) source.give();
    await settle();
    coach.setEstimator(new CountedEngine('second'));
    await settle();
    source.give();
    await settle();
    engine.answer();
    await settle();
    // The first of the four was in work and comes out; the other three lost to the newest.
    expect(frames.map(({ dropped }) => dropped)).toEqual([0, 0, 3]);
    expect(source.closedImages).toBe(6);
    coach.dispose();
  });
});

describe('a coach whose engine fails or is changed', () => {
  it('makes the engine again when it goes on after a pause', async () => {
    const engine = new CountedEngine('first');
    engine.fault = missing();
    const { coach, source, states } = setUp(new CountedSource(), engine);
    coach.frames.subscribe();
    await settle();
    engine.fault = undefined;
    coach.pause();
    coach.resume();
    await settle();
    source.give();
    await settle();
    expect(states.at(-1)).toMatchObject({ status: 'running' });
    coach.dispose();
  });

  it('tries again when somebody answers the error at once', async () => {
    const engine = new CountedEngine('first');
    engine.fault = missing();
    const { coach, source, states } = setUp(new CountedSource(), engine);
    coach.state.subscribe(({ status }) => {
      if (status !== 'error') return;
      engine.fault = undefined;
      coach.setSource({ kind: 'pixels', frames: source.frames });
    });
    coach.frames.subscribe();
    await settle();
    source.give();
    await settle();
    expect(states.at(-1)).toMatchObject({ status: 'running' });
    expect([engine.created, engine.alive, source.open]).toEqual([2, 1, 1]);
    coach.dispose();
  });

  it('asks for a still picture again when the engine that had it is changed', async () => {
    const { coach, engine, states } = setUp();
    engine.create = () => new Promise(() => undefined);
    const frames: PoseFrame[] = [];
    coach.rawFrames.subscribe((frame) => frames.push(frame));
    const picture = new CountedSource();
    let opened = 0;
    coach.setSource({
      kind: 'pixels',
      frames: defer(() => {
        opened += 1;
        queueMicrotask(() => picture.give());
        return picture.frames;
      }).pipe(take(1)),
    });
    await settle();
    coach.setEstimator(new CountedEngine('second'));
    await settle();
    expect([opened, frames.length, picture.closedImages]).toEqual([2, 1, 2]);
    expect(states.at(-1)).toEqual({ status: 'ended' });
    coach.dispose();
  });

  it('leaves a failed engine alone until pixels are wanted again', async () => {
    const engine = new CountedEngine('first');
    engine.fault = missing();
    const { coach, source, states } = setUp(new CountedSource(), engine);
    coach.frames.subscribe();
    await settle();
    const poses = new Subject<PoseFrame>();
    coach.setSource({ kind: 'poses', frames: poses });
    poses.next(frameOf(0));
    await settle();
    expect(states.at(-1)).toMatchObject({ status: 'running' });
    coach.setSource(null);
    await settle();
    expect(states.at(-1)).toEqual({ status: 'idle' });
    expect(engine.created).toBe(1);
    engine.fault = undefined;
    coach.setSource({ kind: 'pixels', frames: source.frames });
    await settle();
    source.give();
    await settle();
    expect(states.at(-1)).toMatchObject({ status: 'running' });
    coach.dispose();
  });

  it('speaks of an engine that fails while it is not wanted only when it is', async () => {
    const { coach, source, engine, states } = setUp();
    engine.loads = true;
    coach.frames.subscribe();
    await settle();
    coach.pause();
    const other = new CountedEngine('second');
    other.fault = missing();
    coach.setEstimator(other);
    await settle();
    expect(states.at(-1)).toEqual({ status: 'paused' });
    coach.resume();
    await settle();
    expect(states.at(-1)).toMatchObject({ status: 'error', error: { code: 'ASSET_NOT_FOUND' } });
    expect(source.closedImages).toBe(source.takenImages);
    coach.dispose();
  });

  it('still says why the source failed when another engine is chosen', async () => {
    const { coach, source, states } = setUp();
    coach.frames.subscribe();
    await settle();
    source.fail(denied());
    coach.setEstimator(new CountedEngine('second'));
    await settle();
    expect(states.at(-1)).toMatchObject({ status: 'error', error: { code: 'CAMERA_DENIED' } });
    coach.dispose();
  });

  it('has ended still when another engine is chosen after the end', async () => {
    const { coach, source, states } = setUp();
    coach.frames.subscribe();
    await settle();
    source.give();
    await settle();
    source.end();
    coach.setEstimator(new CountedEngine('second'));
    await settle();
    expect(states.at(-1)).toEqual({ status: 'ended' });
    coach.dispose();
  });

  it('does not show the old engine’s bytes as those of the new one', async () => {
    const { coach, engine, states } = setUp();
    engine.loads = true;
    coach.frames.subscribe();
    await settle();
    expect(states.at(-1)).toEqual({ status: 'loading', loaded: 50, total: 100 });
    const other = new CountedEngine('second');
    other.create = () => new Promise(() => undefined);
    coach.setEstimator(other);
    expect(states.at(-1)).toEqual({ status: 'loading', loaded: 0, total: 0 });
    coach.dispose();
  });

  it('begins a new epoch when the change of engine took more than half a second', async () => {
    const { coach, source } = setUp();
    const frames: PoseFrame[] = [];
    coach.rawFrames.subscribe((frame) => frames.push(frame));
    await settle();
    source.give();
    await settle();
    coach.setEstimator(new CountedEngine('second'));
    await settle();
    source.give(3000);
    await settle();
    expect(frames).toHaveLength(2);
    expect(frames[1]?.epoch).not.toBe(frames[0]?.epoch);
    coach.dispose();
  });
});

describe('a coach whose source ends', () => {
  it('has ended after a recording without frames', () => {
    const coach = createCoach({
      estimator: new CountedEngine('first'),
      source: { kind: 'poses', frames: EMPTY },
    });
    let status = '';
    coach.state.subscribe((state) => {
      status = state.status;
    });
    coach.frames.subscribe();
    expect(status).toBe('ended');
    coach.dispose();
  });

  it('names no engine for poses that it did not find, though one is kept', async () => {
    const { coach, source, engine, states } = setUp();
    coach.frames.subscribe();
    await settle();
    source.give();
    await settle();
    const poses = new Subject<PoseFrame>();
    coach.setSource({ kind: 'poses', frames: poses });
    poses.next(frameOf(0));
    expect(states.at(-1)).toEqual({ status: 'running', info: undefined });
    expect(engine.alive).toBe(1);
    coach.dispose();
  });

  it('has ended after a stream that was over before it gave a picture', async () => {
    const { coach, source, states } = setUp();
    coach.frames.subscribe();
    await settle();
    source.end();
    await settle();
    expect(states.at(-1)).toEqual({ status: 'ended' });
    coach.dispose();
  });

  it('has ended when the only picture could not be used', async () => {
    const { coach, source, engine, states } = setUp();
    engine.estimateFault = new PoseCoachError('FRAME_INVALID', 'No pixels.');
    coach.frames.subscribe();
    source.give();
    source.end();
    await settle();
    expect(states.at(-1)).toEqual({ status: 'ended' });
    coach.dispose();
  });

  it('has not ended before the only picture was looked at', async () => {
    const { coach, source, engine, states } = setUp();
    engine.holds = true;
    coach.frames.subscribe();
    source.give();
    source.end();
    await settle();
    expect(states.at(-1)).toMatchObject({ status: 'loading' });
    engine.answer();
    await settle();
    expect(states.at(-1)).toEqual({ status: 'ended' });
    coach.dispose();
  });

  it('has ended only when the last picture was looked at, and has come to whoever leaves at the end', async () => {
    const { coach, source, engine, statuses } = setUp();
    const frames: PoseFrame[] = [];
    const leaver = coach.rawFrames.subscribe((frame) => frames.push(frame));
    coach.state.subscribe(({ status }) => {
      if (status === 'ended') leaver.unsubscribe();
    });
    await settle();
    source.give();
    await settle();
    engine.holds = true;
    source.give();
    source.give();
    source.end();
    await settle();
    expect(statuses().at(-1)).toBe('running');
    engine.answer();
    await settle();
    expect([frames.length, statuses().at(-1)]).toEqual([2, 'running']);
    engine.answer();
    await settle();
    expect(frames.map(({ timestamp }) => timestamp)).toEqual([33, 66, 99]);
    expect(statuses().slice(-2)).toEqual(['ended', 'idle']);
    coach.dispose();
  });

  it('has ended also when the last picture has no time and nobody can look at it', async () => {
    const { coach, source, states } = setUp();
    coach.frames.subscribe();
    await settle();
    source.give();
    source.give(Number.NaN);
    source.end();
    await settle();
    expect(states.at(-1)).toEqual({ status: 'ended' });
    expect(source.closings).toEqual([1, 1]);
    coach.dispose();
  });

  it('begins a new epoch when poses that number their epochs alike are played again after a pause', () => {
    const coach = createCoach({
      estimator: new CountedEngine('first'),
      source: { kind: 'poses', frames: of(frameOf(0), frameOf(33)) },
    });
    const frames: PoseFrame[] = [];
    coach.rawFrames.subscribe((frame) => frames.push(frame));
    coach.pause();
    coach.resume();
    expect(frames.map(({ timestamp }) => timestamp)).toEqual([0, 33, 0, 33]);
    expect(frames.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3]);
    const epochs = frames.map(({ epoch }) => epoch);
    expect(epochs[0]).toBe(epochs[1]);
    expect(epochs[2]).toBe(epochs[3]);
    expect(epochs[2]).not.toBe(epochs[1]);
    coach.dispose();
  });
});

describe('a coach that everybody leaves', () => {
  it('releases the engine that was still loading, and starts afresh for the next subscriber', async () => {
    const { coach, source, engine, states } = setUp();
    const first = coach.frames.subscribe();
    source.give();
    first.unsubscribe();
    await settle();
    expect([source.open, engine.alive, source.closedImages]).toEqual([0, 0, 1]);
    const frames: PoseFrame[] = [];
    coach.rawFrames.subscribe((frame) => frames.push(frame));
    await settle();
    source.give();
    await settle();
    expect([source.open, engine.alive, frames.length]).toEqual([1, 1, 1]);
    expect(states.at(-1)).toMatchObject({ status: 'running' });
    coach.dispose();
  });

  it('stays idle when the last picture is lost only after everybody left', async () => {
    const { coach, source, engine, states } = setUp();
    const subscription = coach.frames.subscribe();
    await settle();
    engine.holds = true;
    engine.estimateFault = new PoseCoachError('FRAME_INVALID', 'No pixels.');
    source.give();
    source.end();
    await settle();
    subscription.unsubscribe();
    engine.answer();
    await settle();
    expect(states.at(-1)).toEqual({ status: 'idle' });
    coach.dispose();
  });

  it('goes on for the one who stays', async () => {
    const { coach, source, engine } = setUp();
    let received = 0;
    const leaver = coach.frames.subscribe();
    coach.rawFrames.subscribe(() => {
      received += 1;
    });
    await settle();
    leaver.unsubscribe();
    source.give();
    await settle();
    expect([source.opened, source.open, engine.alive, received]).toEqual([1, 1, 1, 1]);
    coach.dispose();
  });

  it('opens nothing any more once it is disposed', async () => {
    const { coach, source, engine } = setUp();
    coach.dispose();
    let completed = false;
    coach.frames.subscribe({
      complete: () => {
        completed = true;
      },
    });
    coach.setSource({ kind: 'pixels', frames: source.frames });
    await settle();
    expect([source.opened, engine.created, completed]).toEqual([0, 0, true]);
  });
});
