import { PoseCoachError } from '@pose-coach/core';
import {
  type AnswerMessage,
  type ControlMethod,
  type ControlMethods,
  type ControlParams,
  type ControlResult,
  isControlMethod,
  type JsonValue,
  type ObsMethod,
  type RequestMessage,
  readControlParams,
} from '@pose-coach/core/protocol';
import type { ObsMethods } from '../obs/index.ts';
import type { StageDirector } from '../stage/stage-director.ts';
import { noObsHere } from '../stage/trigger-actions.ts';

/** Who asks, and what for. */
export interface Asker {
  /** In charge of the channel that it is on. */
  readonly director: StageDirector;
  /** The number of its connection. */
  readonly connection: number;
  /** The address of an overlay of the channel: of one scene of the stage, or the current one. */
  overlayLink(scene?: string): string;
  /** Absent when OBS is another channel's. */
  readonly obs: ObsMethods | undefined;
}

type OwnMethod = Exclude<ControlMethod, ObsMethod>;

type Handlers = {
  readonly [Method in OwnMethod]: (
    params: ControlParams<Method>,
    asker: Asker,
  ) => ControlResult<Method> | Promise<ControlResult<Method>>;
};

const handlers: Handlers = {
  'stage.change': ({ change, base }, { director, connection }) => ({
    revision: director.change(change, base, connection),
  }),
  'overlay.link': ({ scene }, { director, overlayLink }) => {
    if (scene !== undefined && !director.scene(scene)) {
      throw new PoseCoachError('STAGE_INVALID', `There is no scene "${scene}": take one of the stage’s.`);
    }
    return { overlay: overlayLink(scene) };
  },
  'score.reset': (_, { director }) => {
    director.resetScore();
    return {};
  },
  'trigger.test': async ({ scene, trigger, dry }, { director }) => ({
    outcomes: await director.test(scene, trigger, dry),
  }),
  'command.run': ({ command, values }, { director }) => {
    director.command(command, values);
    return {};
  },
  'webhook.origins': (_, { director }) => ({ origins: director.webhookOrigins }),
  'delay.measure': (_, { director }) => director.measureDelay(),
};

/** Does what a controller asks for. Never rejects: what goes wrong is the answer, and the connection stays. */
export async function answerRequest(request: RequestMessage, asker: Asker): Promise<AnswerMessage> {
  const { id, method } = request;
  try {
    if (!isControlMethod(method)) {
      throw new PoseCoachError(
        'MESSAGE_INVALID',
        `There is no method "${method.slice(0, 80)}": the server may be older than the page, update it.`,
      );
    }
    const result = await perform(method, request.params, asker);
    // What methods answer is JSON: interfaces have no index signature, and so the compiler does not see it.
    return { type: 'answer', id, result: result as unknown as JsonValue };
  } catch (thrown) {
    // Anything but our own error may speak of paths and addresses that are not everybody's business.
    const { code, message } =
      thrown instanceof PoseCoachError
        ? thrown
        : new PoseCoachError('MESSAGE_INVALID', `The server failed at "${method}": see what it printed.`);
    if (!(thrown instanceof PoseCoachError)) console.error(thrown);
    return { type: 'answer', id, error: { code, message } };
  }
}

async function perform<Method extends ControlMethod>(
  method: Method,
  params: JsonValue,
  asker: Asker,
): Promise<ControlResult<Method>> {
  const read = readControlParams(method, params);
  if (!read.ok) throw read.error;
  const handler = handlerOf(method, asker);
  return await handler(read.value, asker);
}

type Handler<Method extends ControlMethod> = (
  params: ControlMethods[Method]['params'],
  asker: Asker,
) => ControlMethods[Method]['result'] | Promise<ControlMethods[Method]['result']>;

function handlerOf<Method extends ControlMethod>(method: Method, { obs }: Asker): Handler<Method> {
  const all: { readonly [Each in ControlMethod]: Handler<Each> } = obs
    ? { ...handlers, ...obs }
    : { ...handlers, ...NO_OBS };
  return all[method];
}

const refuse = (): never => {
  throw noObsHere();
};

/** For channels whose OBS this server’s is not. */
const NO_OBS: { readonly [Method in ObsMethod]: Handler<Method> } = {
  'obs.find': refuse,
  'obs.connect': refuse,
  'obs.disconnect': refuse,
  'obs.setup': refuse,
  'obs.sources': refuse,
  'obs.show': refuse,
  'obs.refresh': refuse,
  'obs.scene': refuse,
  'obs.record': refuse,
  'obs.stream': refuse,
  'obs.chapter': refuse,
  'obs.delay': refuse,
};
