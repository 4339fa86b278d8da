import * as fc from 'fast-check';
import { Subject, type Subscription } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { PoseCoachError } from './base/index.ts';
import { CountedEngine, CountedSource, frameOf } from './coach.test-support.ts';
import { type CoachSource, type CoachState, createCoach } from './coach.ts';
import type { PoseFrame } from './pose/index.ts';

const STEPS = [
  'give',
  'give',
  'give after a gap',
  'wait',
  'wait',
  'hold',
  'answer',
  'lose results',
  'find results',
  'source fails',
  'source ends',
  'new source',
  'poses',
  'no source',
  'new engine',
  'broken engine',
  'slow engine',
  'engine dies',
  'pause',
  'resume',
  'first joins',
  'first leaves',
  'second joins',
  'second leaves',
] as const;

type Step = (typeof STEPS)[number];

/** A coach with all that was ever given to it, so that it can be checked that all of it was given back. */
class Workshop {
  readonly frames: PoseFrame[] = [];
  readonly sources: CountedSource[] = [];
  readonly engines: CountedEngine[] = [];
  state: CoachState = { status: 'idle' };
  source: CountedSource | undefined;
  readonly #coach;
  #engine: CountedEngine;
  #first: Subscription | undefined;
  #second: Subscription | undefined;

  constructor() {
    this.#engine = this.#anotherEngine();
    this.#coach = createCoach({ estimator: this.#engine, source: this.#anotherSource() });
    this.#coach.state.subscribe((state) => {
      this.state = state;
    });
  }

  async take(step: Step): Promise<void> {
    const coach = this.#coach;
    switch (step) {
      case 'give':
        return this.source?.give();
      case 'give after a gap':
        return this.source?.give(2000);
      case 'wait':
        return settle();
      case 'hold':
        this.#engine.holds = true;
        return;
      case 'answer':
        for (const engine of this.engines) {
          engine.holds = false;
          engine.answer();
          engine.finishLoading();
        }
        return;
      case 'lose results':
        this.#engine.estimateFault = new PoseCoachError('ENGINE_CRASHED', 'Boom.');
        return;
      case 'find results':
        this.#engine.estimateFault = undefined;
        return;
      case 'source fails':
        return this.source?.fail(new PoseCoachError('CAMERA_DENIED', 'No.'));
      case 'source ends':
        return this.source?.end();
      case 'new source':
        return coach.setSource(this.#anotherSource());
      case 'poses': {
        const poses = new Subject<PoseFrame>();
        this.source = undefined;
        coach.setSource({ kind: 'poses', frames: poses });
        for (const timestamp of [0, 33, 10]) poses.next(frameOf(timestamp));
        return;
      }
      case 'no source':
        this.source = undefined;
        return coach.setSource(null);
      case 'new engine':
        this.#engine = this.#anotherEngine();
        return coach.setEstimator(this.#engine);
      case 'broken engine':
        this.#engine = this.#anotherEngine();
        this.#engine.fault = new PoseCoachError('ENGINE_UNSUPPORTED', 'No WebGL.');
        return coach.setEstimator(this.#engine);
      case 'slow engine':
        this.#engine = this.#anotherEngine();
        this.#engine.loads = true;
        return coach.setEstimator(this.#engine);
      case 'engine dies':
        this.#engine.estimateFault = new PoseCoachError('ENGINE_FAILED', 'For good.');
        return;
      case 'pause':
        return coach.pause();
      case 'resume':
        return coach.resume();
      case 'first joins':
        this.#first ??= coach.rawFrames.subscribe((frame) => this.frames.push(frame));
        return;
      case 'first leaves':
        this.#first?.unsubscribe();
        this.#first = undefined;
        this.frames.length = 0;
        return;
      case 'second joins':
        this.#second ??= coach.frames.subscribe();
        return;
      case 'second leaves':
        this.#second?.unsubscribe();
        this.#second = undefined;
    }
  }

  /** Everybody leaves, and what is still in an engine comes out. */
  async close(): Promise<void> {
    for (const step of ['first leaves', 'second leaves', 'answer', 'wait'] as const) await this.take(step);
  }

  #anotherSource(): CoachSource {
    this.source = new CountedSource();
    this.sources.push(this.source);
    return { kind: 'pixels', frames: this.source.frames };
  }

  #anotherEngine(): CountedEngine {
    const engine = new CountedEngine(`engine ${this.engines.length}`);
    this.engines.push(engine);
    return engine;
  }
}

const settle = async () => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setTimeout(resolve));
};

