import goodStage from './good-stage.json' with { type: 'json' };

/** What is put where something is to be missing. */
export const MISSING = undefined;

/** The good stage with something else at a place: `scenes.0.items.1.width`. */
export function broken(place: string, value: unknown): unknown {
  const copy: unknown = structuredClone(goodStage);
  put(copy, place.split('.'), value);
  return copy;
}

/** Puts something at a place within something else, where there is such a place. */
export function put(into: unknown, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path;
  if (key === undefined || typeof into !== 'object' || into === null) return;
  const properties = into as Record<string, unknown>;
  if (rest.length > 0) put(properties[key], rest, value);
  else if (value === MISSING) delete properties[key];
  else properties[key] = value;
}
