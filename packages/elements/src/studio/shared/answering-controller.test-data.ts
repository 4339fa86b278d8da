import type { ControlMethod, ControlParams, ControlResult } from '@pose-coach/core/protocol';
import type { ObsStatus } from '@pose-coach/core/stage';
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

/** An OBS that can do everything, as its server describes it. */
export function connectedObs(
  changes: Partial<Extract<ObsStatus, { readonly status: 'connected' }>> = {},
): Extract<ObsStatus, { readonly status: 'connected' }> {
  return {
    status: 'connected',
    address: 'ws://127.0.0.1:4455',
    obsVersion: '30.2.3',
    websocketVersion: '5.5.2',
    abilities: {
      browserSource: true,
      chapters: true,
      renderDelay: true,
      virtualCamera: true,
      textKind: 'text_gdiplus_v3',
    },
    scene: 'Verse',
    scenes: ['Verse', 'Chorus', 'Pause'],
    recording: false,
    streaming: false,
    virtualCamera: false,
    overlays: ['Pose Coach'],
    ...changes,
  };
}
