import { PoseCoachError } from '../../base/index.ts';

/**
 * What `work` gives, unless `signal` aborts before: then it rejects at once, whatever becomes of the work.
 * @throws PoseCoachError `ABORTED`
 */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new PoseCoachError('ABORTED', 'It was called off before it was done.'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
