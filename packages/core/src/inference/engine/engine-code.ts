/** The code of an engine's worker at an address that it can be started from. */
export interface EngineCode {
  readonly url: string;
  /** Its file in the core package, for pages that have to serve it themselves. */
  readonly file: string;
  /** Takes the address back. */
  revoke(): void;
}

/**
 * The address given, or a blob that lives until it is revoked: blobs work in every bundler and from another origin.
 * @param source the worker's text
 * @param workerUrl where the page serves the same `file`
 */
export function engineCode(source: string, file: string, workerUrl: string | URL | undefined): EngineCode {
  if (workerUrl !== undefined) {
    return { url: new URL(workerUrl, globalThis.location.href).href, file, revoke: () => undefined };
  }
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  return { url, file, revoke: () => URL.revokeObjectURL(url) };
}
