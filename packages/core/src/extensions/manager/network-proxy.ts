import { PoseCoachError, toPoseCoachError } from '../../base/index.ts';
import type { NetworkRequest, NetworkResponse } from '../api/extension-api.ts';
import { ANSWER_LIMIT } from '../host-limits.ts';
import type { ExtensionManifest, Permission } from '../manifest/manifest.ts';
import { demand } from './permissions.ts';
import { readResponse } from './read-response.ts';

/**
 * Asks a server on behalf of an extension: only the very origins that it was granted, without cookies, without
 * telling where from, and without following the server elsewhere.
 * @throws PoseCoachError `PERMISSION_DENIED`, `OPTION_INVALID` for the address, `CONNECTION_LOST`, `PAYLOAD_TOO_LARGE`
 */
export async function proxyFetch(
  manifest: ExtensionManifest,
  granted: readonly Permission[],
  address: string,
  request: NetworkRequest,
  signal: AbortSignal,
): Promise<NetworkResponse> {
  const url = parsed(address);
  demand(manifest, granted, `network:${url.origin}`);
  const init = requestInit(request, signal);
  try {
    const response = await fetch(url, init);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await readResponse(response, ANSWER_LIMIT),
    };
  } catch (error) {
    throw toPoseCoachError(
      error,
      'CONNECTION_LOST',
      `${url.origin} did not answer, sent elsewhere (which is not followed), or does not allow this page (CORS).`,
    );
  }
}

function parsed(address: string): URL {
  try {
    const url = new URL(address);
    if ((url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '')
      return url;
  } catch {
    // Said below: an address that is none is as useless as one of another kind.
  }
  throw new PoseCoachError(
    'OPTION_INVALID',
    'Give a complete http or https address, without name and password in it.',
  );
}

/** What the request consists of was looked at where it was made: in the extension's context, or at its frame's border. */
function requestInit({ method, headers, body }: NetworkRequest, signal: AbortSignal): RequestInit {
  return {
    ...(method === undefined ? {} : { method }),
    ...(headers === undefined ? {} : { headers: { ...headers } }),
    ...(body === undefined ? {} : { body }),
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal,
  };
}
