import type { ControlMethod, ControlParams, ControlResult } from '@pose-coach/core/protocol';
import { ScriptedController } from '../editor/scripted-controller.test-data.ts';

/** A server in the test's hands that also answers what the test tells it to, by method. */
export class AnsweringController extends ScriptedController {
  readonly #answers = new Map<ControlMethod, (params: unknown) => unknown>();

  /** @param answer thrown errors are the server's refusals */
  answer<Method extends ControlMethod>(
    method: Method,
    answer: (params: ControlParams<Method>) => ControlResult<Method> | Promise<ControlResult<Method>>,
  ): void {
    this.#answers.set(method, (params) => answer(params as ControlParams<Method>));
  }

  override async request<Method extends ControlMethod>(
    method: Method,
    params: ControlParams<Method>,
  ): Promise<ControlResult<Method>> {
    const answer = this.#answers.get(method);
    if (!answer) return super.request(method, params);
    this.requests.push({ method, params: structuredClone(params) });
    return (await answer(params)) as ControlResult<Method>;
  }

  /** What was asked for by this method, the oldest first. */
  asked<Method extends ControlMethod>(method: Method): readonly ControlParams<Method>[] {
    return this.requests
      .filter((request) => request.method === method)
      .map(({ params }) => params as ControlParams<Method>);
  }
}
