import { type Clock, PoseCoachError } from '../../base/index.ts';
import { abortable } from './abortable.ts';

/** Milliseconds that a file may take to come: a slow connection has brought five megabytes by then. */
const LIMIT = 60_000;

/**
 * What `loading` gives, unless it takes too long or is called off.
 * @param what names what is loaded in the error
 * @throws PoseCoachError `EXTENSION_UNAVAILABLE` when it has not come in time, `ABORTED`, whatever `loading` does
 */
export function inTime<T>(loading: Promise<T>, clock: Clock, signal: AbortSignal, what: string): Promise<T> {
  let cancel = () => {};
  const limit = new Promise<never>((_, reject) => {
    cancel = clock.delay(LIMIT, () =>
      reject(
        new PoseCoachError(
          'EXTENSION_UNAVAILABLE',
          `${what} has not come within ${LIMIT / 1000} seconds. Check the connection, and try again.`,
        ),
      ),
    );
  });
  return abortable(() => Promise.race([loading, limit]), signal).finally(() => cancel());
}
