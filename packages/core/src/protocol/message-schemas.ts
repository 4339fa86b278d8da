import * as v from 'valibot';
import { isChannelName } from './limits.ts';
import type { ClientMessage, ServerMessage } from './messages.ts';
import { findEntryFault, type StateEntries } from './state-entries.ts';

/** Longest token, viewer key, error code or error message, in characters. */
const MAXIMUM_TEXT_LENGTH = 512;

const text = v.pipe(v.string(), v.maxLength(MAXIMUM_TEXT_LENGTH));
const time = v.pipe(v.number(), v.finite());
const version = v.pipe(v.number(), v.safeInteger());
const revision = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const channel = v.pipe(
  v.string(),
  v.check(isChannelName, 'a channel is 1 to 64 letters, digits, dots, dashes and underscores'),
);

const entries = v.pipe(
  v.custom<StateEntries>(
    (input) => typeof input === 'object' && input !== null && !Array.isArray(input),
    'entries are an object',
  ),
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
  role: v.picklist(['publisher', 'subscriber']),
  channel,
  token: v.exactOptional(text),
});

const welcome = v.object({
  type: v.literal('welcome'),
  version,
  serverTime: time,
  live: v.boolean(),
  revision,
  state: entries,
});

/** A schema per message type, and nothing else: fields that it does not name are ignored. */
type MessageSchemas<Message extends { readonly type: string }> = {
  readonly [Type in Message['type']]: v.GenericSchema<unknown, Extract<Message, { readonly type: Type }>>;
};

/** The schemas of what clients say, by type. */
export const clientMessageSchemas: MessageSchemas<ClientMessage> = {
  hello,
  state: v.object({ type: v.literal('state'), entries }),
  ping: v.object({ type: v.literal('ping'), sentAt: time }),
};

/** The schemas of what the server says, by type. */
export const serverMessageSchemas: MessageSchemas<ServerMessage> = {
  welcome,
  state: v.object({ type: v.literal('state'), revision, entries }),
  source: v.object({ type: v.literal('source'), live: v.boolean() }),
  pong: v.object({ type: v.literal('pong'), sentAt: time, serverTime: time }),
  error: v.object({ type: v.literal('error'), code: text, message: text }),
};
