import { type Clock, PoseCoachError, systemClock } from '../../base/index.ts';
import type { ExtensionHost } from '../host.ts';
import { hostGoneError } from '../runtime/index.ts';
import type { Isolation } from './isolation.ts';
import type { IsolationLimits } from './isolation-limits.ts';

export interface IsolatedHostOptions {
  readonly clock?: Clock;
  /**
   * Where `@pose-coach/core/extension-frame.html` is served, for pages whose content security policy forbids scripts
   * in a `srcdoc`. It must be answered without that policy: it brings its own. In a cross-origin isolated page it
   * must be answered with `cross-origin-embedder-policy: require-corp` and `cross-origin-resource-policy: cross-origin`
   * (to Firefox a sandboxed frame is of another origin than its server).
   */
  readonly frameUrl?: string;
  /** How long extensions may take, in ms; what is absent is as documented. */
  readonly limits?: Partial<IsolationLimits>;
}

/**
 * Runs extensions where they can do no harm: each in a worker of its own, inside one hidden frame without origin and
 * without network. The frame is made for the first extension and taken away with the last. Browsers only: Node has
 * no such place, and refuses with `EXTENSION_UNTRUSTED`. Where the page's policy does not allow the frame, starting
 * fails with `EXTENSION_UNAVAILABLE`, which says what to do.
 *
 * Memory cannot be limited in a browser's worker. Chromium runs the frame in a process of its own; when one of the
 * extensions exhausts it, all of them end: the one that fell silent first fails with `EXTENSION_FAILED`, the others
 * with `ABORTED`, and can be started again at once.
 */
export function isolatedHost(options: IsolatedHostOptions = {}): ExtensionHost {
  const { clock = systemClock, frameUrl, limits = {} } = options;
  let isolation: Promise<Isolation> | undefined;
  let disposed = false;

  return {
    start: async (request) => {
      if (typeof document === 'undefined') throw nowhere(request.manifest.title);
      if (disposed) throw hostGoneError();
      isolation ??= load(clock, frameUrl, limits);
      const loading = isolation;
      // A network that failed once may be back: the next start tries again.
      loading.catch(() => {
        if (isolation === loading) isolation = undefined;
      });
      return (await loading).start(request);
    },
    dispose: () => {
      disposed = true;
      isolation?.then(
        (made) => made.dispose(),
        () => undefined,
      );
    },
  };
}

/** Not before it is needed: pages with trusted extensions only never load the worker's code. */
async function load(
  clock: Clock,
  frameUrl: string | undefined,
  limits: Partial<IsolationLimits>,
): Promise<Isolation> {
  const { Isolation } = await import('./isolation.ts');
  return new Isolation(clock, frameUrl, limits);
}

function nowhere(extension: string): PoseCoachError {
  return new PoseCoachError(
    'EXTENSION_UNTRUSTED',
    `${extension} is not trusted, and there is nowhere to lock it away here: Node and workers run trusted extensions only. Trust it if you know its author, or run it in a browser's page.`,
  );
}
