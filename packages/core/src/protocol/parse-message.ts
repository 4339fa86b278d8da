import * as v from 'valibot';
import { type ErrorCode, PoseCoachError } from '../base/index.ts';
import type { Decoded } from '../codec/index.ts';
import { MAXIMUM_MESSAGE_BYTES, MAXIMUM_SERVER_MESSAGE_BYTES, PROTOCOL_VERSION } from './limits.ts';
import { clientMessageSchemas, serverMessageSchemas } from './message-schemas.ts';
import type { ClientMessage, ServerMessage, UnknownMessage } from './messages.ts';

/** A fault quotes what was found; no more of it than this many characters, because it was chosen by a stranger. */
const MAXIMUM_FAULT_LENGTH = 200;

/** A message as the text that goes over the wire. */
export function encodeMessage(message: ClientMessage | ServerMessage): string {
  return JSON.stringify(message);
}

/**
 * Reads what a client sent. Never throws. Errors: `MESSAGE_INVALID` naming the field, `VERSION_UNSUPPORTED`,
 * `PAYLOAD_TOO_LARGE`.
 */
export function parseClientMessage(text: string): Decoded<ClientMessage | UnknownMessage> {
  return parseMessage<ClientMessage>(text, clientMessageSchemas, MAXIMUM_MESSAGE_BYTES);
}

/** Reads what a server sent, with the same errors as `parseClientMessage`. Never throws. */
export function parseServerMessage(text: string): Decoded<ServerMessage | UnknownMessage> {
  return parseMessage<ServerMessage>(text, serverMessageSchemas, MAXIMUM_SERVER_MESSAGE_BYTES);
}

function parseMessage<Message>(
  text: string,
  schemas: Readonly<Record<string, v.GenericSchema<unknown, Message>>>,
  longest: number,
): Decoded<Message | UnknownMessage> {
  if (text.length > longest) {
    return refuse('PAYLOAD_TOO_LARGE', `The message is longer than ${longest} bytes.`);
  }
  const json = parseJson(text);
  if (!json.ok) return json;
  const { value } = json;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('MESSAGE_INVALID', 'The message is not a JSON object.');
  }
  const { type, version } = value as { readonly type?: unknown; readonly version?: unknown };
  if (typeof type !== 'string') return refuse('MESSAGE_INVALID', 'type: the message does not say its type.');
  // Before the other fields, because another version may have others: the difference itself is the news.
  if (
    (type === 'hello' || type === 'welcome') &&
    Number.isSafeInteger(version) &&
    version !== PROTOCOL_VERSION
  ) {
    return refuse(
      'VERSION_UNSUPPORTED',
      `The other end speaks version ${version} of the protocol and this one ${PROTOCOL_VERSION}: update the older.`,
    );
  }
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  if (!schema) return { ok: true, value: { type: 'unknown', name: type } };
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return { ok: true, value: result.output };
  const [issue] = result.issues;
  const fault = `${v.getDotPath(issue) ?? type}: ${issue.message}`;
  return refuse('MESSAGE_INVALID', `${fault.slice(0, MAXIMUM_FAULT_LENGTH)}.`);
}

function parseJson(text: string): Decoded<unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return { ok: true, value };
  } catch (thrown) {
    return refuse('MESSAGE_INVALID', 'The message is not JSON.', thrown);
  }
}

function refuse(code: ErrorCode, message: string, cause?: unknown): Decoded<never> {
  return { ok: false, error: new PoseCoachError(code, message, cause === undefined ? {} : { cause }) };
}
