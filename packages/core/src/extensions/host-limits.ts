/*
 * How long code of extensions may take, in milliseconds, in every host: what the API promises its authors, and the
 * contract of hosts the manager.
 */

/** For loading and `activate`. */
export const ACTIVATION_LIMIT = 10_000;

/** For a command; only the command fails. */
export const COMMAND_LIMIT = 10_000;

/** For `deactivate`. */
export const DEACTIVATION_LIMIT = 2000;
