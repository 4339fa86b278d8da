import type { JsonValue } from '../../base/index.ts';
import type { JsonSchema } from './json-schema.ts';

/** What is quoted of a value is a stranger's choice: no more of it than this many characters. */
const MAXIMUM_QUOTED_LENGTH = 60;

/** Of longer lists of choices only so many are named. */
const MAXIMUM_NAMED_CHOICES = 40;

/** A name as a step of a JSON pointer (RFC 6901): `within('/a', 'b/c')` is `/a/b~1c`. */
export function within(path: string, key: string | number): string {
  return `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** What a schema expects, in plain words: `one of gauge, bar, label`, `a number from 0 to 1`. */
export function expectation(schema: JsonSchema): string {
  if (schema.expected !== undefined) return schema.expected;
  if (schema.const !== undefined) return quoteJson(schema.const);
  if (schema.enum) return `one of ${choices(schema.enum)}`;
  switch (schema.type) {
    case 'number':
    case 'integer':
      return numberExpectation(schema);
    case 'string':
      return textExpectation(schema);
    case 'boolean':
      return 'true or false';
    case 'array':
      return listExpectation(schema);
    case 'object':
      return 'an object';
    case 'null':
      return 'null';
    default:
      return 'something else';
  }
}

/** What was found, in plain words and short: `the number 3`, `"gague"`, `a list`. */
export function found(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      return `the number ${value}`;
    case 'boolean':
      return String(value);
    default:
      return 'an object';
  }
}

/** Text in quotation marks, cut when it is long. */
export function quote(text: string): string {
  return text.length > MAXIMUM_QUOTED_LENGTH
    ? `${JSON.stringify(text.slice(0, MAXIMUM_QUOTED_LENGTH))}…`
    : JSON.stringify(text);
}

/** `poses`, `poses and hands`, `poses, hands and audio`. */
export function enumeration(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

function numberExpectation({ type, minimum, maximum, exclusiveMinimum, multipleOf }: JsonSchema): string {
  const kind = type === 'integer' ? 'a whole number' : 'a number';
  const multiple = multipleOf === undefined ? '' : ` in steps of ${multipleOf}`;
  if (minimum !== undefined && maximum !== undefined)
    return `${kind} from ${minimum} to ${maximum}${multiple}`;
  if (minimum !== undefined) return `${kind} of at least ${minimum}${multiple}`;
  if (maximum !== undefined) return `${kind} of at most ${maximum}${multiple}`;
  if (exclusiveMinimum !== undefined) return `${kind} greater than ${exclusiveMinimum}${multiple}`;
  return `${kind}${multiple}`;
}

function textExpectation({ minLength, maxLength, format }: JsonSchema): string {
  if (format === 'color') return 'a color such as #33cc99';
  if (format === 'metric') return 'the id of a metric, such as dance.tempo';
  return `text${extent(minLength, maxLength, 'character')}`;
}

function listExpectation({ minItems, maxItems, uniqueItems }: JsonSchema): string {
  return `a list${extent(minItems, maxItems, 'item')}${uniqueItems ? ', none twice' : ''}`;
}

function extent(minimum: number | undefined, maximum: number | undefined, unit: string): string {
  const units = (count: number) => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (minimum !== undefined && minimum > 0 && maximum !== undefined) {
    return minimum === maximum ? ` of ${units(minimum)}` : ` of ${minimum} to ${units(maximum)}`;
  }
  if (minimum !== undefined && minimum > 0) return ` of at least ${units(minimum)}`;
  if (maximum !== undefined) return ` of at most ${units(maximum)}`;
  return '';
}

function choices(values: readonly JsonValue[]): string {
  const named = values.slice(0, MAXIMUM_NAMED_CHOICES).map((value) => {
    const isShortText = typeof value === 'string' && value.length <= MAXIMUM_QUOTED_LENGTH;
    return isShortText ? value : quoteJson(value);
  });
  const more = values.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function quoteJson(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length > MAXIMUM_QUOTED_LENGTH ? `${text.slice(0, MAXIMUM_QUOTED_LENGTH)}…` : text;
}
