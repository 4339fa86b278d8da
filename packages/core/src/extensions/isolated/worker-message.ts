import * as v from 'valibot';
import type { ErrorCode, JsonValue } from '../../base/index.ts';
import { MAX_LINE, type WorkerMessage } from './wire.ts';

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** Characters of a foreign name that are repeated in a message. */
const LONGEST_QUOTE = 80;

/** Codes of errors that may come from inside. */
const code = v.picklist([
  'EXTENSION_FAILED',
  'COMMAND_NOT_FOUND',
  'COMMAND_FAILED',
  'DISPOSED',
  'PAYLOAD_TOO_LARGE',
  'RATE_LIMITED',
] satisfies readonly ErrorCode[]);

/** Whatever JSON can say; read from JSON text, it cannot be anything else. */
const json = v.custom<JsonValue>((value) => value !== undefined);

const fault = v.object({
  // An error of any other code is the extension's all the same.
  code: v.fallback(code, 'EXTENSION_FAILED'),
  message: v.pipe(v.string(), v.maxLength(MAX_LINE)),
});

const request = v.variant('name', [
  v.object({ name: v.literal('command'), command: v.string(), values: v.array(json) }),
  v.object({ name: v.literal('stateGet'), key: v.string() }),
  v.object({ name: v.literal('stateSet'), key: v.string(), value: v.exactOptional(json) }),
  v.object({ name: v.literal('stateKeys') }),
  v.object({ name: v.literal('asset'), path: v.string() }),
  v.object({
    name: v.literal('fetch'),
    url: v.string(),
    method: v.exactOptional(v.string()),
    headers: v.exactOptional(v.record(v.string(), v.string())),
    text: v.exactOptional(v.string()),
    bytes: v.exactOptional(v.pipe(v.string(), v.base64())),
  }),
]);

const message = v.variant('kind', [
  v.object({ kind: v.literal('done'), id: whole, value: v.exactOptional(json) }),
  v.object({ kind: v.literal('failed'), id: whole, fault }),
  v.object({ kind: v.literal('fault'), message: v.pipe(v.string(), v.maxLength(MAX_LINE)) }),
  v.object({
    kind: v.literal('log'),
    level: v.picklist(['info', 'warn', 'error']),
    message: v.pipe(v.string(), v.maxLength(MAX_LINE)),
  }),
  v.object({ kind: v.literal('request'), id: whole, request }),
]);

/**
 * Reads what a worker has posted, which may be anything.
 * @param most characters
 * @throws Error that says in plain words what is wrong with it
 */
export function readWorkerMessage(data: unknown, most: number): WorkerMessage {
  if (typeof data !== 'string') throw new Error('it posted something that is no text');
  if (data.length > most) {
    throw new Error(`it posted ${data.length} characters at once, of ${most} at most`);
  }
  let content: unknown;
  try {
    content = JSON.parse(data);
  } catch (cause) {
    throw new Error('it posted text that is no JSON', { cause });
  }
  const result = v.safeParse(message, content, { abortEarly: true });
  if (result.success) {
    // What nobody would ever look at has cost the page time all the same.
    const unknown = Object.keys(content as object).find((name) => !Object.hasOwn(result.output, name));
    if (unknown === undefined) return result.output;
    throw new Error(`it posted a message with something unknown in it: "${unknown.slice(0, LONGEST_QUOTE)}"`);
  }
  const [issue] = result.issues;
  throw new Error(`it posted a message that is wrong at "${v.getDotPath(issue) ?? ''}": ${issue.message}`);
}
