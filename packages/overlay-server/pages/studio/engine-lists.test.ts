import { PoseCoachError } from '@pose-coach/core';
import type { PoseCoachState } from '@pose-coach/elements';
import { describe, expect, it } from 'vitest';
import { type ChangeableCoach, offerEngines } from './engine-lists.ts';

const running = {
  status: 'running',
  info: {
    engine: 'MediaPipe',
    model: 'lite',
    backend: 'webgl',
    landmarks: 33,
    why: 'A graphics card draws.',
  },
} as const;
const RUNNING: PoseCoachState = running;
const LOADING: PoseCoachState = { ...running, switching: { loaded: 0, total: 0 } };
const REFUSED: PoseCoachState = {
  ...running,
  switching: { error: new PoseCoachError('ASSET_NOT_FOUND', 'No model there.') },
};

class List extends EventTarget {
  value: string;

  constructor(value: string) {
    super();
    this.value = value;
  }

  choose(value: string): void {
    this.value = value;
    this.dispatchEvent(new Event('change'));
  }
}

/** Acts on its attributes a moment later, as elements do, and only on changed ones. */
class Coach implements ChangeableCoach {
  readonly attributes: Record<string, string> = {};
  /** What it was asked for, one after the other. */
  readonly asked: string[] = [];
  readonly #listeners: Array<(event: CustomEvent<PoseCoachState>) => void> = [];
  #update: Promise<boolean> | undefined;

  get updateComplete(): Promise<boolean> {
    return this.#update ?? Promise.resolve(true);
  }

  setAttribute(name: string, value: string): void {
    this.attributes[name] = value;
    this.#update ??= Promise.resolve().then(() => {
      this.#update = undefined;
      const wanted = `${this.attributes.engine} ${this.attributes.model}`;
      if (wanted !== this.asked.at(-1)) this.asked.push(wanted);
      return true;
    });
  }

  addEventListener(_type: 'pose-state', listener: (event: CustomEvent<PoseCoachState>) => void): void {
    this.#listeners.push(listener);
  }

  tell(state: PoseCoachState): void {
    for (const listener of this.#listeners) listener(new CustomEvent('pose-state', { detail: state }));
  }
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

/** A studio that runs with what its lists named first. */
async function studio() {
  const [coach, engine, model] = [new Coach(), new List('auto'), new List('lite')];
  offerEngines(coach, engine, model);
  await settle();
  coach.tell(RUNNING);
  const choose = async (list: List, value: string, ...states: PoseCoachState[]) => {
    list.choose(value);
    await settle();
    for (const state of states) coach.tell(state);
  };
  return { coach, engine, model, choose, shown: () => [engine.value, model.value] };
}

describe('the studio’s lists of engines and models', () => {
  it('give the element what they name, at first and when it changes', async () => {
    const { coach, engine, model, choose, shown } = await studio();
    await choose(engine, 'onnx', LOADING, RUNNING);
    await choose(model, 'full', LOADING, RUNNING);
    expect(coach.asked).toEqual(['auto lite', 'onnx lite', 'onnx full']);
    expect(shown()).toEqual(['onnx', 'full']);
  });

  it('show what runs when another could not be had, and leave the element to say why', async () => {
    const { coach, engine, model, choose, shown } = await studio();
    await choose(model, 'full', LOADING, RUNNING);
    await choose(engine, 'onnx', LOADING, REFUSED);
    expect(shown()).toEqual(['auto', 'full']);
    await settle();
    expect(coach.asked).toEqual(['auto lite', 'auto full', 'onnx full']);
  });

  it('ask anew when the one that could not be had is chosen again', async () => {
    const { coach, engine, choose, shown } = await studio();
    await choose(engine, 'onnx', LOADING, REFUSED);
    engine.choose('onnx');
    // The element takes the change back, and loads again.
    coach.tell(RUNNING);
    await settle();
    expect(coach.asked).toEqual(['auto lite', 'onnx lite', 'auto lite', 'onnx lite']);
    coach.tell(LOADING);
    coach.tell(REFUSED);
    expect(shown()).toEqual(['auto', 'lite']);
    await choose(engine, 'onnx', LOADING, RUNNING);
    expect(shown()).toEqual(['onnx', 'lite']);
  });

  it('give the element what they show once it runs no longer', async () => {
    const { coach, engine, choose } = await studio();
    await choose(engine, 'onnx', LOADING, REFUSED);
    coach.tell({ status: 'idle' });
    await settle();
    expect(coach.asked.at(-1)).toBe('auto lite');
  });

  it('show what is in use also when a choice fails that was made beside a recording, which needs no engine', async () => {
    const { coach, engine, choose, shown } = await studio();
    await choose(engine, 'onnx', { status: 'running', info: undefined });
    coach.tell(REFUSED);
    expect(shown()).toEqual(['auto', 'lite']);
  });
});
