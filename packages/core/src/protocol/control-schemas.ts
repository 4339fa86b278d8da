import * as v from 'valibot';
import { type ErrorCode, type JsonValue, PoseCoachError } from '../base/index.ts';
import type { Decoded } from '../codec/index.ts';
import { readStageChange, type StageChange } from '../stage/index.ts';
import type { ControlMethod, ControlParams } from './control.ts';
import { findEntryFault } from './state-entries.ts';

/** Longest name, title, address or password in a request, in characters. */
const MAXIMUM_TEXT_LENGTH = 512;

/** Most arguments of a command. */
const MOST_VALUES = 20;

/** No delay from camera to overlay is longer, in milliseconds. OBS takes 500 at most: the answer says so in words. */
const LONGEST_DELAY = 10_000;

/** A fault quotes what was found; no more of it than this many characters, because it was chosen by a stranger. */
const MAXIMUM_FAULT_LENGTH = 300;

const text = v.pipe(v.string(), v.maxLength(MAXIMUM_TEXT_LENGTH));
const name = v.pipe(
  text,
  v.check((input) => input !== '', 'must not be empty'),
);
const nothing = v.object({});
const startOrStop = v.object({ to: v.picklist(['start', 'stop']) });
const jsonValue = v.custom<JsonValue>(
  (input) => findEntryFault({ value: input }) === undefined,
  'must be what JSON can say',
);
const stageChange = v.pipe(
  v.unknown(),
  v.rawTransform<unknown, StageChange>(({ dataset, addIssue, NEVER }) => {
    const read = readStageChange(dataset.value);
    if (read.ok) return read.value;
    addIssue({ message: read.error.message });
    return NEVER;
  }),
);

const schemas: { readonly [Method in ControlMethod]: v.GenericSchema<unknown, ControlParams<Method>> } = {
  'stage.change': v.object({
    change: stageChange,
    base: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  }),
  'overlay.link': v.object({ scene: v.exactOptional(name) }),
  'score.reset': nothing,
  'trigger.test': v.object({ scene: name, trigger: name, dry: v.boolean() }),
  'command.run': v.object({
    command: name,
    values: v.pipe(v.array(jsonValue), v.maxLength(MOST_VALUES)),
  }),
  'webhook.origins': nothing,
  'delay.measure': nothing,
  'obs.find': nothing,
  'obs.connect': v.object({
    address: v.exactOptional(name),
    password: v.exactOptional(text),
    remember: v.boolean(),
  }),
  'obs.disconnect': nothing,
  'obs.setup': v.object({ scene: v.exactOptional(name), stageScene: v.exactOptional(name) }),
  'obs.sources': nothing,
  'obs.show': v.object({ visible: v.boolean() }),
  'obs.refresh': nothing,
  'obs.scene': v.object({ scene: name }),
  'obs.record': startOrStop,
  'obs.stream': startOrStop,
  'obs.chapter': v.object({ title: name }),
  'obs.delay': v.object({
    source: name,
    milliseconds: v.pipe(v.number(), v.minValue(0), v.maxValue(LONGEST_DELAY)),
  }),
};

/** Whether there is a method of that name. */
export function isControlMethod(method: string): method is ControlMethod {
  return Object.hasOwn(schemas, method);
}

/**
 * Reads what a controller sent as the parameters of a method. Never throws. Errors: `STAGE_INVALID` for a change of
 * the stage, as `readStageChange` says it; `MESSAGE_INVALID` naming method and field, without the value: it may be a
 * password.
 */
export function readControlParams<Method extends ControlMethod>(
  method: Method,
  value: unknown,
): Decoded<ControlParams<Method>> {
  const schema: v.GenericSchema<unknown, ControlParams<Method>> = schemas[method];
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return { ok: true, value: result.output };
  const [issue] = result.issues;
  // Said by the stage's own reader, which names the place.
  if (issue.type === 'raw_transform') return refuse('STAGE_INVALID', issue.message);
  return refuse('MESSAGE_INVALID', `${method}: ${faultOf(issue)}.`);
}

function refuse(code: ErrorCode, message: string): Decoded<never> {
  return { ok: false, error: new PoseCoachError(code, message.slice(0, MAXIMUM_FAULT_LENGTH)) };
}

function faultOf(issue: v.BaseIssue<unknown>): string {
  const place = v.getDotPath(issue) ?? 'params';
  if (issue.input === undefined) return `${place} is missing`;
  // Only words of our own: those of the library repeat what was found.
  const own = issue.type === 'check' || issue.type === 'custom';
  return `${place} ${own ? issue.message : `must be ${issue.expected}`}`;
}
