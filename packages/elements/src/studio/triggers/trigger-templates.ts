import type { MetricDeclaration, MetricId } from '@pose-coach/core';
import type { ObsStatus, Scene, Stage, TriggerAction } from '@pose-coach/core/stage';
import { labelValue, labelValues, type Question } from './question.ts';
import { freeTriggerId, type TriggerDraft } from './trigger-draft.ts';

/** What templates are filled with: what there is. */
export interface TemplateMaterial {
  readonly metrics: readonly MetricDeclaration[];
  readonly stage: Stage;
  readonly scene: Scene;
  readonly obs: ObsStatus;
}

/** A trigger to begin with: something that works as it is wherever there is what it needs. */
export interface TriggerTemplate {
  readonly title: string;
  readonly description: string;
  make(material: TemplateMaterial): TriggerDraft;
}

/** What our own dance extension calls what templates ask for. */
const JUMP: MetricId = 'dance.jump';
const INTENSITY: MetricId = 'dance.intensity';
const MOVEMENT: MetricId = 'dance.movement';
const TEMPO: MetricId = 'dance.rhythm';

/** A movement that nobody makes for two seconds without meaning it. */
const MEANT: string = 'crouching';

export const TRIGGER_TEMPLATES: readonly TriggerTemplate[] = [
  {
    title: 'A jump makes a sound',
    description: 'Every jump, once a second at most.',
    make: (material) =>
      draft(material, 'Jump sound', 1, ask(JUMP, { is: 'happens' }), { do: 'sound', sound: 'drum' }),
  },
  {
    title: 'Going all out shows a widget',
    description: 'Intensity over 80 for ten seconds.',
    make: (material) =>
      draft(material, 'All out', 30, ask(INTENSITY, { is: 'above', value: 80 }, 10), {
        do: 'show-item',
        item: itemToShow(material.scene),
        seconds: 8,
      }),
  },
  {
    title: 'A movement held switches the scene',
    description: 'Crouching, or any other movement or pose, for two seconds.',
    make: (material) =>
      draft(material, 'Held movement', 10, heldMovement(material.metrics), switchScene(material)),
  },
  {
    title: 'A tempo in a range',
    description: 'Between 110 and 130 beats a minute for five seconds.',
    make: (material) =>
      draft(material, 'In tempo', 60, ask(TEMPO, { is: 'between', from: 110, to: 130 }, 5), {
        do: 'sound',
        sound: 'success',
      }),
  },
];

/** A trigger of one's own. */
export const EMPTY_TEMPLATE: TriggerTemplate = {
  title: 'Something else',
  description: 'Any condition, any action.',
  make: (material) =>
    draft(material, 'New trigger', 10, ask(INTENSITY, { is: 'above', value: 50 }), {
      do: 'sound',
      sound: 'chime',
    }),
};

function draft(
  { scene }: TemplateMaterial,
  name: string,
  coolDown: number,
  question: Question,
  action: TriggerAction,
): TriggerDraft {
  const id = freeTriggerId(scene);
  return { id, name, enabled: true, questions: [question], actions: [action], coolDown };
}

function ask(metric: MetricId, test: Question['test'], seconds = 0): Question {
  return { metric, test, seconds };
}

/** The movement of our dance extension, or else the first word that anything can be. */
function heldMovement(metrics: readonly MetricDeclaration[]): Question {
  const metric =
    metrics.find(({ id }) => id === MOVEMENT) ?? metrics.find((each) => labelValues(each).size > 0);
  const words = [...labelValues(metric).keys()];
  const word = words.includes(MEANT) ? MEANT : (words[0] ?? MEANT);
  return ask(metric?.id ?? MOVEMENT, { is: 'equals', value: labelValue(word, metric) }, 2);
}

/** What is hidden, a widget first, so that showing it is seen; otherwise what is in front. Empty: there is nothing. */
export function itemToShow({ items }: Scene): string {
  const hidden = items.filter(({ visible }) => !visible);
  const from = hidden.length > 0 ? hidden : items;
  const widgets = from.filter(({ kind }) => kind === 'widget');
  return (widgets.at(-1) ?? from.at(-1))?.id ?? '';
}

/** In OBS where it is connected and has another scene, otherwise on the overlay, otherwise to be chosen. */
function switchScene({ stage, scene, obs }: TemplateMaterial): TriggerAction {
  if (obs.status === 'connected') {
    const other = obs.scenes.find((each) => each !== obs.scene);
    if (other !== undefined) return { do: 'obs-scene', scene: other };
  }
  const other = stage.scenes.find(({ id }) => id !== scene.id);
  return other ? { do: 'stage-scene', scene: other.id } : { do: 'obs-scene', scene: '' };
}
