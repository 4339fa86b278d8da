/** The folder that this script lies in: where models, WASM and the sample are looked for unless told otherwise. */
export function defaultAssets(): string {
  // The base in a variable: bundlers would take `new URL('./', import.meta.url)` for a file to copy.
  const script = import.meta.url;
  return new URL('./', script).href;
}

/** A folder's address as an absolute one with a slash at its end, so that names can be appended. */
export function folderAddress(address: string): string {
  const absolute = new URL(address, document.baseURI).href;
  return absolute.endsWith('/') ? absolute : `${absolute}/`;
}
