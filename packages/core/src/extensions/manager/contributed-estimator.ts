import { type Disposable, PoseCoachError } from '../../base/index.ts';
import type { EstimatorOptions, PoseEstimator, PoseEstimatorFactory } from '../../inference/index.ts';
import { messageOf } from '../runtime/index.ts';
import { abortable } from './abortable.ts';

/** An engine's factory, and how to hear that its extension runs no longer. */
export interface EngineAccess {
  readonly extension: string;
  readonly factory: PoseEstimatorFactory;
  onGone(listener: () => void): Disposable;
}

/**
 * An engine that an extension contributes, as `createCoach` takes it.
 * @param access activates the extension and gives what it has registered
 */
export function contributedEstimator(id: string, access: () => Promise<EngineAccess>): PoseEstimatorFactory {
  return {
    async create(options) {
      try {
        const { extension, factory, onGone } = await abortable(access, options.signal);
        return await make(id, extension, factory, onGone, options);
      } catch (thrown) {
        throw asEngineError(id, thrown);
      }
    },
  };
}

async function make(
  id: string,
  extension: string,
  factory: PoseEstimatorFactory,
  onGone: EngineAccess['onGone'],
  { signal, onProgress }: EstimatorOptions,
): Promise<PoseEstimator> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  let gone = false;
  let engine: PoseEstimator | undefined;
  const listening = onGone(() => {
    gone = true;
    abort();
    // It is of no use any more; a last word of it is nobody's.
    engine?.dispose().catch(() => undefined);
  });
  const missing = () =>
    new PoseCoachError(
      'ENGINE_FAILED',
      `The engine "${id}" is gone: "${extension}" was switched off or has failed. Switch it on again, or choose another engine.`,
    );
  signal.addEventListener('abort', abort, { once: true });
  try {
    const made = await factory.create({ signal: stop.signal, onProgress });
    if (gone) {
      await made.dispose();
      throw missing();
    }
    engine = made;
    return {
      info: made.info,
      events: made.events,
      reset: () => {
        if (!gone) made.reset();
      },
      async estimate(image, timestamp) {
        if (gone) {
          image.close();
          throw missing();
        }
        try {
          return await made.estimate(image, timestamp);
        } catch (error) {
          throw gone ? missing() : error;
        }
      },
      async dispose() {
        listening.dispose();
        signal.removeEventListener('abort', abort);
        await made.dispose();
      },
    };
  } catch (error) {
    listening.dispose();
    signal.removeEventListener('abort', abort);
    throw gone ? missing() : error;
  }
}

/** Errors of an engine stay what they are; those of its extension become ones that a pipeline understands. */
function asEngineError(id: string, thrown: unknown): PoseCoachError {
  const foreign =
    thrown instanceof PoseCoachError && !/^(EXTENSION|MANIFEST|PERMISSION|DISPOSED)/.test(thrown.code);
  if (foreign) return thrown;
  const code =
    thrown instanceof PoseCoachError && thrown.code === 'EXTENSION_NOT_FOUND'
      ? 'ENGINE_UNSUPPORTED'
      : 'ENGINE_FAILED';
  return new PoseCoachError(code, `The engine "${id}" cannot be used: ${messageOf(thrown)}`, {
    cause: thrown,
  });
}
