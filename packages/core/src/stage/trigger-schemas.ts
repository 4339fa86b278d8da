import * as v from 'valibot';
import { ruleFault } from '../feedback/index.ts';
import {
  contributionId,
  finite,
  id,
  jsonValue,
  listOf,
  name,
  numberFrom,
  obsName,
  text,
  webAddress,
} from './common-schemas.ts';
import { jsonBytes, MAXIMUM_SETTINGS_BYTES } from './stage-limits.ts';
import { TRIGGER_SOUNDS, type Trigger, type TriggerAction, type TriggerCondition } from './trigger.ts';

/** Longest time in seconds that anything is waited for: a day. */
const LONGEST_WAIT = 86_400;

/** Conditions, and actions, of one trigger. */
const MOST_PARTS = 8;

const above = v.object({ above: finite, until: v.exactOptional(finite) });
const below = v.object({ below: finite, until: v.exactOptional(finite) });
const equals = v.object({ equals: v.union([text(100), v.boolean()], 'a text, or true or false') });
const happens = v.object({ happens: v.literal(true) });
const none = v.pipe(
  v.unknown(),
  v.check(() => false, 'exactly one of above, below, equals and happens'),
  v.transform((value): never => value as never),
);

/** Chosen by its word, so that a fault is told of what was meant, and two words are not taken for the first. */
const when: v.GenericSchema<unknown, TriggerCondition['when']> = v.lazy((input) => {
  const words = [above, below, equals, happens].filter((schema) => hasWordOf(schema, input));
  const [only] = words;
  return only !== undefined && words.length === 1 ? only : none;
});

function hasWordOf({ entries }: { readonly entries: object }, input: unknown): boolean {
  const [word] = Object.keys(entries);
  return typeof input === 'object' && input !== null && word !== undefined && Object.hasOwn(input, word);
}

const condition: v.GenericSchema<unknown, TriggerCondition> = v.pipe(
  v.object({
    metric: contributionId,
    when,
    for: v.exactOptional(numberFrom(0, LONGEST_WAIT)),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const { when: asked, for: duration } = dataset.value;
    if ('happens' in asked) {
      if (duration !== undefined) addIssue({ message: 'no “for” with “happens”, which lasts no time' });
      return;
    }
    const fault = ruleFault({ when: asked });
    if (fault !== undefined) addIssue({ message: `a condition that can be meant: ${fault}` });
  }),
);

const values = v.pipe(
  listOf(jsonValue, 20),
  v.check(
    (list) => jsonBytes(list) <= MAXIMUM_SETTINGS_BYTES,
    `at most ${MAXIMUM_SETTINGS_BYTES} bytes of JSON`,
  ),
);

const onOff = v.picklist(['start', 'stop']);

const action: v.GenericSchema<unknown, TriggerAction> = v.variant('do', [
  v.object({ do: v.literal('stage-scene'), scene: id }),
  v.object({ do: v.literal('show-item'), item: id, seconds: numberFrom(0.1, LONGEST_WAIT) }),
  v.object({ do: v.literal('sound'), sound: v.picklist(TRIGGER_SOUNDS) }),
  v.object({ do: v.literal('command'), command: contributionId, values: v.exactOptional(values) }),
  v.object({ do: v.literal('obs-scene'), scene: obsName }),
  v.object({ do: v.literal('obs-record'), to: onOff }),
  v.object({ do: v.literal('obs-chapter'), title: text(200) }),
  v.object({ do: v.literal('webhook'), url: webAddress }),
]);

function parts<Part>(part: v.GenericSchema<unknown, Part>) {
  return v.pipe(listOf(part, MOST_PARTS), v.minLength<Part[], 1, string>(1, 'at least one'));
}

export const trigger: v.GenericSchema<unknown, Trigger> = v.object({
  id,
  name,
  enabled: v.boolean(),
  when: parts(condition),
  actions: parts(action),
  coolDown: numberFrom(0, LONGEST_WAIT),
});
