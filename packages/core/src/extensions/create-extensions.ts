import { type Clock, systemClock } from '../base/index.ts';
import type { ExtensionSource, ExtensionStorage, Extensions } from './extensions.ts';
import type { ExtensionHost } from './host.ts';
import { ExtensionManager } from './manager/extension-manager.ts';
import { Hosts } from './manager/hosts.ts';
import type { AskPermission } from './manager/permissions.ts';
import { defaultStorage } from './manager/storage.ts';

export interface ExtensionsOptions {
  /** Added at once; `ready` resolves when they are listed. */
  readonly sources?: readonly ExtensionSource[];
  /**
   * Asked before an extension gets anything beyond `poses` and `hands`, once per extension and version.
   * @returns what is granted; without this callback nothing more is
   */
  readonly onPermission?: AskPermission;
  /** Where settings, switches, answers and stored values are kept. Default: `localStorage`, or memory where there is none. */
  readonly storage?: ExtensionStorage;
  readonly clock?: Clock;
  /** Where the sandboxed frame is served, for pages whose policy (CSP) forbids scripts in the document. */
  readonly frameUrl?: string;
  /** Hosts of one's own; disposed with the extensions. Default: `inlineHost()`, and `isolatedHost()` in pages. */
  readonly inlineHost?: ExtensionHost;
  readonly isolatedHost?: ExtensionHost;
}

/**
 * Makes what keeps and runs extensions, for `createCoach({ extensions })` or by itself.
 *
 * ```ts
 * const extensions = createExtensions({ sources: ['/extensions/hello/'] });
 * const coach = createCoach({ estimator, source, extensions });
 * await extensions.ready;
 * console.log(extensions.contributions('metrics'));
 * coach.frames.subscribe(({ readings, cues }) => …);
 * ```
 */
export function createExtensions(options: ExtensionsOptions = {}): Extensions {
  const { clock = systemClock, storage = defaultStorage(), onPermission } = options;
  return new ExtensionManager({
    clock,
    storage,
    hosts: new Hosts({ ...options, clock }),
    isolates: options.isolatedHost !== undefined || typeof document !== 'undefined',
    ask: onPermission,
    sources: options.sources ?? [],
  });
}
