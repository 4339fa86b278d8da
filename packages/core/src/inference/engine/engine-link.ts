import { PoseCoachError } from '../../base/index.ts';
import type { EngineCode } from './engine-code.ts';
import { ENGINE_WORKER_NAME, type EngineReply, type EngineRequest } from './engine-messages.ts';

/** A way to talk to an engine that runs somewhere. */
export interface EngineLink {
  post(request: EngineRequest, transfer?: Transferable[]): void;
  /** Cuts the line; in a worker, the engine with it. */
  end(): void;
}

/** Who listens on a link. */
export interface LinkListener {
  onReply(reply: EngineReply): void;
  /** Nothing more will come. */
  onDeath(error: Error): void;
}

/** Starts an engine and opens a link to it. */
export type Connect = (listener: LinkListener) => EngineLink | Promise<EngineLink>;

/** Starts a worker with the engine's code. */
export function linkToWorker({ url }: EngineCode, listener: LinkListener): EngineLink {
  const worker = new Worker(url, { type: 'module', name: ENGINE_WORKER_NAME });
  worker.onmessage = ({ data }: MessageEvent<EngineReply>) => listener.onReply(data);
  worker.onmessageerror = () => listener.onDeath(new Error('A message from the engine could not be read.'));
  worker.onerror = (event) => {
    event.preventDefault();
    listener.onDeath(new Error(event.message || 'The worker could not be started.'));
  };
  return {
    post: (request, transfer = []) => worker.postMessage(request, transfer),
    end: () => worker.terminate(),
  };
}

/**
 * Runs the same code on this thread, behind a message channel, so that all else is the same.
 * @throws PoseCoachError `ENGINE_UNSUPPORTED` when the page may not load it
 */
export async function linkOnThisThread(code: EngineCode, listener: LinkListener): Promise<EngineLink> {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }: MessageEvent<EngineReply>) => listener.onReply(data);
  try {
    (await code.load()).serve(port2);
  } catch (error) {
    port1.close();
    throw new PoseCoachError(
      'ENGINE_UNSUPPORTED',
      `The engine's code could not be loaded from ${code.url}. Where a content security policy forbids blobs, serve "@pose-coach/core/${code.file}" and set "workerUrl" to its address.`,
      { cause: error },
    );
  }
  return {
    post: (request, transfer = []) => port1.postMessage(request, transfer),
    end: () => port1.close(),
  };
}
