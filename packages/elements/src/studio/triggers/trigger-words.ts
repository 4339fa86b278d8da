import type { MetricDeclaration } from '@pose-coach/core';
import { formatNumber, formatValue, unitBehind } from '@pose-coach/core/analysis';
import type { TriggerOutcome } from '@pose-coach/core/protocol';
import type { Scene, Stage, Trigger, TriggerAction, TriggerSound } from '@pose-coach/core/stage';
import { type Question, questionsOf } from './question.ts';

/** What things are called in sentences about triggers. */
export interface TriggerNames {
  readonly metrics: readonly MetricDeclaration[];
  readonly stage: Stage;
  /** The scene that the trigger is of. */
  readonly scene: Scene;
  /** What an item of the scene is called; undefined when it is not there. */
  item(id: string): string | undefined;
  /** What a command is called; undefined when nobody knows it. */
  command(id: string): string | undefined;
}

/** Sounds as people call them. */
export const SOUND_WORDS: Readonly<Record<TriggerSound, string>> = {
  chime: 'Chime',
  drum: 'Drum',
  rise: 'Rise',
  success: 'Success',
};

/** “When Intensity is above 80 for 10 s: switch OBS to scene “Chorus”, cool-down 30 s.” */
export function triggerSentence(trigger: Trigger, names: TriggerNames): string {
  const conditions = questionsOf(trigger.when).map((question) => questionWords(question, names.metrics));
  const actions = trigger.actions.map((action) => actionWords(action, names));
  const coolDown = trigger.coolDown > 0 ? `, cool-down ${plain(trigger.coolDown)} s` : '';
  return `When ${conditions.join(' and ')}: ${actions.join(', then ')}${coolDown}.`;
}

/** “Intensity is above 80 for 10 s” */
export function questionWords(
  { metric: id, test, seconds }: Question,
  metrics: readonly MetricDeclaration[],
): string {
  const metric = metrics.find((each) => each.id === id) ?? { id, title: id, kind: 'series', decimals: 2 };
  const held = seconds > 0 ? ` for ${plain(seconds)} s` : '';
  const valued = (value: number) => `${numberWords(metric, value)}${unitBehind(metric, value)}`;
  switch (test.is) {
    case 'happens':
      return `“${metric.title}” happens`;
    case 'equals':
      return `${metric.title} is “${formatValue(metric, test.value)}”${held}`;
    case 'between':
      return `${metric.title} is between ${numberWords(metric, test.from)} and ${valued(test.to)}${held}`;
    case 'above':
    case 'below': {
      const until = test.until === undefined ? '' : ` (until ${valued(test.until)})`;
      return `${metric.title} is ${test.is} ${valued(test.value)}${until}${held}`;
    }
  }
}

/** “switch OBS to scene “Chorus”” */
export function actionWords(action: TriggerAction, names: TriggerNames): string {
  switch (action.do) {
    case 'stage-scene': {
      const target = names.stage.scenes.find(({ id }) => id === action.scene);
      return `show the overlay’s scene “${target?.name ?? action.scene}”${target ? '' : ' (which is not there)'}`;
    }
    case 'show-item': {
      const item = names.item(action.item);
      return `show “${item ?? action.item}”${item ? '' : ' (which is not in this scene)'} for ${plain(action.seconds)} s`;
    }
    case 'sound':
      return `play the sound “${SOUND_WORDS[action.sound]}”`;
    case 'command':
      return `run “${names.command(action.command) ?? action.command}”`;
    case 'obs-scene':
      return `switch OBS to scene “${action.scene}”`;
    case 'obs-record':
      return `${action.to} recording in OBS`;
    case 'obs-chapter':
      return `mark the chapter “${action.title}”`;
    case 'webhook':
      return `post to ${action.url}`;
  }
}

/**
 * What became of an action: “Done: play the sound “Drum”.” Why something was not done, the server says.
 * @param names undefined when the trigger's scene is not there any more
 */
export function outcomeWords(
  { action, ok, message }: TriggerOutcome,
  dry: boolean,
  names: TriggerNames | undefined,
): string {
  return ok && names ? `${dry ? 'Would' : 'Done'}: ${actionWords(action, names)}.` : message;
}

/** A bound as it was typed where it has more digits than the metric is shown with. */
function numberWords(metric: MetricDeclaration, value: number): string {
  const rounded = formatNumber(metric, value);
  return Number(rounded.replace('\u2212', '-')) === value ? rounded : plain(value);
}

function plain(value: number): string {
  return String(Number(value.toFixed(3))).replace('-', '\u2212');
}
