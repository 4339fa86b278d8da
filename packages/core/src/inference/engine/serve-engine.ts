import {
  ENGINE_WORKER_NAME,
  type EngineReply,
  type EngineRequest,
  type EngineSettings,
} from './engine-messages.ts';
import { EngineServer } from './engine-server.ts';
import type { StartLandmarker } from './landmarker.ts';

/** Either end of what carries messages: a worker's global scope, or a port on the page. */
export interface Wire<Settings extends EngineSettings> {
  onmessage: ((event: MessageEvent<EngineRequest<Settings>>) => void) | null;
  postMessage(message: EngineReply, transfer: Transferable[]): void;
}

/**
 * Runs an engine that is spoken to over `wire`. A worker serves its own scope; where workers are not to be had,
 * a page imports the worker's file and serves a `MessagePort`.
 * @param surroundings what there is to calculate with here; must not reject
 */
export function serveEngine<Settings extends EngineSettings, Picture>(
  wire: Wire<Settings>,
  startLandmarker: StartLandmarker<Settings, Picture>,
  surroundings: object,
): void {
  const server = new EngineServer(startLandmarker, (reply, transfer = []) =>
    wire.postMessage(reply, transfer),
  );
  wire.onmessage = ({ data }) => server.handle(data);
  void Promise.resolve(surroundings).then((found) =>
    wire.postMessage({ type: 'hello', surroundings: found }, []),
  );
}

/** The wire of the worker that this code was started as, or undefined where a page imports it. */
export function ownWire<Settings extends EngineSettings>(): Wire<Settings> | undefined {
  const isOurWorker = 'WorkerGlobalScope' in globalThis && self.name === ENGINE_WORKER_NAME;
  return isOurWorker ? (self as unknown as Wire<Settings>) : undefined;
}
