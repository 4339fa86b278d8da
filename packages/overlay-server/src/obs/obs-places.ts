import { homedir } from 'node:os';
import { join } from 'node:path';

/** What decides where OBS keeps its settings on a machine. */
export interface ObsPlaces {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
}

/** Those of the machine and user that run the server. */
export function ownPlaces(): ObsPlaces {
  return { platform: process.platform, environment: process.env, home: homedir() };
}

/** The folders in which OBS may keep its settings, the most usual first. */
export function settingsFolders({ platform, environment, home }: ObsPlaces): readonly string[] {
  if (platform === 'win32') {
    return [join(environment.APPDATA ?? join(home, 'AppData', 'Roaming'), 'obs-studio')];
  }
  if (platform === 'darwin') return [join(home, 'Library', 'Application Support', 'obs-studio')];
  return [
    join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'obs-studio'),
    join(home, '.var', 'app', 'com.obsproject.Studio', 'config', 'obs-studio'),
  ];
}
