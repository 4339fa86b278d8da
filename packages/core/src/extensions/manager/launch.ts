import type { Clock, JsonValue, PoseCoachError } from '../../base/index.ts';
import type { ExtensionCode, LogLevel, RunningExtension } from '../host.ts';
import { abortable } from './abortable.ts';
import { OwnState } from './global-state.ts';
import type { Hosts } from './hosts.ts';
import type { Identity } from './identity.ts';
import type { KeptValues } from './kept-values.ts';
import { inTime } from './load-limit.ts';
import type { ManagedContext } from './managed-extension.ts';
import { PackageAssets } from './package-assets.ts';
import type { OpenedPackage, PackageOrigin } from './package-source.ts';
import { runServices } from './run-services.ts';
import type { Settings } from './settings.ts';

export interface LaunchParts {
  readonly clock: Clock;
  readonly hosts: Hosts;
  readonly kept: KeptValues;
  readonly settings: Settings;
  executeCommand(id: string, values: readonly JsonValue[]): Promise<JsonValue | undefined>;
}

/** How one extension's code is loaded and handed to its host, every time it is started. */
export function launcher(
  { clock, hosts, kept, settings, executeCommand }: LaunchParts,
  identity: Identity,
  { hasModule }: PackageOrigin,
  opened: OpenedPackage,
  log: (level: LogLevel, message: string) => void,
): ManagedContext['launch'] {
  const { manifest, trust } = identity;
  const { id } = manifest;
  const state = new OwnState(kept, identity);
  const assets = new PackageAssets(opened.manifestUrl, manifest.assets);
  let code: ExtensionCode | undefined;

  return async ({ granted, signal, again }, failed: (error: PoseCoachError) => void) => {
    if (manifest.main === undefined && !hasModule) return undefined;
    if (!again || code === undefined) {
      code = await inTime(
        opened.loadCode(manifest.main, signal),
        clock,
        signal,
        `The code of "${manifest.title}"`,
      );
    }
    const host = await abortable(() => hosts.get(trust), signal);
    const services = runServices({ manifest, granted, state, assets, signal, log, executeCommand, failed });
    const given = settings.values(id);
    const running: RunningExtension = await host.start({
      manifest,
      code,
      permissions: granted,
      settings: given,
      services,
      signal,
    });
    // What was changed while it was starting it has not been told yet.
    const now = settings.values(id);
    const changed = Object.keys(now).filter((setting) => now[setting] !== given[setting]);
    if (changed.length > 0) running.configure(now, changed);
    return running;
  };
}
