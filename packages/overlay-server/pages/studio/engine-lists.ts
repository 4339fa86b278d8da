import type { PoseCoachState } from '@pose-coach/elements';

/** What is needed of a `<pose-coach>`. */
export interface ChangeableCoach {
  /** Fulfilled when it has acted on its attributes. */
  readonly updateComplete: Promise<boolean>;
  setAttribute(name: 'engine' | 'model', value: string): void;
  addEventListener(type: 'pose-state', listener: (event: CustomEvent<PoseCoachState>) => void): void;
}

/** What is needed of a `<select>`. */
export interface List {
  value: string;
  addEventListener(type: 'change', listener: () => void): void;
}

interface Choice {
  readonly engine: string;
  readonly model: string;
}

/**
 * Gives the element the engine and the model that two lists name, and shows in them what is in use again when it
 * could not be had. The element is given that only when it runs no longer, because until then it says why; or
 * when the same is chosen once more, which it would not take for a change otherwise.
 */
export function offerEngines(coach: ChangeableCoach, engine: List, model: List): void {
  const shown = (): Choice => ({ engine: engine.value, model: model.value });
  let asked = shown();
  let inUse = asked;
  const ask = (choice: Choice) => {
    asked = choice;
    coach.setAttribute('engine', choice.engine);
    coach.setAttribute('model', choice.model);
  };
  const choose = async () => {
    if (isSame(asked, shown())) {
      ask(inUse);
      await coach.updateComplete;
    }
    ask(shown());
  };
  ask(asked);
  engine.addEventListener('change', choose);
  model.addEventListener('change', choose);
  coach.addEventListener('pose-state', ({ detail: state }) => {
    if (state.status !== 'running') {
      if (!isSame(asked, shown())) ask(shown());
    } else if (state.switching && 'error' in state.switching) {
      engine.value = inUse.engine;
      model.value = inUse.model;
    } else if (state.info && !state.switching) {
      inUse = asked;
    }
  });
}

function isSame(one: Choice, other: Choice): boolean {
  return one.engine === other.engine && one.model === other.model;
}
