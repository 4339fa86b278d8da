import { PoseCoachError } from '../../base/index.ts';
import type { AnyExtensionModule } from '../api/extension-api.ts';
import type { ExtensionSource } from '../extensions.ts';
import type { ExtensionCode } from '../host.ts';
import { fetchCode } from './fetch-code.ts';
import { fetchFile } from './fetch-file.ts';
import { manifestAddress, packageFile } from './package-address.ts';

/** Bytes of a package.json at most: real ones have a few thousand. */
const MANIFEST_LIMIT = 256e3;

/** The source of what the embedder brought along. */
const IMPORTED = 'imported';

/** Where an extension is listed under before its name is known, and how it is to be treated. */
export interface PackageOrigin {
  /** As the embedder gave it; undefined when it was imported without one. */
  readonly address: string | undefined;
  /** The same for the same address, however it is written, and for the same package object. */
  readonly key: unknown;
  readonly trust: 'trusted' | 'isolated';
  /** Where it is looked for: as `source` in `ExtensionStatus`, before redirects. */
  readonly source: string;
  /** What the embedder said; undefined leaves it to what was chosen last time. */
  readonly enabled: boolean | undefined;
  /** Whether code comes with it, so that the manifest needs no `main`. */
  readonly hasModule: boolean;
  /** Reads package.json. @throws PoseCoachError `EXTENSION_UNAVAILABLE`, `OPTION_INVALID` */
  open(signal: AbortSignal): Promise<OpenedPackage>;
}

export interface OpenedPackage {
  /** The content of package.json, as it came. */
  readonly packageJson: unknown;
  /** Where it was found in the end; undefined when it came without an address. */
  readonly manifestUrl: URL | undefined;
  /** As in `ExtensionStatus`. */
  readonly source: string;
  /**
   * The code, once it is needed.
   * @param main as the manifest names it; undefined when the embedder gave the module
   * @throws PoseCoachError `EXTENSION_UNAVAILABLE`, `EXTENSION_FAILED`
   */
  loadCode(main: string | undefined, signal: AbortSignal): Promise<ExtensionCode>;
}

/** Tells what kind of source this is; fetches nothing yet. */
export function packageOrigin(source: ExtensionSource): PackageOrigin {
  if (typeof source === 'string') return fetchedPackage(source, false, undefined);
  if ('manifest' in source) {
    const { manifest, module, url, enabled } = source;
    return {
      address: url,
      key: source,
      trust: 'trusted',
      source: IMPORTED,
      enabled,
      hasModule: module !== undefined,
      open: async () => {
        const manifestUrl = url === undefined ? undefined : manifestAddress(url);
        return {
          packageJson: manifest,
          manifestUrl,
          source: IMPORTED,
          loadCode: (main) => (module === undefined ? importedCode(manifestUrl, main) : givenCode(module)),
        };
      },
    };
  }
  return fetchedPackage(source.url, source.trusted === true, source.enabled);
}

function fetchedPackage(address: string, trusted: boolean, enabled: boolean | undefined): PackageOrigin {
  const trust = trusted ? 'trusted' : 'isolated';
  const source = normalized(address);
  return {
    address,
    key: `${trust} ${source}`,
    trust,
    source,
    enabled,
    hasModule: false,
    async open(signal) {
      const file = await fetchFile(manifestAddress(address), MANIFEST_LIMIT, signal);
      return {
        packageJson: parsedManifest(file.url, decoded(file.bytes)),
        manifestUrl: file.url,
        source: file.url.href,
        loadCode: (main, codeSignal) =>
          trusted ? importedCode(file.url, main) : fetchedCode(file.url, main, codeSignal),
      };
    },
  };
}

function normalized(address: string): string {
  try {
    return manifestAddress(address).href;
  } catch {
    // Whoever opens it is told what is wrong with it.
    return address;
  }
}

async function givenCode(
  module: AnyExtensionModule | (() => Promise<AnyExtensionModule>),
): Promise<ExtensionCode> {
  return { kind: 'module', module: typeof module === 'function' ? await module() : module };
}

async function importedCode(manifestUrl: URL | undefined, main: string | undefined): Promise<ExtensionCode> {
  if (manifestUrl === undefined || main === undefined) throw withoutCode();
  const url = packageFile(manifestUrl, main);
  // The address is known at run time only: bundlers are told to leave the import alone.
  const module: unknown = await import(/* @vite-ignore */ /* webpackIgnore: true */ url.href);
  // Whether it is an extension is the host's to find out.
  return { kind: 'module', module: module as AnyExtensionModule };
}

async function fetchedCode(
  manifestUrl: URL,
  main: string | undefined,
  signal: AbortSignal,
): Promise<ExtensionCode> {
  if (main === undefined) throw withoutCode();
  return { kind: 'text', text: await fetchCode(manifestUrl, 'main', main, signal) };
}

function withoutCode(): PoseCoachError {
  return new PoseCoachError(
    'EXTENSION_UNAVAILABLE',
    'There is no code to run: name it in "main" and give the address of the package, or pass the module.',
  );
}

function decoded(bytes: ArrayBuffer): string {
  return new TextDecoder().decode(bytes);
}

function parsedManifest(url: URL, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const found = /^\s*</.test(text) ? 'a web page' : 'not JSON';
    throw new PoseCoachError(
      'EXTENSION_UNAVAILABLE',
      `${url.href} is ${found}. Give the address of the extension's package.json or of its folder.`,
      { cause: error },
    );
  }
}
