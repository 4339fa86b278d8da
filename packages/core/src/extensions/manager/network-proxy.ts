import { PoseCoachError, toPoseCoachError } from '../../base/index.ts';
import type { NetworkRequest, NetworkResponse } from '../api/extension-api.ts';
import { ANSWER_LIMIT } from '../host-limits.ts';
import type { ExtensionManifest, Permission } from '../manifest/manifest.ts';
import { demand } from './permissions.ts';
import { readResponse } from './read-response.ts';

/**
 * Asks a server on behalf of an extension: only the very origins that it was granted, without cookies, without
 * telling where from, and without following the server elsewhere.
 * @throws PoseCoachError `PERMISSION_DENIED`, `OPTION_INVALID`, `CONNECTION_LOST`, `PAYLOAD_TOO_LARGE`
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

function requestInit({ method, headers, body }: NetworkRequest, signal: AbortSignal): RequestInit {
  const sound =
    (method === undefined || typeof method === 'string') &&
    (body === undefined || typeof body === 'string' || body instanceof ArrayBuffer) &&
    (headers === undefined ||
      (typeof headers === 'object' &&
        headers !== null &&
        Object.values(headers).every((value) => typeof value === 'string')));
  if (!sound)
    throw new PoseCoachError(
      'OPTION_INVALID',
      'A request has a method (text), headers (texts by name) and a body (text or ArrayBuffer).',
    );
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
