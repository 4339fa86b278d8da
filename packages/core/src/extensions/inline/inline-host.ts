import { type Clock, PoseCoachError, systemClock } from '../../base/index.ts';
import type { ExtensionHost, RunningExtension, StartRequest } from '../host.ts';
import { ExtensionRuntime, extensionError } from '../runtime/index.ts';
import { InlineExtension } from './inline-extension.ts';
import { withinTime } from './time-limit.ts';

/** Milliseconds that `activate` may take: as the API says. */
const ACTIVATION_LIMIT = 10_000;

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
      const { manifest, signal } = request;
      if (disposed) throw hostDisposed();
      if (signal.aborted) throw aborted(manifest.id);
      const module = moduleOf(request);
      const { permissions, settings, services } = request;
      const runtime = new ExtensionRuntime({ manifest, permissions, settings, services, trusted: true });

      let extension: InlineExtension | undefined;
      let refuseStart: (error: PoseCoachError) => void = () => {};
      const end = (error: PoseCoachError) => {
        forget();
        if (extension) extension.end(error);
        else runtime.dispose();
        refuseStart(error);
      };
      const onAbort = () => end(aborted(manifest.id));
      const forget = () => {
        endings.delete(end);
        signal.removeEventListener('abort', onAbort);
      };
      endings.add(end);
      signal.addEventListener('abort', onAbort);
      const ended = new Promise<never>((_, reject) => {
        refuseStart = reject;
      });
      try {
        await withinTime(Promise.race([runtime.activate(module), ended]), clock, ACTIVATION_LIMIT, () =>
          extensionError(
            manifest.id,
            'function activate',
            `not done after ${ACTIVATION_LIMIT / 1000} seconds`,
          ),
        );
      } catch (error) {
        forget();
        runtime.dispose();
        throw error;
      }
      extension = new InlineExtension({ manifest, runtime, services, clock, onEnd: forget });
      return extension satisfies RunningExtension;
    },
    dispose: () => {
      disposed = true;
      for (const end of [...endings]) end(hostDisposed());
    },
  };
}

function moduleOf({ manifest, code }: StartRequest): unknown {
  if (code.kind === 'module') return code.module;
  throw new PoseCoachError(
    'EXTENSION_FAILED',
    `${manifest.id} came as text, and extensions inline are modules: import it and hand over the module, or run it isolated.`,
  );
}

function aborted(extension: string): PoseCoachError {
  return new PoseCoachError('ABORTED', `${extension} was ended from outside: switch it on again to use it.`);
}

function hostDisposed(): PoseCoachError {
  return new PoseCoachError('DISPOSED', 'The host of this extension is gone: make a new one.');
}
