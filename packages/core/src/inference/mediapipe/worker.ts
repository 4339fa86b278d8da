import { ENGINE_WORKER_NAME, type EngineReply, type EngineRequest } from './engine-messages.ts';
import { EngineServer } from './engine-server.ts';
import { probeGraphics } from './graphics.ts';

/** Either end of what carries messages: a worker's global scope, or a port on the page. */
interface Wire {
  onmessage: ((event: MessageEvent<EngineRequest>) => void) | null;
  postMessage(message: EngineReply, transfer: Transferable[]): void;
}

/**
 * Runs an engine that is spoken to over `wire`. A worker serves its own scope; where workers are not to be had,
 * a page imports this same file and serves a `MessagePort`.
 */
export function serve(wire: Wire): void {
  const server = new EngineServer((reply, transfer = []) => wire.postMessage(reply, transfer));
  wire.onmessage = ({ data }) => server.handle(data);
  wire.postMessage({ type: 'hello', graphics: probeGraphics() }, []);
}

if ('WorkerGlobalScope' in globalThis && self.name === ENGINE_WORKER_NAME) {
  serve(self as unknown as Wire);
}
