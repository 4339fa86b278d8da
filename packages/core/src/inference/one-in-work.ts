import { Observable, type OperatorFunction } from 'rxjs';

/** What is done with values that cost something to hold, such as pictures. */
export interface Work<T, R> {
  /** Turns a value into a result; from the call on the value is its own to release. Rejecting ends the stream. */
  project(value: T): Promise<R>;
  /** Releases a value that never got into work. */
  discard(value: T): void;
  /** Nothing is taken into work before this resolves; rejecting ends the stream. */
  readonly ready?: Promise<unknown>;
}

/**
 * One value in work, at most `slots` waiting; when one more comes, the oldest waiting is discarded. Every value
 * is given to `project` or to `discard`, exactly once, also when the stream errors or is unsubscribed.
 */
export function oneInWork<T, R>(
  { project, discard, ready }: Work<T, R>,
  slots: number,
): OperatorFunction<T, R> {
  return (source) =>
    new Observable((subscriber) => {
      const waiting: T[] = [];
      let busy = ready !== undefined;
      let ended = false;

      const release = () => {
        for (const value of waiting.splice(0)) discard(value);
      };
      const fail = (error: unknown) => {
        release();
        subscriber.error(error);
      };
      const advance = () => {
        busy = false;
        if (subscriber.closed) return;
        for (const value of waiting.splice(0, 1)) return start(value);
        if (ended) subscriber.complete();
      };
      const start = (value: T) => {
        busy = true;
        project(value).then((result) => {
          subscriber.next(result);
          advance();
        }, fail);
      };

      subscriber.add(release);
      ready?.then(advance, fail);
      subscriber.add(
        source.subscribe({
          next: (value) => {
            if (subscriber.closed) {
              discard(value);
            } else if (busy) {
              waiting.push(value);
              for (const oldest of waiting.splice(0, waiting.length - slots)) discard(oldest);
            } else {
              start(value);
            }
          },
          error: fail,
          complete: () => {
            ended = true;
            if (!busy && waiting.length === 0) subscriber.complete();
          },
        }),
      );
    });
}
