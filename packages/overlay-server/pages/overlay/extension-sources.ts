import type { OverlaySource } from '@pose-coach/core/overlay-parts';

/** Milliseconds for which an overlay waits for the list of extensions before it begins with what it brings itself. */
const PATIENCE = 3000;

/**
 * The extensions that the server was started with, whose widgets and themes are isolated from the page. A list that
 * cannot be had leaves the overlay with its own, and is said on the console, which OBS writes into its log.
 */
export async function fetchExtensionSources(): Promise<readonly OverlaySource[]> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  try {
    const response = await fetch('/api/extensions', { signal: abort.signal });
    if (!response.ok) throw new Error(`The server answered with status ${response.status}.`);
    return readExtensionSources(await response.json());
  } catch (error) {
    console.warn('The list of extensions could not be loaded; reload this page to try again.', error);
    return [];
  } finally {
    clearTimeout(timer);
  }
}

/** What the answer lists; what is not as it should be is left out. */
export function readExtensionSources(answer: unknown): readonly OverlaySource[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((entry: unknown) =>
    isRecord(entry) && typeof entry.url === 'string' && isRecord(entry.manifest)
      ? [{ manifest: entry.manifest, url: entry.url }]
      : [],
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
