import type { EngineLink, LinkListener } from './engine-link.ts';
import type { EngineRequest, EngineSettings } from './engine-messages.ts';
import { EngineServer } from './engine-server.ts';
import type { StartLandmarker } from './landmarker.ts';

/**
 * An engine in the middle of its owner's program, for Node: no thread, no messages, pictures are handed over as
 * they are.
 */
export function linkInProcess<Settings extends EngineSettings, Picture>(
  startLandmarker: StartLandmarker<Settings, Picture>,
  listener: LinkListener,
): EngineLink {
  let cut = false;
  const server = new EngineServer(startLandmarker, (reply) => {
    if (!cut) listener.onReply(reply);
  });
  listener.onReply({ type: 'hello', surroundings: undefined });
  return {
    // The settings are those that the engine's owner starts it with.
    post: (request) => server.handle(request as EngineRequest<Settings>),
    end: () => {
      cut = true;
      // A worker takes its engine along when it ends; this one is told, once more if it was.
      server.handle({ type: 'stop' });
    },
  };
}
