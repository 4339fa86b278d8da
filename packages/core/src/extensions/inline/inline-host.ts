import { type Clock, PoseCoachError, systemClock, toPoseCoachError } from '../../base/index.ts';
import type { ExtensionHost, RunningExtension, StartRequest } from '../host.ts';
import { ACTIVATION_LIMIT } from '../host-limits.ts';
import { ExtensionRuntime, endedError, extensionError, hostGoneError, messageOf } from '../runtime/index.ts';
import { secondsText } from '../seconds-text.ts';
import { InlineExtension } from './inline-extension.ts';
import { TimeLimit } from './time-limit.ts';

export interface InlineHostOptions {
  readonly clock?: Clock;
}

/**
 * Runs extensions in this realm, in browsers and Node, at next to no cost: for code that is trusted. What they throw
 * is contained; a loop without end, memory without bound and a rejection that nobody handles are the page's. Takes
 * modules only; disposing it ends all that it has started.
 */
export function inlineHost({ clock = systemClock }: InlineHostOptions = {}): ExtensionHost {
  const endings = new Set<(error: PoseCoachError) => void>();
  let disposed = false;

  return {
    start: async (request) => {
      const { manifest, permissions, settings, services, signal } = request;
      if (disposed) throw hostGoneError();
      if (signal.aborted) throw endedError(manifest.title);
      const module = moduleOf(request);
      const limit = new TimeLimit(clock);
      const runtime = new ExtensionRuntime({ manifest, permissions, settings, services, trusted: true });
      const onEnd = () => {
        endings.delete(end);
        signal.removeEventListener('abort', onAbort);
      };
      const extension = new InlineExtension({ manifest, runtime, services, limit, onEnd });
      const end = (error: PoseCoachError) => extension.end(error);
      const onAbort = () => end(endedError(manifest.title));
      endings.add(end);
      signal.addEventListener('abort', onAbort);
      try {
        await limit.within(runtime.activate(module), ACTIVATION_LIMIT, () =>
          extensionError(
            manifest.title,
            'function activate',
            `not done after ${secondsText(ACTIVATION_LIMIT)}`,
          ),
        );
      } catch (thrown) {
        const error = toPoseCoachError(thrown, 'EXTENSION_FAILED', messageOf(thrown));
        end(error);
        throw error;
      }
      return extension satisfies RunningExtension;
    },
    dispose: () => {
      disposed = true;
      for (const end of [...endings]) end(hostGoneError());
    },
  };
}

function moduleOf({ manifest, code }: StartRequest): unknown {
  if (code.kind === 'module') return code.module;
  throw new PoseCoachError(
    'EXTENSION_FAILED',
    `${manifest.title} came as text, and extensions inline are modules: import it and hand over the module, or run it isolated.`,
  );
}
