import type { JsonValue } from '../../../base/index.ts';
import { isList, isObject } from '../check-json.ts';
import type { Findings } from '../findings.ts';
import type { JsonObject, JsonSchema } from '../json-schema.ts';
import type { Contributions } from '../manifest.ts';
import { within } from '../plain-words.ts';

export type PointName = keyof Contributions;

/** More is no extension but an attack, or data that belongs in a file. */
export const MAXIMUM_CONTRIBUTIONS = 500;

/**
 * One kind of thing that an extension contributes: how it is written in a manifest, what must be true of it beyond
 * its schema, and what it takes to run.
 */
export interface ContributionPoint<Point extends PointName> {
  /** Of `contributes.<point>`. */
  readonly schema: JsonSchema;
  /** The declarations one by one; tolerates whatever does not fit the schema. */
  entries(contribution: JsonValue): readonly DeclaredEntry[];
  /** Makes a declaration of an entry that fits the schema. */
  read(value: JsonObject, id: string): Contributions[Point][number];
  /** Reports what the schema cannot say. Called with entries that fit it. */
  check?(declaration: Contributions[Point][number], path: string, scope: ManifestScope): void;
  /** Whether it is nothing without the extension's module. */
  needsCode?(declaration: Contributions[Point][number]): boolean;
  /** Its declarations are nothing without the extension's overlay module. */
  readonly needsOverlay?: true;
  /** The event that activates the extension for it, unless its manifest lists events itself. */
  activationEvent?(declaration: Contributions[Point][number]): string;
  /** Why isolated extensions cannot contribute it; absent when they can. */
  readonly trustedOnly?: string;
}

/** One declaration as it is written. */
export interface DeclaredEntry {
  /** Absent where the point has no ids, or where it is not text. */
  readonly id: string | undefined;
  /** JSON pointer within `contributes.<point>`. */
  readonly path: string;
  /** JSON pointer of the id, within `contributes.<point>`. */
  readonly idPath: string;
  readonly value: JsonObject;
}

/** What a check may look at beside its own declaration. */
export interface ManifestScope {
  readonly findings: Findings;
  /** Absent when it is faulty. */
  readonly prefix: string | undefined;
  /** Asked for; absent when that is faulty as a whole. */
  readonly permissions: ReadonlySet<JsonValue> | undefined;
  /** Whether an id is declared at a point, in a faulty declaration also: that is another fault's business. */
  declares(point: PointName, id: string): boolean;
  /** Declarations that fit their schema. */
  readonly contributes: Contributions;
}

/** A point whose contribution is a list of objects. */
export function listSchema(
  items: JsonSchema,
  about: { title: string; description: string; maxItems?: number },
): JsonSchema {
  return { type: 'array', maxItems: MAXIMUM_CONTRIBUTIONS, ...about, items };
}

export function listEntries(contribution: JsonValue): readonly DeclaredEntry[] {
  if (!isList(contribution)) return [];
  return contribution.flatMap((value, index) => {
    if (!isObject(value)) return [];
    const path = within('', index);
    const id = Object.hasOwn(value, 'id') && typeof value.id === 'string' ? value.id : undefined;
    return [{ id, path, idPath: `${path}/id`, value }];
  });
}
