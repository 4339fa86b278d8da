import { type ErrorCode, PoseCoachError } from '../../base/index.ts';
import type { ExtensionHost, StartRequest, StepInput, StepOutput } from '../host.ts';

/** A host whose extension answers when the test says so: what a slow worker does, at a moment of one's choice. */
export class ScriptedHost implements ExtensionHost {
  readonly inputs: StepInput[] = [];
  readonly requests: StartRequest[] = [];
  stopped = 0;
  disposed = 0;
  #answer: ((output: StepOutput) => void) | undefined;
  #refuse: ((error: PoseCoachError) => void) | undefined;

  async start(request: StartRequest) {
    this.requests.push(request);
    return {
      step: (input: StepInput) =>
        new Promise<StepOutput>((resolve, reject) => {
          if (this.#answer !== undefined) throw new Error('two steps at once');
          this.inputs.push(input);
          this.#answer = resolve;
          this.#refuse = reject;
        }).finally(() => {
          this.#answer = undefined;
        }),
      finish: async () => ({}),
      runCommand: async () => undefined,
      configure: () => {},
      filters: new Map(),
      estimators: new Map(),
      stop: async () => {
        this.stopped += 1;
        this.#refuse?.(new PoseCoachError('EXTENSION_FAILED', 'It was stopped.'));
      },
    };
  }

  answer(output: Partial<StepOutput> = {}): void {
    this.#answer?.({ readings: [], proposals: [], cost: 1, ...output });
  }

  /** The worker has crashed. */
  crash(message: string, code: ErrorCode = 'EXTENSION_FAILED'): void {
    this.requests.at(-1)?.services.failed(new PoseCoachError(code, message));
  }

  dispose(): void {
    this.disposed += 1;
  }
}
