/** The version both ends must speak. It changes only when an old end would misunderstand a new one. */
export const PROTOCOL_VERSION = 1;

/** The path of the one WebSocket endpoint. */
export const WEBSOCKET_PATH = '/ws';

/** The channel that is used when nobody names one. */
export const DEFAULT_CHANNEL = 'main';

/**
 * Longest message of a client, poses or text, in bytes: ten people with hands and world landmarks take about a sixth
 * of it.
 */
export const MAXIMUM_MESSAGE_BYTES = 65_536;

/**
 * Longest message of the server, in bytes: a welcome with a stage, the state and the newest readings of everybody.
 */
export const MAXIMUM_SERVER_MESSAGE_BYTES = 1_048_576;

/** Most readings in one message of a publisher: all metrics of our own extensions for several people. */
export const MAXIMUM_READINGS = 200;

/** Most cues in one message of a publisher; `feedback/` says one at a time. */
export const MAXIMUM_CUES = 20;

/** Longest serialised state of a channel, in characters: with its envelope it must fit into one message. */
export const MAXIMUM_STATE_LENGTH = 32_768;

/** Deepest nesting of a state value: deeper ones would let a stranger exhaust the stack of whoever serialises them. */
export const MAXIMUM_STATE_DEPTH = 16;

const CHANNEL_PATTERN = /^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$/i;

/** Whether a name can be a channel's: 1 to 64 of letters, digits, dots, dashes and underscores, so that it fits in a link. */
export function isChannelName(name: string): boolean {
  return CHANNEL_PATTERN.test(name);
}
