import type { ConnectionStatus, LiveSource } from '@pose-coach/core/live';

/** What a page says about itself. */
export interface OverlayWords {
  /** The page's title, for whoever has it open in a browser. */
  readonly title: string;
  /** What has to be said on the page itself, or undefined: a stream is no place for messages. */
  readonly onPage: string | undefined;
}

/**
 * Words for a state. On the page stands only what keeps it from ever working: an address that the server refused
 * before it was accepted even once. Whatever happens later, viewers see nothing but an empty overlay.
 */
export function overlayWords(
  status: ConnectionStatus,
  source: LiveSource,
  wasConnected: boolean,
): OverlayWords {
  switch (status.status) {
    case 'connecting':
      return { title: 'Pose Coach overlay: connecting', onPage: undefined };
    case 'connected':
      return { title: `Pose Coach overlay: ${source.live ? 'live' : 'nobody is live'}`, onPage: undefined };
    case 'waiting':
      return { title: 'Pose Coach overlay: the server is away', onPage: undefined };
    default: {
      const { message } = status.error;
      return { title: `Pose Coach overlay: ${message}`, onPage: wasConnected ? undefined : message };
    }
  }
}
