/*
 * What code of extensions may take, in every host: what the API promises its authors, and the contract of hosts the
 * manager.
 */

/** Milliseconds for loading and `activate`. */
export const ACTIVATION_LIMIT = 10_000;

/** Milliseconds for a command; only the command fails. */
export const COMMAND_LIMIT = 10_000;

/** Milliseconds for `deactivate`. */
export const DEACTIVATION_LIMIT = 2000;

/** Bytes of one file of a package: a song, a large picture. */
export const ASSET_LIMIT = 50e6;

/** Bytes of a server's answer. */
export const ANSWER_LIMIT = 10e6;
