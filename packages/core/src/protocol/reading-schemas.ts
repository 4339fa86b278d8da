import * as v from 'valibot';
import type { MetricDeclaration, Reading } from '../analysis/index.ts';
import type { Cue } from '../feedback/index.ts';
import { BODY_LANDMARK_NAMES } from '../pose/index.ts';

/** As the manifests of extensions have it: a prefix, a dot and a name. */
const ID_PATTERN = /^[a-z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+$/;

/** As in manifests: room for any name that a person would still read. */
const MAXIMUM_ID_LENGTH = 100;

/** Characters in a reading's or cue's words: some sentences, which is more than any display has room for. */
const LONGEST_WORDS = 500;

/** Numbers in a reading's value: as many as `readingFault` allows. */
const LONGEST_LIST = 64;

/** npm's longest package name: https://docs.npmjs.com/cli/configuring-npm/package-json#name. */
const LONGEST_SOURCE = 214;

/** As in manifests. */
const LONGEST_TITLE = 100;
const LONGEST_DESCRIPTION = 2000;
const LONGEST_UNIT = 20;
const MOST_LABELS = 100;
const MOST_DECIMALS = 6;

const id = v.pipe(v.string(), v.maxLength(MAXIMUM_ID_LENGTH), v.regex(ID_PATTERN, 'an id is prefix.name'));
const finite = v.pipe(v.number(), v.finite());
const words = v.pipe(v.string(), v.maxLength(LONGEST_WORDS));
const poseId = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/**
 * A reading from another machine. Whether its value is of its metric's kind is not looked at, because the metric may
 * be declared later; everything else is as in `readingFault`.
 */
export const readingSchema: v.GenericSchema<unknown, Reading> = v.pipe(
  v.object({
    metric: id,
    timestamp: finite,
    start: v.exactOptional(finite),
    end: v.exactOptional(finite),
    poseId: v.exactOptional(poseId),
    status: v.picklist(['ok', 'unknown']),
    reason: v.exactOptional(words),
    value: v.exactOptional(
      v.union([
        finite,
        words,
        v.boolean(),
        v.pipe(v.array(finite), v.minLength(1), v.maxLength(LONGEST_LIST)),
      ]),
    ),
    uncertainty: v.exactOptional(v.pipe(finite, v.minValue(0))),
    confidence: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  }),
  v.check((reading) => spanIsOrdered(reading), 'start, end and timestamp must not lie before one another'),
  v.check(
    ({ status, reason, value }) =>
      status === 'ok' ? reason === undefined : Boolean(reason) && value === undefined,
    'a reading that is unknown has a reason and no value, any other has no reason',
  ),
);

function spanIsOrdered({ start, end, timestamp }: Reading): boolean {
  if (start === undefined && end === undefined) return true;
  return start !== undefined && end !== undefined && start <= end && end <= timestamp;
}

/** A cue from another machine. */
export const cueSchema: v.GenericSchema<unknown, Cue> = v.object({
  id,
  timestamp: finite,
  severity: v.picklist(['praise', 'hint', 'warning']),
  message: words,
  joints: v.pipe(v.array(v.picklist(BODY_LANDMARK_NAMES)), v.maxLength(BODY_LANDMARK_NAMES.length)),
  poseId: v.exactOptional(poseId),
  source: v.pipe(v.string(), v.maxLength(LONGEST_SOURCE)),
});

/** A declaration from another machine, as manifests have it. */
export const metricSchema: v.GenericSchema<unknown, MetricDeclaration> = v.object({
  id,
  title: v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_TITLE)),
  kind: v.picklist(['gauge', 'bar', 'label', 'series', 'event']),
  description: v.exactOptional(v.pipe(v.string(), v.maxLength(LONGEST_DESCRIPTION))),
  unit: v.exactOptional(v.pipe(v.string(), v.maxLength(LONGEST_UNIT))),
  range: v.exactOptional(
    v.pipe(
      v.strictTuple([finite, finite]),
      v.check(([least, most]) => least < most, 'the lowest value must be less than the highest'),
    ),
  ),
  labels: v.exactOptional(
    v.pipe(v.record(v.string(), v.pipe(v.string(), v.maxLength(LONGEST_TITLE))), v.maxEntries(MOST_LABELS)),
  ),
  decimals: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_DECIMALS))),
});

/** Whether it can be said as a reading: what cannot would cost a publisher its connection. */
export function isReading(value: unknown): value is Reading {
  return v.is(readingSchema, value);
}

/** Whether it can be said as a cue. */
export function isCue(value: unknown): value is Cue {
  return v.is(cueSchema, value);
}
