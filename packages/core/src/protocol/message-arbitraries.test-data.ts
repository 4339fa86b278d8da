import fc from 'fast-check';
import type { MetricDeclaration, Reading } from '../analysis/index.ts';
import type { JsonValue } from '../base/index.ts';
import type { Cue } from '../feedback/index.ts';
import type { Scene, Stage, StageChange } from '../stage/index.ts';
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

const plain = { noNullPrototype: true } as const;
const id = fc.stringMatching(/^[a-z][a-zA-Z0-9-]{0,10}(\.[a-zA-Z][a-zA-Z0-9-]{0,10}){1,2}$/);
const words = fc.string({ maxLength: 60 });
// JSON has no minus zero.
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const upTo1 = fc.double({ min: 0, max: 1, noNaN: true });
const poseId = fc.nat();

const readingValue = fc.oneof(number, words, fc.boolean(), fc.array(number, { minLength: 1, maxLength: 64 }));

/** Every reading: of an instant or a span, known or not, of somebody or everybody. */
export const reading: fc.Arbitrary<Reading> = fc
  .record(
    {
      about: fc.record({ metric: id, timestamp: time, confidence: upTo1 }, plain),
      span: fc.record({ start: upTo1, end: upTo1 }, plain),
      whom: fc.record({ poseId }, plain),
      known: fc.oneof(
        fc.record(
          { status: fc.constant('ok' as const), value: readingValue, uncertainty: time },
          { ...plain, requiredKeys: ['status'] },
        ),
        fc.record(
          { status: fc.constant('unknown' as const), reason: fc.string({ minLength: 1, maxLength: 60 }) },
          plain,
        ),
      ),
    },
    { ...plain, requiredKeys: ['about', 'known'] },
  )
  .map(({ about, span, whom, known }) => ({
    ...about,
    ...(span && { start: about.timestamp - 1 - span.start, end: about.timestamp - span.end }),
    ...whom,
    ...known,
  }));

/** Every cue. */
export const cue: fc.Arbitrary<Cue> = fc.record(
  {
    id,
    timestamp: time,
    severity: fc.constantFrom('praise' as const, 'hint' as const, 'warning' as const),
    message: words,
    joints: fc.uniqueArray(fc.constantFrom('nose' as const, 'leftWrist' as const, 'rightFootIndex' as const)),
    poseId,
    source: words,
  },
  { ...plain, requiredKeys: ['id', 'timestamp', 'severity', 'message', 'joints', 'source'] },
);

/** Every declaration of a metric. */
export const metric: fc.Arbitrary<MetricDeclaration> = fc.record(
  {
    id,
    title: fc.string({ minLength: 1, maxLength: 60 }),
    kind: fc.constantFrom(
      'gauge' as const,
      'bar' as const,
      'label' as const,
      'series' as const,
      'event' as const,
    ),
    description: words,
    unit: fc.string({ minLength: 1, maxLength: 20 }),
    range: fc.tuple(fc.integer(), fc.nat()).map(([least, span]) => [least, least + span + 1] as const),
    labels: fc.dictionary(
      fc.string().filter((text) => text !== '__proto__'),
      words,
      { ...plain, maxKeys: 3 },
    ),
    decimals: fc.nat({ max: 6 }),
  },
  { ...plain, requiredKeys: ['id', 'title', 'kind'] },
);

const readings = fc.record(
  {
    type: fc.constant('readings' as const),
    readings: fc.array(reading, { maxLength: 5 }),
    cues: fc.array(cue, { maxLength: 3 }),
  },
  plain,
);

/** Scenes of which only the outside is looked at here; what is within is the stage room's to test. */
const scenes = fc.array(
  fc
    .record({ id: words, items: fc.array(jsonValue, { maxLength: 2 }) }, plain)
    .map((scene) => scene as unknown as Scene),
  { minLength: 1, maxLength: 3 },
);
const stage: fc.Arbitrary<Stage> = fc.record(
  { version: fc.constant(1 as const), current: words, hidden: fc.boolean(), scenes },
  plain,
);
const change: fc.Arbitrary<StageChange> = fc.record(
  {
    scenes,
    removed: fc.array(words, { maxLength: 3 }),
    current: words,
    hidden: fc.boolean(),
    order: fc.array(words, { maxLength: 3 }),
  },
  { ...plain, requiredKeys: [] },
);
const obs = fc.constantFrom(
  { status: 'off' } as const,
  { status: 'connecting', address: 'ws://127.0.0.1:4455' } as const,
  { status: 'refused', address: 'ws://127.0.0.1:4455', message: 'The password is wrong.' } as const,
);
const effect = fc.oneof(
  fc.record({ kind: fc.constant('show-item' as const), scene: words, item: words, seconds: time }, plain),
  fc.record(
    { kind: fc.constant('sound' as const), sound: fc.constantFrom('chime' as const, 'drum' as const) },
    plain,
  ),
  fc.record({ kind: fc.constant('score-reset' as const) }, plain),
);
const outcome = fc.record(
  {
    action: fc.record({ do: fc.constant('obs-scene' as const), scene: words }, plain),
    ok: fc.boolean(),
    message: words,
  },
  plain,
);

/** Every message a client can say. */
export const clientMessage: fc.Arbitrary<ClientMessage> = fc.oneof(
  fc
    .record(
      {
        type: fc.constant('hello' as const),
        version: fc.constant(1),
        role: fc.constantFrom('publisher' as const, 'subscriber' as const, 'controller' as const),
        channel,
        token: fc.string({ maxLength: 60 }),
        poses: fc.boolean(),
      },
      { requiredKeys: ['type', 'version', 'role', 'channel'], noNullPrototype: true },
    )
    .map((hello): ClientMessage => hello),
  fc.record({ type: fc.constant('state' as const), entries }, { noNullPrototype: true }),
  fc.record({ type: fc.constant('ping' as const), sentAt: time }, { noNullPrototype: true }),
  readings,
  fc.record(
    { type: fc.constant('painted' as const), frames: fc.nat(), median: number, longest: number },
    plain,
  ),
  fc.record({ type: fc.constant('request' as const), id: fc.nat(), method: words, params: jsonValue }, plain),
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
      liveSince: time,
      stage: fc.record({ stage, revision }, plain),
      readings: fc.array(reading, { maxLength: 5 }),
      obs,
    },
    { ...plain, requiredKeys: ['type', 'version', 'serverTime', 'live', 'revision', 'state'] },
  ),
  fc.record({ type: fc.constant('state' as const), revision, entries }, { noNullPrototype: true }),
  fc.record(
    { type: fc.constant('source' as const), live: fc.boolean(), liveSince: time },
    { ...plain, requiredKeys: ['type', 'live'] },
  ),
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
  readings,
  fc.record({ type: fc.constant('stage' as const), revision, change }, plain),
  fc.record({ type: fc.constant('effect' as const), effect }, plain),
  fc.record(
    { type: fc.constant('command' as const), command: words, values: fc.array(jsonValue, { maxLength: 3 }) },
    plain,
  ),
  fc.record({ type: fc.constant('answer' as const), id: fc.nat(), result: jsonValue }, plain),
  fc.record(
    {
      type: fc.constant('answer' as const),
      id: fc.nat(),
      error: fc.record({ code: words, message: words }, plain),
    },
    plain,
  ),
  fc.record({ type: fc.constant('obs' as const), status: obs }, plain),
  fc.record(
    {
      type: fc.constant('fired' as const),
      scene: words,
      trigger: words,
      at: time,
      outcomes: fc.array(outcome, { maxLength: 2 }),
    },
    plain,
  ),
);
