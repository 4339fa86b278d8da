import { DEFAULT_CHANNEL, isChannelName } from '@pose-coach/core/protocol';

/** What the address of an overlay says. */
export interface OverlayOptions {
  readonly channel: string;
  readonly key: string | undefined;
  /** Id of a scene; undefined: the channel's current one. */
  readonly scene: string | undefined;
  /** What was asked for and cannot be, in words. */
  readonly faults: readonly string[];
}

/** As a scene's id is made. */
const SCENE_ID = /^[\w-]{1,40}$/;

/**
 * Reads the query of an overlay's address. What cannot be is left at its default and named in `faults`.
 *
 * | parameter | values |
 * |---|---|
 * | `channel` | which channel; default `main` |
 * | `key` | the viewer key of the link |
 * | `scene` | id of the scene to show; without it the channel's current one, whichever that is |
 */
export function readOverlayOptions(query: string): OverlayOptions {
  const parameters = new URLSearchParams(query);
  const faults: string[] = [];
  const read = (name: string, isFine: (text: string) => boolean): string | undefined => {
    const text = parameters.get(name)?.trim();
    if (text === undefined || isFine(text)) return text;
    faults.push(`"${text}" cannot be the ${name} of an overlay.`);
    return undefined;
  };
  return {
    channel: read('channel', isChannelName) ?? DEFAULT_CHANNEL,
    key: parameters.get('key') ?? undefined,
    scene: read('scene', (text) => SCENE_ID.test(text)),
    faults,
  };
}
