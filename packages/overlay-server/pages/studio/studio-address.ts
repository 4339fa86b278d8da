import { DEFAULT_CHANNEL, isChannelName } from '@pose-coach/core/protocol';

/** What the studio's address says, in its fragment, which browsers send to nobody. */
export interface StudioAddress {
  readonly channel: string;
  readonly token: string | undefined;
}

/** Reads `#channel=main&token=…`. */
export function readStudioAddress(fragment: string): StudioAddress {
  const parameters = new URLSearchParams(fragment.replace(/^#/, ''));
  const channel = parameters.get('channel') ?? '';
  return {
    channel: isChannelName(channel) ? channel : DEFAULT_CHANNEL,
    token: parameters.get('token') || undefined,
  };
}
