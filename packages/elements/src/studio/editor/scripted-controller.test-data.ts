import { PoseCoachError } from '@pose-coach/core';
import type {
  ConnectionStatus,
  LiveReadings,
  LiveSource,
  RevisedStage,
  StageController,
} from '@pose-coach/core/live';
import type { ControlMethod, ControlParams, ControlResult, FiredMessage } from '@pose-coach/core/protocol';
import {
  applyStageChange,
  defaultStage,
  type ObsStatus,
  type Scene,
  type Stage,
  type StageChange,
} from '@pose-coach/core/stage';
import { BehaviorSubject, Subject } from 'rxjs';

/** A request that a controller was asked to make. */
export interface ScriptedRequest {
  readonly method: ControlMethod;
  readonly params: unknown;
}

/**
 * A channel's server in the test's hands: it keeps a stage as the real one does, unless it is told to refuse or to
 * wait.
 */
export class ScriptedController implements StageController {
  readonly status = new BehaviorSubject<ConnectionStatus>({ status: 'connected' });
  readonly stage: BehaviorSubject<RevisedStage>;
  readonly source = new BehaviorSubject<LiveSource>({ live: false, generation: 0 });
  readonly readings = new Subject<LiveReadings>();
  readonly state = new BehaviorSubject<Readonly<Record<string, unknown>>>({});
  readonly obs = new BehaviorSubject<ObsStatus>({ status: 'off' });
  readonly fired = new Subject<FiredMessage>();
  readonly requests: ScriptedRequest[] = [];
  /** Thrown at the next request. */
  refusal: PoseCoachError | undefined;
  /** Changes are answered when this is fulfilled. */
  answers: Promise<void> = Promise.resolve();

  constructor(stage: Stage = defaultStage()) {
    this.stage = new BehaviorSubject<RevisedStage>({ stage, revision: 1 });
  }

  /** The changes of the stage that were asked for, the oldest first. */
  get changes(): readonly { readonly change: StageChange; readonly base: number }[] {
    return this.requests
      .filter(({ method }) => method === 'stage.change')
      .map(({ params }) => params as ControlParams<'stage.change'>);
  }

  /** A scene as the server has it now. */
  scene(id: string): Scene {
    const found = this.stage.value.stage.scenes.find((scene) => scene.id === id);
    if (!found) throw new Error(`The server has no scene "${id}".`);
    return found;
  }

  /** Somebody else changes the stage. */
  changedByOthers(change: StageChange): void {
    this.#apply(change);
  }

  async request<Method extends ControlMethod>(
    method: Method,
    params: ControlParams<Method>,
  ): Promise<ControlResult<Method>> {
    this.requests.push({ method, params: structuredClone(params) });
    const { refusal } = this;
    this.refusal = undefined;
    await this.answers;
    if (refusal) throw refusal;
    return this.#answer(method, params) as ControlResult<Method>;
  }

  dispose(): void {}

  #answer(method: ControlMethod, params: unknown): unknown {
    switch (method) {
      case 'stage.change':
        return { revision: this.#apply((params as ControlParams<'stage.change'>).change) };
      case 'overlay.link':
        return {
          overlay: `http://127.0.0.1:8787/overlay?channel=main&key=k&scene=${(params as ControlParams<'overlay.link'>).scene}`,
        };
      default:
        throw new PoseCoachError('MESSAGE_INVALID', `Nobody expected ${method} here.`);
    }
  }

  #apply(change: StageChange): number {
    const { stage, revision } = this.stage.value;
    // As over a socket: nothing is the same object on the other side.
    this.stage.next({ stage: applyStageChange(stage, structuredClone(change)), revision: revision + 1 });
    return revision + 1;
  }
}
