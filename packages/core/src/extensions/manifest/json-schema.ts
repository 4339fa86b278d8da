import type { JsonValue } from '../../base/index.ts';

/** An object as JSON has it. */
export type JsonObject = { readonly [key: string]: JsonValue };

export type JsonTypeName = 'null' | 'boolean' | 'number' | 'integer' | 'string' | 'array' | 'object';

/**
 * The part of JSON Schema (draft 2020-12) that manifests and settings need, and `checkJson` interprets. Patterns
 * occur in our own schemas only: a stranger's regular expression can hang the page.
 */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  /** `#/$defs/<name>` of the root schema. */
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: JsonValue;
  readonly examples?: readonly JsonValue[];
  readonly type?: JsonTypeName;
  readonly enum?: readonly JsonValue[];
  readonly const?: JsonValue;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly multipleOf?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  /** Checked are `color`, which is `#rrggbb`, and `metric`, the id of one. */
  readonly format?: string;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  /** `false`: other properties are reported as unknown. */
  readonly additionalProperties?: boolean | JsonSchema;
  readonly propertyNames?: JsonSchema;
  readonly maxProperties?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  /** What is expected, in plain words, where the keywords alone would not tell. Not part of what is published. */
  readonly expected?: string;
}

/** The schema that a `$ref` leads to, or the schema itself. */
export function resolveSchema(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  const target = root.$defs?.[schema.$ref.replace('#/$defs/', '')];
  if (!target) throw new Error(`The schema refers to ${schema.$ref}, which is not there.`);
  return target;
}

/** The schema as it is published: without our own words. */
export function standardSchema(schema: JsonSchema): JsonValue {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) =>
      // A property may be called so too; its value is a schema then, and no text.
      key === 'expected' && typeof value === 'string' ? undefined : value,
    ),
  );
}
