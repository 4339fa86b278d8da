/**
 * Where assets are unless told otherwise: the folder of the script this code was loaded from. Bundlers that
 * replace `import.meta.url` by a path of the developer's disk leave the page's own folder.
 */
export function defaultAssets(): string {
  const script = import.meta.url;
  return new URL('.', /^https?:/.test(script) ? script : globalThis.location.href).href;
}
