import type { MetricDeclaration, MetricKind } from './metric.ts';
import type { Reading } from './reading.ts';

/** Numbers in a reading's value: enough for the joints of a body or the bands of a spectrum, and quick to draw. */
const LONGEST_LIST = 64;

/** Characters in a reading's words: some sentences, which is more than any display has room for. */
const LONGEST_STRING = 500;

/** Characters of a foreign name that are repeated in a message. */
const LONGEST_QUOTE = 80;

const NO_OBJECT = 'a reading must be an object with metric, timestamp, status and confidence';

/**
 * What is wrong with something that claims to be a reading, in plain words; undefined when nothing is. The check
 * at the border where readings of foreign code come in, run on every reading of every frame. It throws nothing,
 * whatever it is given.
 *
 * It reads every field once. An object whose fields are calculated when they are read can answer otherwise the
 * next time: copy such a one first (whatever was posted from another realm is a copy).
 * @param metrics the declarations by id: what is not declared is not read
 */
export function readingFault(
  reading: unknown,
  metrics: ReadonlyMap<string, MetricDeclaration>,
): string | undefined {
  if (typeof reading !== 'object' || reading === null) return NO_OBJECT;
  try {
    return faultOf(reading as Fields, metrics);
  } catch {
    // A field that throws when it is read; what it throws is the foreign code's and tells nothing that can be trusted.
    return 'a reading must be plain data: one of its fields cannot be read';
  }
}

/** Those fields, of any content. */
interface Fields {
  readonly metric?: unknown;
  readonly timestamp?: unknown;
  readonly start?: unknown;
  readonly end?: unknown;
  readonly poseId?: unknown;
  readonly status?: unknown;
  readonly reason?: unknown;
  readonly value?: unknown;
  readonly uncertainty?: unknown;
  readonly confidence?: unknown;
}

function faultOf(reading: Fields, metrics: ReadonlyMap<string, MetricDeclaration>): string | undefined {
  for (const field in reading) {
    if (!isField(field as keyof Reading)) return `a reading has no field ${quoted(field)}`;
  }
  const { metric, timestamp, start, end, poseId, status, reason, value, uncertainty, confidence } = reading;
  if (typeof metric !== 'string') return 'metric must be the id of a declared metric';
  const declaration = metrics.get(metric);
  if (declaration === undefined) return `metric ${quoted(metric)} is not declared`;
  if (!Number.isFinite(timestamp)) return `timestamp of ${quoted(metric)} must be a number of milliseconds`;
  if (start !== undefined || end !== undefined) {
    if (!Number.isFinite(start) || !Number.isFinite(end)) {
      return `start and end of ${quoted(metric)} must both be numbers of milliseconds, or both be absent`;
    }
    if (!((start as number) <= (end as number) && (end as number) <= (timestamp as number))) {
      return `start, end and timestamp of ${quoted(metric)} must not lie before one another`;
    }
  }
  if (poseId !== undefined && !(Number.isSafeInteger(poseId) && (poseId as number) >= 0)) {
    return `poseId of ${quoted(metric)} must be the id of a pose, or absent`;
  }
  if (!(typeof confidence === 'number' && confidence >= 0 && confidence <= 1)) {
    return `confidence of ${quoted(metric)} must lie between 0 and 1`;
  }
  if (uncertainty !== undefined && !(Number.isFinite(uncertainty) && (uncertainty as number) >= 0)) {
    return `uncertainty of ${quoted(metric)} must be 0 or a number above, or absent`;
  }
  if (status === 'unknown') return unknownFault(metric, reason, value);
  if (status !== 'ok') return `status of ${quoted(metric)} must be ok or unknown`;
  if (reason !== undefined) return `reason of ${quoted(metric)} belongs to readings that are unknown only`;
  return fits(declaration.kind, value)
    ? undefined
    : `value of ${quoted(metric)} must be ${EXPECTED[declaration.kind]}`;
}

/**
 * Whether a reading can have this field: a name that is misspelt is found, and nothing else is carried along. Words
 * are compared one by one because that costs half of looking them up in a set, for every field of every reading.
 */
function isField(field: keyof Reading): boolean {
  switch (field) {
    case 'metric':
    case 'timestamp':
    case 'start':
    case 'end':
    case 'poseId':
    case 'status':
    case 'reason':
    case 'value':
    case 'uncertainty':
    case 'confidence':
      return true;
    default:
      // A field that readings are given one day stands here first: this line makes the compiler say so.
      field satisfies never;
      return false;
  }
}

function unknownFault(metric: string, reason: unknown, value: unknown): string | undefined {
  if (!isWords(reason) || reason.length === 0) {
    return `reason of ${quoted(metric)} must say in 1 to ${LONGEST_STRING} characters why it is unknown`;
  }
  if (value !== undefined) return `value of ${quoted(metric)} must be absent when it is unknown`;
  return undefined;
}

/** What a value of each kind of metric is, in words. */
const EXPECTED: Readonly<Record<MetricKind, string>> = {
  gauge: 'a finite number',
  bar: `a finite number, or a list of 1 to ${LONGEST_LIST}`,
  series: `a finite number, or a list of 1 to ${LONGEST_LIST}`,
  label: `true, false or at most ${LONGEST_STRING} characters`,
  event: `a finite number, true, false, at most ${LONGEST_STRING} characters, or absent`,
};

function fits(kind: MetricKind, value: unknown): boolean {
  switch (kind) {
    case 'gauge':
      return Number.isFinite(value);
    case 'bar':
    case 'series':
      return Number.isFinite(value) || isList(value);
    case 'label':
      return typeof value === 'boolean' || isWords(value);
    case 'event':
      return value === undefined || typeof value === 'boolean' || Number.isFinite(value) || isWords(value);
  }
}

function isWords(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_STRING;
}

function isList(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  const { length } = value;
  if (!(length >= 1 && length <= LONGEST_LIST)) return false;
  for (let index = 0; index < length; index += 1) {
    if (!Number.isFinite(value[index])) return false;
  }
  return true;
}

function quoted(name: string): string {
  return `"${name.length > LONGEST_QUOTE ? `${name.slice(0, LONGEST_QUOTE)}…` : name}"`;
}
