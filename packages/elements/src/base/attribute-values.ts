import type { ComplexAttributeConverter } from 'lit';

/**
 * For switches that are on unless told otherwise, which HTML's own boolean attributes cannot be: absent leaves it
 * to the element (`undefined`), `mirror` and `mirror="true"` are on, `mirror="false"`, `"off"` and `"no"` are off.
 */
export const switchAttribute: ComplexAttributeConverter<boolean | undefined> = {
  fromAttribute: (value) =>
    value === null ? undefined : !['false', 'off', 'no'].includes(value.trim().toLowerCase()),
  toAttribute: (value) => (value === undefined ? null : String(value)),
};

/** Text that may be missing: a removed attribute leaves the property `undefined`, not `null`. */
export const textAttribute: ComplexAttributeConverter<string | undefined> = {
  fromAttribute: (value) => value ?? undefined,
};

/** Text with a default: a removed or empty attribute means the default. */
export function textOr(fallback: string): ComplexAttributeConverter<string> {
  return { fromAttribute: (value) => value?.trim() || fallback };
}

/** One of `allowed`, or `fallback` for a word that is none of them. */
export function oneOf<T extends string>(
  allowed: readonly T[],
  value: string | null | undefined,
  fallback: T,
): T {
  return allowed.find((word) => word === value) ?? fallback;
}
