import { describe, expect, it } from 'vitest';
import { PoseCoachError } from './base/index.ts';
import { CountedEngine, settle, setUp } from './coach.test-support.ts';
import type { CoachStats } from './coach-stats.ts';
import type { EstimatorEvent, EstimatorInfo } from './inference/index.ts';
import type { PoseFrame } from './pose/index.ts';

const missing = () => new PoseCoachError('ASSET_NOT_FOUND', 'No model there.');

/** A coach that runs with its first engine, and whatever comes out of it. */
async function running() {
  const set = setUp();
  const frames: PoseFrame[] = [];
  const subscription = set.coach.rawFrames.subscribe((frame) => frames.push(frame));
  await settle();
  const give = async (elapsed?: number) => {
    set.source.give(elapsed);
    await settle();
  };
  await give();
  /** An engine that stays in the making. */
  const loading = (name: string) => {
    const engine = new CountedEngine(name);
    engine.loads = true;
    return engine;
  };
  const state = () => set.states.at(-1);
  return { ...set, frames, subscription, give, loading, state };
}

describe('a coach whose engine is changed while it runs', () => {
  it('goes on with the engine before until the new one is ready', async () => {
    const { coach, engine, frames, give, loading, state } = await running();
    const other = loading('second');
    coach.setEstimator(other);
    await give();
    await give();
    expect([frames.length, engine.estimated, other.estimated]).toEqual([3, 3, 0]);
    expect(state()).toMatchObject({ status: 'running', info: { engine: 'first' } });
    other.finishLoading();
    await settle();
    expect(state()).toEqual({ status: 'running', info: expect.objectContaining({ engine: 'second' }) });
    await give();
    expect([frames.length, engine.estimated, other.estimated]).toEqual([4, 3, 1]);
    expect([engine.alive, other.alive]).toEqual([0, 1]);
    coach.dispose();
  });

  it('goes on in the same epoch, counting on, with nothing dropped', async () => {
    const { coach, frames, give, loading } = await running();
    const other = loading('second');
    coach.setEstimator(other);
    await give();
    other.finishLoading();
    await settle();
    await give();
    expect(frames.map(({ sequence, dropped }) => [sequence, dropped])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
    expect(new Set(frames.map(({ epoch }) => epoch)).size).toBe(1);
    coach.dispose();
  });

  it('lets the engine before finish its picture, and gives the one that waits to the new one', async () => {
    const { coach, source, engine, frames, give } = await running();
    engine.holds = true;
    await give();
    const other = new CountedEngine('second');
    coach.setEstimator(other);
    await settle();
    await give();
    expect([engine.alive, other.alive, frames.length]).toEqual([1, 1, 1]);
    engine.answer();
    await settle();
    expect(frames.map(({ timestamp, dropped }) => [timestamp, dropped])).toEqual([
      [33, 0],
      [66, 0],
      [99, 0],
    ]);
    expect([engine.estimated, other.estimated, engine.alive]).toEqual([2, 1, 0]);
    expect(source.closings).toEqual([1, 1, 1]);
    coach.dispose();
  });

  it('shows the bytes of the new engine while the one before runs', async () => {
    const { coach, loading, state } = await running();
    coach.setEstimator(loading('second'));
    await settle();
    expect(state()).toMatchObject({ status: 'running', switching: { loaded: 50, total: 100 } });
    coach.dispose();
  });

  it('keeps the engine before when the new one cannot be had, says so, and remembers it for later', async () => {
    const { coach, engine, frames, give, state, subscription } = await running();
    const other = new CountedEngine('second');
    other.fault = missing();
    coach.setEstimator(other);
    await settle();
    expect(state()).toMatchObject({
      status: 'running',
      info: { engine: 'first' },
      switching: { error: { code: 'ASSET_NOT_FOUND' } },
    });
    await give();
    expect([frames.length, engine.alive, other.alive]).toEqual([2, 1, 0]);
    subscription.unsubscribe();
    await settle();
    coach.frames.subscribe();
    await give();
    expect(state()).toMatchObject({ status: 'running', info: { engine: 'first' } });
    expect(state()).not.toHaveProperty('switching.error');
    coach.dispose();
  });

  it('says once it runs again what became of a change while it was paused', async () => {
    const { coach, give, state } = await running();
    coach.pause();
    const other = new CountedEngine('second');
    other.fault = missing();
    coach.setEstimator(other);
    await settle();
    expect(state()).toEqual({ status: 'paused' });
    coach.resume();
    await give();
    expect(state()).toMatchObject({
      status: 'running',
      info: { engine: 'first' },
      switching: { error: { code: 'ASSET_NOT_FOUND' } },
    });
    coach.dispose();
  });

  it('lets the last of two quick changes win, and releases the one that was given up', async () => {
    const { coach, engine, loading, state, give } = await running();
    const second = loading('second');
    const third = loading('third');
    coach.setEstimator(second);
    await settle();
    coach.setEstimator(third);
    await settle();
    expect([second.cancelled, third.cancelled]).toEqual([1, 0]);
    third.finishLoading();
    await settle();
    await give();
    expect([engine.alive, second.alive, third.alive]).toEqual([0, 0, 1]);
    expect(state()).toMatchObject({ status: 'running', info: { engine: 'third' } });
    coach.dispose();
  });

  it('stays with the engine that runs when that is asked for again, and gives up the one that loads', async () => {
    const { coach, engine, loading, states, state, give } = await running();
    const second = loading('second');
    coach.setEstimator(second);
    await settle();
    coach.setEstimator(engine);
    await settle();
    expect([engine.created, engine.alive, second.cancelled]).toEqual([1, 1, 1]);
    expect(state()).toEqual({ status: 'running', info: expect.objectContaining({ engine: 'first' }) });
    const { length } = states;
    coach.setEstimator(engine);
    await give();
    expect([engine.created, states.length]).toEqual([1, length]);
    coach.dispose();
  });

  it('disposes an engine that is finished after it was given up', async () => {
    const { coach, engine, give, state } = await running();
    const deaf = new CountedEngine('second');
    let finish = () => {};
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const create = deaf.create.bind(deaf);
    deaf.create = async (options) => {
      await gate;
      return create(options);
    };
    coach.setEstimator(deaf);
    const third = new CountedEngine('third');
    coach.setEstimator(third);
    await settle();
    finish();
    await settle();
    await give();
    expect([engine.alive, deaf.created, deaf.alive, third.alive]).toEqual([0, 1, 0, 1]);
    expect(state()).toMatchObject({ status: 'running', info: { engine: 'third' } });
    coach.dispose();
  });

  it('goes back to the engine that runs when the last of two quick changes fails', async () => {
    const { coach, loading, subscription, give, state } = await running();
    coach.setEstimator(loading('second'));
    const third = new CountedEngine('third');
    third.fault = missing();
    coach.setEstimator(third);
    await settle();
    subscription.unsubscribe();
    await settle();
    coach.frames.subscribe();
    await give();
    expect(state()).toMatchObject({ status: 'running', info: { engine: 'first' } });
    coach.dispose();
  });

  it('cancels the new engine and releases both when everybody leaves', async () => {
    const { coach, source, engine, loading, subscription } = await running();
    const other = loading('second');
    coach.setEstimator(other);
    await settle();
    subscription.unsubscribe();
    await settle();
    expect([other.cancelled, engine.alive, other.alive, source.open]).toEqual([1, 0, 0, 0]);
    // Whoever comes next gets what was asked for last.
    other.loads = false;
    coach.frames.subscribe();
    await settle();
    expect([engine.alive, other.alive]).toEqual([0, 1]);
    coach.dispose();
  });

  it('releases an engine that has its last picture in work when everybody leaves', async () => {
    const { coach, engine, give, subscription } = await running();
    engine.holds = true;
    await give();
    const other = new CountedEngine('second');
    coach.setEstimator(other);
    await settle();
    subscription.unsubscribe();
    await settle();
    expect([engine.alive, other.alive]).toEqual([0, 0]);
    coach.dispose();
  });

  it('goes on when the engine before dies in the moment in which the new one is ready', async () => {
    // How many turns of the queue lie between the two: one of them is the moment.
    for (let turns = 0; turns < 12; turns += 1) {
      const { coach, engine, give, loading, state } = await running();
      const other = loading('second');
      engine.holds = true;
      await give();
      engine.estimateFault = new PoseCoachError('ENGINE_FAILED', 'For good.');
      coach.setEstimator(other);
      await settle();
      engine.answer();
      for (let turn = 0; turn < turns; turn += 1) await undefined;
      other.finishLoading();
      await settle();
      await give();
      expect(state(), `${turns} turns`).toMatchObject({ status: 'running', info: { engine: 'second' } });
      expect([engine.alive, other.alive]).toEqual([0, 1]);
      coach.dispose();
    }
  });

  it('waits for the new engine when the one before dies in the meantime', async () => {
    const { coach, engine, frames, give, loading, state } = await running();
    const other = loading('second');
    coach.setEstimator(other);
    await settle();
    engine.estimateFault = new PoseCoachError('ENGINE_FAILED', 'For good.');
    await give();
    expect(state()).toMatchObject({ status: 'loading' });
    expect(engine.alive).toBe(0);
    other.finishLoading();
    await settle();
    await give();
    expect(state()).toMatchObject({ status: 'running', info: { engine: 'second' } });
    expect([frames.at(-1)?.sequence, other.alive]).toEqual([frames.length - 1, 1]);
    coach.dispose();
  });

  it('has ended when the engine before dies of the last picture while the new one loads', async () => {
    const { coach, source, engine, give, loading, state } = await running();
    const other = loading('second');
    coach.setEstimator(other);
    await settle();
    engine.estimateFault = new PoseCoachError('ENGINE_FAILED', 'For good.');
    engine.holds = true;
    await give();
    source.end();
    await settle();
    expect(state()).toMatchObject({ status: 'running' });
    engine.answer();
    await settle();
    expect(state()).toEqual({ status: 'ended' });
    other.finishLoading();
    await settle();
    expect(state()).toEqual({ status: 'ended' });
    coach.dispose();
  });

  it('has ended when the engine before died of the last picture and the source ends only then', async () => {
    const { coach, source, engine, give, loading, state } = await running();
    coach.setEstimator(loading('second'));
    await settle();
    engine.estimateFault = new PoseCoachError('ENGINE_FAILED', 'For good.');
    await give();
    expect(state()).toMatchObject({ status: 'loading' });
    source.end();
    await settle();
    expect(state()).toEqual({ status: 'ended' });
    coach.dispose();
  });

  it('stays idle when another engine is set after everybody left in the middle of the last picture', async () => {
    const { coach, source, engine, give, subscription, state } = await running();
    engine.holds = true;
    await give();
    source.end();
    subscription.unsubscribe();
    coach.setEstimator(new CountedEngine('second'));
    await settle();
    expect(state()).toEqual({ status: 'idle' });
    coach.dispose();
  });

  it('has ended when the engine that had the last picture is given up before it was ready', async () => {
    const { coach, source, engine, give, loading, state } = await running();
    coach.setEstimator(loading('second'));
    await settle();
    engine.estimateFault = new PoseCoachError('ENGINE_FAILED', 'For good.');
    await give();
    await give();
    source.end();
    await settle();
    expect(state()).toMatchObject({ status: 'loading' });
    coach.setEstimator(new CountedEngine('third'));
    await settle();
    expect(state()).toEqual({ status: 'ended' });
    coach.dispose();
  });

  it('loses one picture to an engine that dies of it after its place was taken', async () => {
    const { coach, engine, frames, give, state } = await running();
    engine.holds = true;
    await give();
    coach.setEstimator(new CountedEngine('second'));
    await settle();
    engine.estimateFault = new PoseCoachError('ENGINE_FAILED', 'For good.');
    engine.answer();
    await settle();
    await give();
    expect(frames.map(({ dropped }) => dropped)).toEqual([0, 1]);
    expect(state()).toMatchObject({ status: 'running', info: { engine: 'second' } });
    coach.dispose();
  });

  it('asks the new engine, and no longer the one before, to begin anew at a new epoch', async () => {
    const { coach, engine, give } = await running();
    const other = new CountedEngine('second');
    coach.setEstimator(other);
    await settle();
    await give();
    await give(2000);
    expect([engine.resets, other.resets]).toEqual([0, 1]);
    coach.dispose();
  });

  it('names the engine in use in its numbers', async () => {
    const { coach, give } = await running();
    coach.setEstimator(new CountedEngine('second'));
    await settle();
    await give();
    const stats = await new Promise<CoachStats>((resolve) => coach.stats.subscribe(resolve));
    expect(stats.info?.engine).toBe('second');
    coach.dispose();
  });
});

describe('a coach that is told of its engines’ events', () => {
  it('hears of the engine in use, also of what happened while it was made, and not of the one before', async () => {
    const heard: string[] = [];
    const talking = (name: string) => {
      const engine = new CountedEngine(name);
      const create = engine.create.bind(engine);
      let speak: (event: EstimatorEvent) => void = () => {};
      engine.create = async (options) => ({
        ...(await create(options)),
        events: (listener) => {
          speak = listener;
          listener({ type: 'degraded', error: new PoseCoachError('ENGINE_UNSUPPORTED', name) });
          return { dispose() {} };
        },
      });
      return { engine, speak: (event: EstimatorEvent) => speak(event) };
    };
    const first = talking('first');
    const second = talking('second');
    const { coach, source } = setUp(undefined, first.engine, (event) =>
      heard.push('error' in event ? event.error.message : event.type),
    );
    coach.frames.subscribe();
    await settle();
    source.give();
    await settle();
    coach.setEstimator(second.engine);
    await settle();
    first.speak({ type: 'recovered' });
    second.speak({ type: 'recovered' });
    expect(heard).toEqual(['first', 'second', 'recovered']);
    coach.dispose();
  });

  it('says what the engine calculates on once it came back otherwise', async () => {
    const engine = new CountedEngine('first');
    const create = engine.create.bind(engine);
    let comeBack = () => {};
    engine.create = async (options) => {
      const made = await create(options);
      let info: EstimatorInfo = { ...made.info, backend: 'webgpu' };
      return {
        ...made,
        get info() {
          return info;
        },
        events: (listener) => {
          comeBack = () => {
            info = { ...info, backend: 'wasm', why: 'the graphics device was lost' };
            listener({ type: 'recovered' });
          };
          return { dispose() {} };
        },
      };
    };
    const { coach, source, states } = setUp(undefined, engine);
    coach.frames.subscribe();
    await settle();
    source.give();
    await settle();
    expect(states.at(-1)).toMatchObject({ status: 'running', info: { backend: 'webgpu' } });
    comeBack();
    expect(states.at(-1)).toMatchObject({
      status: 'running',
      info: { backend: 'wasm', why: 'the graphics device was lost' },
    });
    const stats = await new Promise<CoachStats>((resolve) => coach.stats.subscribe(resolve));
    expect(stats.info?.backend).toBe('wasm');
    coach.dispose();
  });

  it('says nothing new of an engine that came back as it was', async () => {
    let comeBack = () => {};
    const engine = new CountedEngine('first');
    const create = engine.create.bind(engine);
    engine.create = async (options) => ({
      ...(await create(options)),
      events: (listener) => {
        comeBack = () => listener({ type: 'recovered' });
        return { dispose() {} };
      },
    });
    const { coach, source, states } = setUp(undefined, engine);
    coach.frames.subscribe();
    await settle();
    source.give();
    await settle();
    const { length } = states;
    comeBack();
    expect(states).toHaveLength(length);
    coach.dispose();
  });
});
