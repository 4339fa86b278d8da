import type { ConnectionStatus } from '@pose-coach/core/live';
import type { ObsStatus } from '@pose-coach/core/stage';

/** What keeps the dock from working, and what to do; undefined when nothing does. */
export function connectionTrouble(connection: ConnectionStatus | undefined): string | undefined {
  switch (connection?.status) {
    case undefined:
      return 'This dock has no server. Use the dock’s address that the server printed when it was started: it carries the token.';
    case 'connected':
      return undefined;
    case 'connecting':
      return 'Connecting to the overlay server …';
    case 'waiting':
      return `The overlay server does not answer. Start it if it is not running: this dock comes back by itself. (${connection.error.message})`;
    case 'replaced':
    case 'refused':
      return connection.error.message;
  }
}

/** Why OBS cannot be asked for anything, and what to do; undefined when it can. */
export function obsTrouble(obs: ObsStatus): string | undefined {
  switch (obs.status) {
    case 'connected':
      return undefined;
    case 'off':
      return 'OBS is not connected. Scenes of the overlay work all the same.';
    case 'connecting':
      return 'Connecting to OBS …';
    case 'waiting':
    case 'refused':
      return obs.message;
  }
}
