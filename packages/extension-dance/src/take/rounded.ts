import type { JsonValue } from '@pose-coach/core/extension';

/** Fields of a summary that are milliseconds, and those that hold only such fields. */
const MILLISECONDS: ReadonlySet<string> = /* @__PURE__ */ new Set([
  'duration',
  'start',
  'end',
  'inView',
  'seen',
  'from',
  'to',
  'at',
  'timestamp',
  'length',
  'furthest',
  'cycle',
  'offset',
  'offsetUncertainty',
  'spread',
  'milliseconds',
]);

/** Lists in which `from` and `to` are tempos. */
const OF_TEMPOS = 'changes';

/** Decimals of everything else: no metric is known better. */
const SCALE = 1000;

/** A summary as it is told: milliseconds as integers, all other numbers to three decimals. */
export function rounded<T extends JsonValue>(summary: T): T {
  return round(summary, false, false) as T;
}

function round(value: JsonValue, isTime: boolean, isOfTempos: boolean): JsonValue {
  // Less than half below nought would be a negative nought.
  if (typeof value === 'number') return (isTime ? Math.round(value) : Math.round(value * SCALE) / SCALE) + 0;
  if (Array.isArray(value)) return value.map((item) => round(item, isTime, isOfTempos));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => {
      const isTempo = isOfTempos && (name === 'from' || name === 'to');
      return [name, round(field, isTime || (MILLISECONDS.has(name) && !isTempo), name === OF_TEMPOS)];
    }),
  );
}
