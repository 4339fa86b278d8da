/*
 * How large a stage may become. Generous for whoever arranges one by hand, and small enough that any number of
 * strangers' stages fit into a server.
 */

export const MAXIMUM_SCENES = 50;
export const MAXIMUM_ITEMS = 60;
export const MAXIMUM_TRIGGERS = 30;
export const MAXIMUM_BINDINGS = 30;

/** Bytes of a whole stage as JSON in UTF-8. */
export const MAXIMUM_STAGE_BYTES = 400_000;

/** Bytes of one change as JSON in UTF-8: with its envelope it fits into one message of 65,536 bytes. */
export const MAXIMUM_CHANGE_BYTES = 60_000;

/** Bytes of one scene as JSON in UTF-8: it fits into a change. */
export const MAXIMUM_SCENE_BYTES = 59_000;

/** Bytes of the settings of one item or theme, or of the values of one command, as JSON in UTF-8. */
export const MAXIMUM_SETTINGS_BYTES = 16_000;

/** Levels of lists and objects in settings. */
export const MAXIMUM_SETTINGS_DEPTH = 8;

/** Bytes that a value takes as JSON in UTF-8. */
export function jsonBytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
