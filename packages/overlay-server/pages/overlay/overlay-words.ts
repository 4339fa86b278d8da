import type { ConnectionStatus, LiveSource } from '@pose-coach/core/live';

/** How things stand with an overlay. */
export interface OverlaySituation {
  readonly status: ConnectionStatus;
  readonly source: LiveSource;
  /** The scene that the address asks for and that the channel does not have. */
  readonly missingScene: string | undefined;
  /** Whether it has ever been as it should: connected, and with its scene. */
  readonly hasWorked: boolean;
}

/** What a page says about itself. */
export interface OverlayWords {
  /** The page's title, for whoever has it open in a browser. */
  readonly title: string;
  /** What has to be said on the page itself, or undefined: a stream is no place for messages. */
  readonly onPage: string | undefined;
}

/**
 * Words for a situation. On the page stands only what keeps it from ever working: an address that the server refused,
 * or a scene that is not there, before it was all right even once. Whatever happens later, viewers see nothing but an
 * empty overlay.
 */
export function overlayWords({ status, source, missingScene, hasWorked }: OverlaySituation): OverlayWords {
  switch (status.status) {
    case 'connecting':
      return titled('connecting');
    case 'connected':
      if (missingScene !== undefined) return told(missingSceneWords(missingScene), hasWorked);
      return titled(source.live ? 'live' : 'nobody is live');
    case 'waiting':
      return titled('the server is away');
    default:
      return told(status.error.message, hasWorked);
  }
}

/** What to do about a scene that is not there. */
export function missingSceneWords(scene: string): string {
  return `There is no scene “${scene}” on this channel any more. Copy the overlay link of another scene from the studio.`;
}

function titled(words: string): OverlayWords {
  return { title: `Pose Coach overlay: ${words}`, onPage: undefined };
}

function told(words: string, hasWorked: boolean): OverlayWords {
  return { ...titled(words), onPage: hasWorked ? undefined : words };
}
