import type { ExtensionManifest } from '../manifest/manifest.ts';

/** Which extension this is. Its name alone anybody can claim. */
export interface Identity {
  readonly manifest: ExtensionManifest;
  readonly trust: 'trusted' | 'isolated';
  /** As in `ExtensionStatus`. */
  readonly source: string;
}

/** What begins the keys of all that is kept for this extension and for no other of the same name. */
export function identityKey({ manifest: { id }, trust, source }: Identity): string {
  // Without slashes: what follows is told from it by the next one.
  return `${id}/${trust}/${encodeURIComponent(source)}`;
}
