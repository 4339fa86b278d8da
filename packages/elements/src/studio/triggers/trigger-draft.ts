import { readScene, type Scene, type Trigger, type TriggerAction } from '@pose-coach/core/stage';
import { conditionsOf, type Question, questionsOf } from './question.ts';

/** A trigger while it is written. */
export interface TriggerDraft extends Omit<Trigger, 'when'> {
  readonly questions: readonly Question[];
}

/** A trigger, to be written further. */
export function draftOf({ when, ...trigger }: Trigger): TriggerDraft {
  return { ...trigger, questions: questionsOf(when) };
}

/** What the stage keeps of a draft. */
export function triggerOf({ questions, ...draft }: TriggerDraft): Trigger {
  return { ...draft, name: draft.name.trim(), when: conditionsOf(questions) };
}

/** The scene with a trigger in the place of the one with its id, or else as its last. */
export function withTrigger(scene: Scene, trigger: Trigger): Scene {
  const isThere = scene.triggers.some(({ id }) => id === trigger.id);
  const triggers = isThere
    ? scene.triggers.map((each) => (each.id === trigger.id ? trigger : each))
    : [...scene.triggers, trigger];
  return { ...scene, triggers };
}

/** Why a draft cannot be kept yet, and what to do; undefined when it can. */
export function draftFault(draft: TriggerDraft, scene: Scene): string | undefined {
  if (draft.name.trim() === '') return 'Give the trigger a name.';
  for (const { test } of draft.questions) {
    if (test.is === 'between' && test.from >= test.to) {
      return `Nothing lies between ${test.from} and ${test.to}: make the second number the larger one.`;
    }
    if (test.is === 'equals' && test.value === '') return 'Say which value it is to have.';
  }
  for (const action of draft.actions) {
    const fault = actionFault(action);
    if (fault) return fault;
  }
  const read = readScene(withTrigger(scene, triggerOf(draft)));
  return read.ok ? undefined : read.error.message;
}

function actionFault(action: TriggerAction): string | undefined {
  switch (action.do) {
    case 'stage-scene':
    case 'obs-scene':
      return action.scene === '' ? 'Choose the scene that is to be switched to.' : undefined;
    case 'show-item':
      return action.item === '' ? 'Choose what is to be shown.' : undefined;
    case 'obs-chapter':
      return action.title === '' ? 'Give the chapter a title.' : undefined;
    case 'command':
      return action.command === '' ? 'Choose the command that is to be run.' : undefined;
    case 'webhook':
      return /^https?:\/\//i.test(action.url)
        ? undefined
        : 'Enter the whole address of the webhook: it begins with https://.';
    case 'sound':
    case 'obs-record':
      return undefined;
  }
}

/** An id that no trigger of the scene has. */
export function freeTriggerId({ triggers }: Scene): string {
  const taken = new Set(triggers.map(({ id }) => id));
  for (let number = 1; ; number += 1) {
    const id = `trigger-${number}`;
    if (!taken.has(id)) return id;
  }
}
