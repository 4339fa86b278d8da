import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { PoseCoachError } from '@pose-coach/core';

/** Bytes of randomness in a token that the server makes: nobody guesses 144 bits, and it has no padding in base64. */
const TOKEN_BYTES = 18;

/** Characters of a viewer key: 132 bits of the HMAC, short enough to be read in a link. */
const KEY_LENGTH = 22;

/** Shortest token that is accepted: shorter ones are words, and words are guessed. */
const SHORTEST_TOKEN = 16;

/** Longest token, so that a hello that carries it stays small. */
const LONGEST_TOKEN = 256;

/** What the HMAC of a viewer key is made for, so that it can never be taken for something else's. */
const KEY_PURPOSE = 'pose-coach overlay';

/** Who may do what: the token publishes, and a channel's viewer key, which is derived from it, watches. */
export interface Access {
  /** The key that an overlay link carries. Changing the token changes it, which revokes all links. */
  viewerKey(channel: string): string;
  mayPublish(token: string | undefined): boolean;
  /** With the channel's viewer key, or with the token itself. */
  mayWatch(channel: string, key: string | undefined): boolean;
}

/** The rights that hang on one publisher token. Comparisons take the same time whatever is wrong. */
export function createAccess(token: string): Access {
  const mayPublish = (given: string | undefined) => given !== undefined && same(given, token);
  const viewerKey = (channel: string) =>
    createHmac('sha256', token).update(`${KEY_PURPOSE}\n${channel}`).digest('base64url').slice(0, KEY_LENGTH);
  return {
    viewerKey,
    mayPublish,
    mayWatch: (channel, key) => key !== undefined && (same(key, viewerKey(channel)) || mayPublish(key)),
  };
}

/** A new publisher token, fit for a link. */
export function createToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/**
 * A token as it is, if it can be one.
 * @throws PoseCoachError `OPTION_INVALID`
 */
export function checkToken(token: string): string {
  if (token.length >= SHORTEST_TOKEN && token.length <= LONGEST_TOKEN && /^[\x21-\x7e]+$/.test(token))
    return token;
  throw new PoseCoachError(
    'OPTION_INVALID',
    `The token must be ${SHORTEST_TOKEN} to ${LONGEST_TOKEN} letters, digits or signs without spaces, so that nobody guesses it.`,
  );
}

function same(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
