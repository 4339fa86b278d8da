import type { JsonValue } from '../../base/index.ts';
import { Findings } from './findings.ts';
import { ID_SCHEMA } from './identifiers.ts';
import { type JsonObject, type JsonSchema, type JsonTypeName, resolveSchema } from './json-schema.ts';
import { expectation, found, within } from './plain-words.ts';

/** A slider's value is a sum of floating-point steps: so far off (relative) it still counts as a multiple. */
const MULTIPLE_TOLERANCE = 1e-9;

const COLOR = /^#[0-9a-fA-F]{6}$/;

/**
 * Holds a value against a schema and reports every fault at its own place, properties that the schema does not know
 * as warnings. It interprets: pages forbid validators that generate code. Of a value that is wrong as a whole nothing
 * within is reported, so that one mistake is one fault.
 * @param path JSON pointer of `value`, for the report
 * @param root the schema whose `$defs` a `$ref` names
 */
export function checkJson(
  value: JsonValue,
  schema: JsonSchema,
  path: string,
  findings: Findings,
  root: JsonSchema = schema,
): void {
  if (findings.isFull) return;
  const resolved = resolveSchema(schema, root);
  if (!fits(value, resolved)) {
    refuse(value, resolved, path, findings);
  } else if (isList(value)) {
    checkItems(value, resolved, path, findings, root);
  } else if (isObject(value)) {
    checkProperties(value, resolved, path, findings, root);
  }
  if (!resolved.anyOf && !resolved.oneOf && !resolved.not) return;
  if (findings.isSound(path) && !alternativeFits(value, resolved, root))
    refuse(value, resolved, path, findings);
}

/** What a schema knows of a value that passes it: properties that it does not know are left out. */
export function knownPart(value: JsonValue, schema: JsonSchema, root: JsonSchema = schema): JsonValue {
  const resolved = resolveSchema(schema, root);
  const { items, properties = {}, additionalProperties } = resolved;
  if (isList(value)) return items ? value.map((item) => knownPart(item, items, root)) : value;
  if (!isObject(value)) return value;
  const known: [string, JsonValue][] = [];
  for (const [key, property] of Object.entries(value)) {
    const own = Object.hasOwn(properties, key) ? properties[key] : additionalProperties;
    if (own === false) continue;
    known.push([key, typeof own === 'object' ? knownPart(property, own, root) : property]);
  }
  return Object.fromEntries(known);
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Whether the value itself is right, whatever is within. */
function fits(value: JsonValue, schema: JsonSchema): boolean {
  if (schema.type !== undefined && !hasType(value, schema.type)) return false;
  if (schema.const !== undefined && !equal(value, schema.const)) return false;
  if (schema.enum && !schema.enum.some((allowed) => equal(value, allowed))) return false;
  if (typeof value === 'number') return numberFits(value, schema);
  if (typeof value === 'string') return textFits(value, schema);
  if (isList(value)) return isWithin(value.length, schema.minItems, schema.maxItems);
  if (isObject(value)) return isWithin(Object.keys(value).length, undefined, schema.maxProperties);
  return true;
}

function hasType(value: JsonValue, type: JsonTypeName): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return isList(value);
    case 'object':
      return isObject(value);
    default:
      return typeof value === type;
  }
}

function numberFits(value: number, schema: JsonSchema): boolean {
  const { minimum, maximum, exclusiveMinimum, multipleOf } = schema;
  if (!isWithin(value, minimum, maximum)) return false;
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) return false;
  if (multipleOf === undefined) return true;
  const steps = value / multipleOf;
  return Math.abs(steps - Math.round(steps)) <= MULTIPLE_TOLERANCE * Math.max(1, Math.abs(steps));
}

function textFits(value: string, { minLength, maxLength, pattern, format }: JsonSchema): boolean {
  // JSON Schema counts characters, not UTF-16 units; only the exact count needs the text taken apart.
  const length = value.length <= (maxLength ?? Number.POSITIVE_INFINITY) ? value.length : [...value].length;
  if (
    !isWithin(minLength === undefined || minLength < 2 ? length : [...value].length, minLength, maxLength)
  ) {
    return false;
  }
  if (format === 'color' && !COLOR.test(value)) return false;
  // Not whether anybody declares it: that changes with the extensions at hand.
  if (format === 'metric' && !textFits(value, ID_SCHEMA)) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(value);
}

