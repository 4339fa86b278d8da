import type { InferenceSession, InferenceSessionFactory, Tensor } from 'onnxruntime-web';

/** The real ONNX Runtime, wrapped so that a test can count what is alive and do to it what cannot be ordered. */
export interface InstrumentedRuntime {
  /** Sessions that were made and not released. */
  readonly sessions: number;
  /** Results that were given out and not disposed. */
  readonly results: number;
  /** Networks that were calculated so far. */
  readonly runs: number;
  /** Lets the next calculation of any session fail. */
  failOnce(): void;
}

/** Wraps every session that is made from now on with a runtime's `InferenceSession`. */
export function instrumentRuntime(runtime: InferenceSessionFactory): InstrumentedRuntime {
  const counts = { sessions: 0, results: 0, runs: 0 };
  let fails = false;

  const watch = (result: Tensor) => {
    counts.results += 1;
    const dispose = result.dispose.bind(result);
    result.dispose = () => {
      counts.results -= 1;
      dispose();
    };
  };
  const wrap = (session: InferenceSession) => {
    counts.sessions += 1;
    const run = session.run.bind(session) as (...given: unknown[]) => Promise<Record<string, Tensor>>;
    session.run = async (...given: unknown[]) => {
      if (fails) {
        fails = false;
        throw new Error('a failure that a test ordered');
      }
      const results = await run(...given);
      counts.runs += 1;
      for (const result of Object.values(results)) watch(result);
      return results;
    };
    const release = session.release.bind(session);
    session.release = async () => {
      counts.sessions -= 1;
      await release();
    };
    return session;
  };
  const create = runtime.create.bind(runtime) as (...given: unknown[]) => Promise<InferenceSession>;
  runtime.create = async (...given: unknown[]) => wrap(await create(...given));

  return {
    get sessions() {
      return counts.sessions;
    },
    get results() {
      return counts.results;
    },
    get runs() {
      return counts.runs;
    },
    failOnce: () => {
      fails = true;
    },
  };
}
