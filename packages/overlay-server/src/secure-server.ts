import type { Server } from 'node:http';
import { createServer } from 'node:https';
import { PoseCoachError } from '@pose-coach/core';

/**
 * An HTTPS server with a certificate and its key, both PEM.
 * @throws PoseCoachError `OPTION_INVALID` when they are not, or do not belong together
 */
export function createSecureServer(tls: { readonly cert: string; readonly key: string }): Server {
  try {
    return createServer({ cert: tls.cert, key: tls.key });
  } catch (cause) {
    throw new PoseCoachError(
      'OPTION_INVALID',
      'The certificate and the key cannot be used: they must be PEM files that belong together.',
      { cause },
    );
  }
}
