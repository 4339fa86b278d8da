import { homedir } from 'node:os';

/** What decides where OBS keeps its settings on this machine. */
export interface ObsPlaces {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
}

/** Those of the machine and user that run the server. */
export function ownPlaces(): ObsPlaces {
  return { platform: process.platform, environment: process.env, home: homedir() };
}