function isWithin(
  value: number,
  minimum = Number.NEGATIVE_INFINITY,
  maximum = Number.POSITIVE_INFINITY,
): boolean {
  return value >= minimum && value <= maximum;
}

function checkItems(
  list: readonly JsonValue[],
  schema: JsonSchema,
  path: string,
  findings: Findings,
  root: JsonSchema,
): void {
  const seen = new Set<string>();
  for (const [index, item] of list.entries()) {
    const place = within(path, index);
    if (schema.items) checkJson(item, schema.items, place, findings, root);
    if (!schema.uniqueItems) continue;
    const text = canonical(item);
    if (seen.has(text)) findings.fault(place, 'no item twice', `${place}: ${found(item)} is there twice.`);
    seen.add(text);
  }
}

function checkProperties(
  object: JsonObject,
  schema: JsonSchema,
  path: string,
  findings: Findings,
  root: JsonSchema,
): void {
  const {
    properties = {},
    additionalProperties,
    propertyNames,
    required = [],
    dependentRequired = {},
  } = schema;
  for (const key of required) requireProperty(object, key, schema, path, findings, root);
  for (const [present, needed] of Object.entries(dependentRequired)) {
    if (!Object.hasOwn(object, present)) continue;
    for (const key of needed) requireProperty(object, key, schema, path, findings, root);
  }
  for (const [key, property] of Object.entries(object)) {
    const place = within(path, key);
    if (propertyNames && !fits(key, propertyNames)) {
      refuse(key, propertyNames, place, findings);
    } else if (Object.hasOwn(properties, key)) {
      checkJson(property, properties[key] ?? {}, place, findings, root);
    } else if (additionalProperties === false) {
      const allowed = Object.entries(properties).filter(([, { not }]) => not === undefined);
      const expected = `one of ${allowed.map(([name]) => name).join(', ')}`;
      findings.warn(place, expected, `${place} is not known and is left out: expected ${expected}.`);
    } else if (typeof additionalProperties === 'object') {
      checkJson(property, additionalProperties, place, findings, root);
    }
  }
}

function requireProperty(
  object: JsonObject,
  key: string,
  schema: JsonSchema,
  path: string,
  findings: Findings,
  root: JsonSchema,
): void {
  if (Object.hasOwn(object, key)) return;
  const place = within(path, key);
  const expected = expectation(resolveSchema(schema.properties?.[key] ?? {}, root));
  findings.fault(place, expected, `${place} is missing: expected ${expected}.`);
}

function alternativeFits(value: JsonValue, { anyOf, oneOf, not }: JsonSchema, root: JsonSchema): boolean {
  if (not && passes(value, not, root)) return false;
  if (anyOf && !anyOf.some((schema) => passes(value, schema, root))) return false;
  return !oneOf || oneOf.filter((schema) => passes(value, schema, root)).length === 1;
}

function passes(value: JsonValue, schema: JsonSchema, root: JsonSchema): boolean {
  const findings = new Findings();
  checkJson(value, schema, '', findings, root);
  return findings.faults.length === 0 && findings.warnings.length === 0;
}

function refuse(value: JsonValue, schema: JsonSchema, path: string, findings: Findings): void {
  const expected = expectation(schema);
  findings.fault(path, expected, `${path || 'The manifest'}: expected ${expected}, found ${found(value)}.`);
}

function equal(one: JsonValue, other: JsonValue): boolean {
  return (
    one === other ||
    (typeof one === 'object' && typeof other === 'object' && canonical(one) === canonical(other))
  );
}

/** JSON text that is the same for equal values, whatever the order of their properties. */
function canonical(value: JsonValue): string {
  return JSON.stringify(value, (_key, part: JsonValue) =>
    isObject(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
