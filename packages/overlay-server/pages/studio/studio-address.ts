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

/** The overlay's address with the chosen layout. Defaults are left out, so that it stays readable. */
export function layOut(overlay: string, fit: string, mirror: boolean): string {
  const url = new URL(overlay);
  if (fit !== 'contain') url.searchParams.set('fit', fit);
  if (mirror) url.searchParams.set('mirror', '1');
  return url.href;
}
