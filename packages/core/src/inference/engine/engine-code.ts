import type { EngineSettings } from './engine-messages.ts';
import type { Wire } from './serve-engine.ts';

/** The code of an engine's worker at an address that it can be started from. */
export interface EngineCode {
  readonly url: string;
  /** Its file in the core package, for pages that have to serve it themselves. */
  readonly file: string;
  /** Loads it on this thread. */
  load(): Promise<EngineModule>;
  /** Takes the address back. */
  revoke(): void;
}

/** What a worker's file gives to a page that imports it. */
export interface EngineModule {
  serve(wire: Wire<EngineSettings>): void;
}

/**
 * The address given, or a blob that lives until it is revoked: blobs work in every bundler and from another origin.
 * @param source the worker's text
 * @param workerUrl where the page serves the same `file`
 */
export function engineCode(source: string, file: string, workerUrl: string | URL | undefined): EngineCode {
  if (workerUrl !== undefined) {
    const url = new URL(workerUrl, globalThis.location.href).href;
    return { url, file, load: () => loadOnce(url, url), revoke: () => undefined };
  }
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  return { url, file, load: () => loadOnce(file, url), revoke: () => URL.revokeObjectURL(url) };
}

/** A page keeps modules, and the memory of what runs in them, for as long as it lives: one of each file must do. */
const loaded = new Map<string, Promise<EngineModule>>();

function loadOnce(key: string, url: string): Promise<EngineModule> {
  const known = loaded.get(key);
  if (known) return known;
  const loading: Promise<EngineModule> = import(/* @vite-ignore */ /* webpackIgnore: true */ url);
  loaded.set(key, loading);
  // What failed may be there the next time.
  loading.catch(() => loaded.delete(key));
  return loading;
}
