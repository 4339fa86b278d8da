import type { ExtensionSource, Extensions } from '@pose-coach/core/extensions';

/**
 * The extensions of a `<pose-coach>`: addresses parted by spaces, a list of sources, or a set that somebody else
 * made, and disposes.
 */
export type ExtensionsInput = string | readonly ExtensionSource[] | Extensions;

/** What was named, as a list; nothing for a set that is ready. */
export function extensionSources(input: ExtensionsInput): readonly ExtensionSource[] | undefined {
  if (typeof input === 'string') return input.split(/\s+/).filter(Boolean);
  return isList(input) ? input : undefined;
}

/**
 * What makes one source the same as another: its absolute address, or its manifest itself. A page that builds its
 * list anew for every change keeps its extensions running that way.
 */
export function sourceKey(source: ExtensionSource, base: string): unknown {
  if (typeof source !== 'string' && 'manifest' in source) return source.manifest;
  const { url, trusted = false } = typeof source === 'string' ? { url: source } : source;
  return `${trusted ? 'trusted ' : ''}${absolute(url, base)}`;
}

/** What is no address is left as it is: adding it says what is wrong with it. */
function absolute(url: string, base: string): string {
  try {
    return new URL(url, base).href;
  } catch {
    return url;
  }
}

function isList(input: object): input is readonly ExtensionSource[] {
  return Array.isArray(input);
}