const steps = fc.array(fc.constantFrom(...STEPS), { maxLength: 40 });

/** What may happen to the engine while a film plays. */
const FILM_STEPS = [
  'give',
  'give',
  'wait',
  'hold',
  'answer',
  'lose results',
  'find results',
  'new engine',
  'slow engine',
  'engine dies',
] as const satisfies readonly Step[];
const filmSteps = fc.array(fc.constantFrom(...FILM_STEPS), { maxLength: 30 });

describe('a coach to which things happen in any order', () => {
  it('closes each picture that it was given once, and leaves no source open and no engine alive', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const workshop = new Workshop();
        await workshop.take('first joins');
        for (const step of taken) await workshop.take(step);
        await workshop.close();
        for (const { open, closings } of workshop.sources) {
          expect(open).toBe(0);
          expect(closings.every((count) => count === 1)).toBe(true);
        }
        expect(workshop.engines.map(({ alive }) => alive)).toEqual(workshop.engines.map(() => 0));
        expect(workshop.state).toEqual({ status: 'idle' });
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('numbers frames one by one, and lets time only go on within an epoch', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const workshop = new Workshop();
        await workshop.take('second joins');
        await workshop.take('first joins');
        for (const step of taken.filter((step) => !step.endsWith('leaves'))) await workshop.take(step);
        await workshop.take('wait');
        for (const [index, frame] of workshop.frames.entries()) {
          const before = workshop.frames[index - 1];
          if (!before) continue;
          expect(frame.sequence).toBe(before.sequence + 1);
          expect(frame.epoch).toBeGreaterThanOrEqual(before.epoch);
          if (frame.epoch !== before.epoch) continue;
          expect(frame.timestamp).toBeGreaterThan(before.timestamp);
          expect(frame.timestamp - before.timestamp).toBeLessThanOrEqual(500);
        }
        await workshop.close();
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('always runs again with a good source, a good engine and somebody who looks', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (taken, engineFirst) => {
        const workshop = new Workshop();
        for (const step of taken) await workshop.take(step);
        await workshop.take('answer');
        const good = engineFirst
          ? (['new engine', 'new source'] as const)
          : (['new source', 'new engine'] as const);
        for (const step of ['resume', ...good, 'first joins', 'wait'] as const) await workshop.take(step);
        expect(workshop.state).toMatchObject({ status: 'loading' });
        expect(workshop.source?.open).toBe(1);
        for (const step of ['give', 'wait'] as const) await workshop.take(step);
        expect(workshop.state).toMatchObject({ status: 'running' });
        expect(workshop.frames.length).toBeGreaterThan(0);
        await workshop.close();
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('always comes to the end of a film, unless its engine failed', async () => {
    await fc.assert(
      fc.asyncProperty(steps, filmSteps, async (before, during) => {
        const workshop = new Workshop();
        for (const step of before) await workshop.take(step);
        const film = ['answer', 'resume', 'new engine', 'new source', 'first joins', 'wait'] as const;
        for (const step of [...film, ...during]) await workshop.take(step);
        for (const step of ['source ends', 'answer', 'wait', 'answer', 'wait'] as const)
          await workshop.take(step);
        expect(['ended', 'error']).toContain(workshop.state.status);
        if (!during.includes('engine dies')) expect(workshop.state.status).toBe('ended');
        await workshop.close();
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
