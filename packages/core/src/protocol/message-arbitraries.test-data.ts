import fc from 'fast-check';
import type { JsonValue } from '../base/index.ts';
import type { ClientMessage, ServerMessage } from './messages.ts';
import { mergeEntries, type StateEntries } from './state-entries.ts';

const key = fc
  .stringMatching(/^[a-zA-Z][\w.:-]{0,20}$/)
  .filter((text) => !['constructor', 'prototype'].includes(text));

const jsonValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'json' },
    fc.constant(null),
    fc.boolean(),
    // JSON has no minus zero.
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.string(),
    fc.array(tie('value'), { maxLength: 3, depthIdentifier: 'json' }),
    fc.dictionary(
      fc.string().filter((text) => text !== '__proto__'),
      tie('value'),
      {
        maxKeys: 3,
        depthIdentifier: 'json',
        noNullPrototype: true,
      },
    ),
  ),
})).value;

/** A change of state. */
export const entries: fc.Arbitrary<StateEntries> = fc.dictionary(key, jsonValue, {
  maxKeys: 5,
  noNullPrototype: true,
});

const channel = fc.stringMatching(/^[a-z0-9]([a-z0-9._-]{0,30}[a-z0-9])?$/);
const time = fc.double({ min: 0, max: 1e13, noNaN: true });
const revision = fc.nat();

/** Every message a client can say. */
export const clientMessage: fc.Arbitrary<ClientMessage> = fc.oneof(
  fc
    .record(
      {
        type: fc.constant('hello' as const),
        version: fc.constant(1),
        role: fc.constantFrom('publisher' as const, 'subscriber' as const),
        channel,
        token: fc.string({ maxLength: 60 }),
      },
      { requiredKeys: ['type', 'version', 'role', 'channel'], noNullPrototype: true },
    )
    .map((hello): ClientMessage => hello),
  fc.record({ type: fc.constant('state' as const), entries }, { noNullPrototype: true }),
  fc.record({ type: fc.constant('ping' as const), sentAt: time }, { noNullPrototype: true }),
);

/** Every message a server can say. */
export const serverMessage: fc.Arbitrary<ServerMessage> = fc.oneof(
  fc.record(
    {
      type: fc.constant('welcome' as const),
      version: fc.constant(1),
      serverTime: time,
      live: fc.boolean(),
      revision,
      state: entries.map((change) => mergeEntries({}, change)),
    },
    { noNullPrototype: true },
  ),
  fc.record({ type: fc.constant('state' as const), revision, entries }, { noNullPrototype: true }),
  fc.record({ type: fc.constant('source' as const), live: fc.boolean() }, { noNullPrototype: true }),
  fc.record(
    { type: fc.constant('pong' as const), sentAt: time, serverTime: time },
    { noNullPrototype: true },
  ),
  fc.record(
    {
      type: fc.constant('error' as const),
      code: fc.string({ maxLength: 30 }),
      message: fc.string({ maxLength: 300 }),
    },
    { noNullPrototype: true },
  ),
);
