import type { JsonValue, PoseCoachError } from '../../base/index.ts';
import type { ExtensionServices, LogLevel } from '../host.ts';
import type { ExtensionManifest, Permission } from '../manifest/manifest.ts';
import type { OwnState } from './global-state.ts';
import { proxyFetch } from './network-proxy.ts';
import type { PackageAssets } from './package-assets.ts';
import { demand } from './permissions.ts';

/** What one run of an extension has at hand. */
export interface RunMeans {
  readonly manifest: ExtensionManifest;
  readonly granted: readonly Permission[];
  readonly state: OwnState;
  readonly assets: PackageAssets;
  /** Aborted when the run is over: what it still waits for from the network is called off. */
  readonly signal: AbortSignal;
  log(level: LogLevel, message: string): void;
  executeCommand(id: string, values: readonly JsonValue[]): Promise<JsonValue | undefined>;
  failed(error: PoseCoachError): void;
}

/** The services of one run, each behind the permission it needs. */
export function runServices(means: RunMeans): ExtensionServices {
  const { manifest, granted, state, assets, signal } = means;
  const stored = async <T>(work: () => Promise<T>): Promise<T> => {
    demand(manifest, granted, 'storage');
    return work();
  };
  return {
    log: (level, message) => means.log(level, message),
    executeCommand: (id, values) => means.executeCommand(id, values),
    stateGet: (key) => stored(() => state.get(key)),
    stateSet: (key, value) => stored(() => state.set(key, value)),
    stateKeys: () => stored(() => state.keys()),
    asset: (path) => assets.read(path, signal),
    fetch: (url, request) => proxyFetch(manifest, granted, url, request, signal),
    failed: (error) => means.failed(error),
  };
}
