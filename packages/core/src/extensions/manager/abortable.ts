import { PoseCoachError } from '../../base/index.ts';

/**
 * What `work` gives, unless `signal` aborts before: then it rejects at once, whatever becomes of the work, which is
 * not even begun when it was called off already.
 * @throws PoseCoachError `ABORTED`
 */
export function abortable<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(calledOff());
      return;
    }
    const abort = () => reject(calledOff());
    signal.addEventListener('abort', abort, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}

export function calledOff(): PoseCoachError {
  return new PoseCoachError('ABORTED', 'It was called off before it was done.');
}
