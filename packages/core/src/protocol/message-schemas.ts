import * as v from 'valibot';
import type { JsonValue } from '../base/index.ts';
import type { ObsStatus, Scene, STAGE_VERSION, Stage, StageChange } from '../stage/index.ts';
import type { TriggerOutcome } from './control.ts';
import { isChannelName, MAXIMUM_CUES, MAXIMUM_READINGS } from './limits.ts';
import type { ClientMessage, ServerMessage, StageEffect } from './messages.ts';
import { cueSchema, readingSchema } from './reading-schemas.ts';
import { findEntryFault, type StateEntries } from './state-entries.ts';

/** Longest token, viewer key, command, error code or error message, in characters. */
const MAXIMUM_TEXT_LENGTH = 512;

const text = v.pipe(v.string(), v.maxLength(MAXIMUM_TEXT_LENGTH));
const finite = v.pipe(v.number(), v.finite());
const time = finite;
const version = v.pipe(v.number(), v.safeInteger());
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const revision = count;
const channel = v.pipe(
  v.string(),
  v.check(isChannelName, 'a channel is 1 to 64 letters, digits, dots, dashes and underscores'),
);

const entries = v.pipe(
  v.custom<StateEntries>(isObject, 'entries are an object'),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const fault = findEntryFault(dataset.value);
    if (!fault) return;
    const [first, ...rest] = fault.path.map((key) => ({
      type: 'unknown' as const,
      origin: 'value' as const,
      input: dataset.value,
      key,
      value: undefined,
    }));
    addIssue({ message: fault.message, ...(first ? { path: [first, ...rest] } : {}) });
  }),
);

const hello = v.object({
  type: v.literal('hello'),
  version,
  role: v.picklist(['publisher', 'subscriber', 'controller']),
  channel,
  token: v.exactOptional(text),
  poses: v.exactOptional(v.boolean()),
});

/** Bounded like a state's values; what it must be otherwise depends on the method: see `readControlParams`. */
const params = v.custom<JsonValue>(
  (input) => findEntryFault({ params: input }) === undefined,
  'params are what JSON can say, nested 15 levels deep at most',
);

/** A schema per message type, and nothing else: fields that it does not name are ignored. */
type MessageSchemas<Message extends { readonly type: string }> = {
  readonly [Type in Message['type']]: v.GenericSchema<unknown, Extract<Message, { readonly type: Type }>>;
};

/** The schemas of what clients say, by type. */
export const clientMessageSchemas: MessageSchemas<ClientMessage> = {
  hello,
  state: v.object({ type: v.literal('state'), entries }),
  ping: v.object({ type: v.literal('ping'), sentAt: time }),
  readings: v.object({
    type: v.literal('readings'),
    readings: v.pipe(v.array(readingSchema), v.maxLength(MAXIMUM_READINGS)),
    cues: v.pipe(v.array(cueSchema), v.maxLength(MAXIMUM_CUES)),
  }),
  painted: v.object({ type: v.literal('painted'), frames: count, median: finite, longest: finite }),
  request: v.object({ type: v.literal('request'), id: count, method: text, params }),
};

// What follows comes from the server that the page or program was told to trust, and was checked by it when it came
// in: of what is large and has a reader of its own (stage, OBS, outcomes) only the outside is looked at, so that
// overlay pages do not carry those readers.

/** Its type only: whoever publishes would load the whole stage with the value. */
const stageVersion: typeof STAGE_VERSION = 1;
const stage = v.custom<Stage>(
  (input) =>
    isObject(input) &&
    input.version === stageVersion &&
    typeof input.current === 'string' &&
    isListOfObjects(input.scenes) &&
    input.scenes.length > 0,
  'not a stage of this version: update the older end',
);
const stageChange: v.GenericSchema<unknown, StageChange> = v.object({
  scenes: v.exactOptional(v.custom<readonly Scene[]>(isListOfObjects, 'not a list of scenes')),
  removed: v.exactOptional(v.array(text)),
  current: v.exactOptional(text),
  hidden: v.exactOptional(v.boolean()),
  order: v.exactOptional(v.array(text)),
});
const obsStatus = v.custom<ObsStatus>(
  (input) => isObject(input) && typeof input.status === 'string',
  'not a status of OBS',
);
const effect = v.custom<StageEffect>(
  (input) => isObject(input) && typeof input.kind === 'string',
  'not an effect',
);
const outcomes = v.custom<readonly TriggerOutcome[]>(isListOfObjects, 'not a list of outcomes');
const anything = v.custom<JsonValue>((input) => input !== undefined);

/** The schemas of what the server says, by type. */
export const serverMessageSchemas: MessageSchemas<ServerMessage> = {
  welcome: v.object({
    type: v.literal('welcome'),
    version,
    serverTime: time,
    live: v.boolean(),
    revision,
    state: entries,
    liveSince: v.exactOptional(time),
    stage: v.exactOptional(v.object({ stage, revision })),
    readings: v.exactOptional(v.array(readingSchema)),
    obs: v.exactOptional(obsStatus),
  }),
  state: v.object({ type: v.literal('state'), revision, entries }),
  source: v.object({ type: v.literal('source'), live: v.boolean(), liveSince: v.exactOptional(time) }),
  pong: v.object({ type: v.literal('pong'), sentAt: time, serverTime: time }),
  error: v.object({ type: v.literal('error'), code: text, message: text }),
  readings: v.object({
    type: v.literal('readings'),
    readings: v.array(readingSchema),
    cues: v.array(cueSchema),
  }),
  stage: v.object({ type: v.literal('stage'), revision, change: stageChange }),
  effect: v.object({ type: v.literal('effect'), effect }),
  command: v.object({ type: v.literal('command'), command: text, values: v.array(anything) }),
  answer: v.object({
    type: v.literal('answer'),
    id: count,
    result: v.exactOptional(anything),
    error: v.exactOptional(v.object({ code: text, message: v.string() })),
  }),
  obs: v.object({ type: v.literal('obs'), status: obsStatus }),
  fired: v.object({ type: v.literal('fired'), scene: text, trigger: text, at: time, outcomes }),
};

function isObject(input: unknown): input is Readonly<Record<string, unknown>> {
  return typeof input === 'object' && input !== null && !Array.isArray(input);
}

function isListOfObjects(input: unknown): input is readonly object[] {
  return Array.isArray(input) && input.every(isObject);
}
