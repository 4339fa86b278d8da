import type { ObsStatus } from '@pose-coach/core/stage';
import type { Channels } from './channels.ts';
import type { Traffic } from './peer.ts';

/** What `/health` answers. No secrets: anybody who reaches the server may read it. */
export interface Health {
  readonly status: 'ok';
  readonly version: string;
  /** Seconds since the server was started. */
  readonly uptime: number;
  readonly clients: {
    readonly publishers: number;
    readonly subscribers: number;
    readonly controllers: number;
  };
  readonly channels: ReadonlyArray<{
    readonly name: string;
    readonly live: boolean;
    readonly subscribers: number;
    readonly controllers: number;
    readonly revision: number;
    readonly scenes: number;
    /** Triggers that fired since somebody came to the channel. */
    readonly fired: number;
  }>;
  /** How the connection to OBS stands, in a word. */
  readonly obs: ObsStatus['status'];
  /** Since the server was started. */
  readonly traffic: Readonly<Traffic>;
}

export function healthOf(
  channels: Channels,
  traffic: Traffic,
  version: string,
  uptime: number,
  obs: Health['obs'],
): Health {
  const list = [...channels].map(({ channel, stage, fired }) => ({
    name: channel.name,
    live: channel.live,
    subscribers: channel.subscribers,
    controllers: channel.controllers,
    revision: channel.revision,
    scenes: stage.scenes.length,
    fired,
  }));
  return {
    status: 'ok',
    version,
    uptime: Math.round(uptime),
    clients: {
      publishers: list.filter(({ live }) => live).length,
      subscribers: list.reduce((sum, { subscribers }) => sum + subscribers, 0),
      controllers: list.reduce((sum, { controllers }) => sum + controllers, 0),
    },
    channels: list,
    obs,
    traffic: { ...traffic },
  };
}
