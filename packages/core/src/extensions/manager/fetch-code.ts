import { PoseCoachError } from '../../base/index.ts';
import { fetchFile } from './fetch-file.ts';
import { packageFile } from './package-address.ts';

/** Bytes of an extension's code at most: a page that loads more is no pleasure to anybody. */
const CODE_LIMIT = 5e6;

/**
 * Fetches a module of a package, as text.
 * @param field what names it in the manifest
 * @param path as it is named there
 * @throws PoseCoachError `EXTENSION_UNAVAILABLE`, `OPTION_INVALID`, `ABORTED`
 */
export async function fetchCode(
  manifestUrl: URL,
  field: 'main' | 'overlay',
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const file = await fetchFile(packageFile(manifestUrl, path), CODE_LIMIT, signal);
  const text = new TextDecoder().decode(file.bytes);
  if (/^text\/html\b/i.test(file.contentType) || /^\s*<(!doctype|html|\?xml)/i.test(text))
    throw new PoseCoachError(
      'EXTENSION_UNAVAILABLE',
      `${file.url.href} is a web page, not a script. Check "${field}" in the manifest, and that the extension was built.`,
    );
  if (text.trim() === '')
    throw new PoseCoachError('EXTENSION_UNAVAILABLE', `${file.url.href} is empty. Build the extension.`);
  return text;
}
