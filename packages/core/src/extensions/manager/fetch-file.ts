import { PoseCoachError, toPoseCoachError } from '../../base/index.ts';
import { readResponse } from './read-response.ts';

/** The part of Node that reads files; reached without an import, which bundlers for browsers would stumble over. */
interface NodeLike {
  getBuiltinModule?(name: string): { readFile(path: URL): Promise<Uint8Array> } | undefined;
}

export interface FetchedFile {
  /** Where it was found in the end, behind redirects. */
  readonly url: URL;
  readonly bytes: ArrayBuffer;
  /** As the server calls it; empty where nobody says. */
  readonly contentType: string;
}

/**
 * Fetches a file of a package, without telling its server where from.
 * @param limit bytes
 * @throws PoseCoachError `EXTENSION_UNAVAILABLE`, with what to do; `ABORTED`
 */
export async function fetchFile(url: URL, limit: number, signal?: AbortSignal): Promise<FetchedFile> {
  try {
    if (url.protocol === 'file:') return await readFile(url, limit);
    const response = await fetch(url, {
      referrerPolicy: 'no-referrer',
      ...(signal === undefined ? {} : { signal }),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new PoseCoachError(
        'EXTENSION_UNAVAILABLE',
        `${url.href} answered ${response.status}${response.statusText ? ` (${response.statusText})` : ''}. Check the address, and that the server serves this file.`,
      );
    }
    return {
      url: new URL(response.url || url.href),
      bytes: await readResponse(response, limit),
      contentType: response.headers.get('content-type') ?? '',
    };
  } catch (error) {
    if (signal?.aborted)
      throw new PoseCoachError('ABORTED', `Loading ${url.href} was called off.`, { cause: error });
    if (error instanceof PoseCoachError && error.code === 'PAYLOAD_TOO_LARGE')
      throw new PoseCoachError('EXTENSION_UNAVAILABLE', error.message, { cause: error });
    throw toPoseCoachError(
      error,
      'EXTENSION_UNAVAILABLE',
      `${url.href} cannot be reached. Check the address and the connection; a server on another origin must allow this page (CORS).`,
    );
  }
}

async function readFile(url: URL, limit: number): Promise<FetchedFile> {
  const node = (globalThis as { process?: NodeLike }).process;
  const files = node?.getBuiltinModule?.('node:fs/promises');
  if (files === undefined)
    throw new PoseCoachError(
      'EXTENSION_UNAVAILABLE',
      `${url.href} lies on a disk, which pages cannot read. Serve its folder over https.`,
    );
  const bytes = await files.readFile(url);
  if (bytes.byteLength > limit)
    throw new PoseCoachError(
      'EXTENSION_UNAVAILABLE',
      `${url.href} is larger than ${limit / 1e6} MB, which is the most that is read here.`,
    );
  return { url, bytes: new Uint8Array(bytes).buffer, contentType: '' };
}
