import type { Channels } from './channel.ts';
import type { Traffic } from './peer.ts';

/** What `/health` answers. No secrets: anybody who reaches the server may read it. */
export interface Health {
  readonly status: 'ok';
  readonly version: string;
  /** Seconds since the server was started. */
  readonly uptime: number;
  readonly clients: { readonly publishers: number; readonly subscribers: number };
  readonly channels: ReadonlyArray<{
    readonly name: string;
    readonly live: boolean;
    readonly subscribers: number;
    readonly revision: number;
  }>;
  /** Since the server was started. */
  readonly traffic: Readonly<Traffic>;
}

export function healthOf(channels: Channels, traffic: Traffic, version: string, uptime: number): Health {
  const list = [...channels].map((channel) => ({
    name: channel.name,
    live: channel.live,
    subscribers: channel.subscribers,
    revision: channel.snapshot().revision,
  }));
  return {
    status: 'ok',
    version,
    uptime: Math.round(uptime),
    clients: {
      publishers: list.filter(({ live }) => live).length,
      subscribers: list.reduce((sum, { subscribers }) => sum + subscribers, 0),
    },
    channels: list,
    traffic: { ...traffic },
  };
}
