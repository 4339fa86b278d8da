import { isLoopback } from './obs-address.ts';
import { ANSWERS } from './obs-answers.ts';
import type { ObsConnection } from './obs-connection.ts';
import { hasStatus } from './obs-refusal.ts';

/** The kind of OBS's browser source. */
export const BROWSER_SOURCE = 'browser_source';

/** A browser source in OBS that shows an overlay of ours. */
export interface OverlaySource {
  readonly name: string;
  readonly url: string;
}

/**
 * The browser sources that show an overlay of this server and channel, whichever of its scenes.
 * @param link the address of one of them
 * @throws PoseCoachError as `ObsConnection.ask`
 */
export async function overlaySources(
  connection: ObsConnection,
  link: string,
): Promise<readonly OverlaySource[]> {
  const { inputs } = await connection.ask(ANSWERS.inputs, 'GetInputList', { inputKind: BROWSER_SOURCE });
  const found = await Promise.all(inputs.map(({ inputName }) => addressOf(connection, inputName)));
  return found.flatMap((source) => (source && showsOverlayOf(source.url, link) ? [source] : []));
}

/** Whether two addresses lead to the same overlay, apart from the key. */
export function showsSame(url: string, link: string): boolean {
  if (!showsOverlayOf(url, link)) return false;
  const [one, other] = [url, link].map((address) => {
    const { searchParams } = new URL(address);
    searchParams.delete('key');
    searchParams.sort();
    return searchParams.toString();
  });
  return one === other;
}

function showsOverlayOf(url: string, link: string): boolean {
  if (!URL.canParse(url)) return false;
  const [one, other] = [new URL(url), new URL(link)];
  const sameHost = one.hostname === other.hostname || (isLoopback(url) && isLoopback(link));
  return (
    sameHost &&
    one.port === other.port &&
    one.pathname === other.pathname &&
    one.searchParams.get('channel') === other.searchParams.get('channel')
  );
}

async function addressOf(connection: ObsConnection, name: string): Promise<OverlaySource | undefined> {
  try {
    const { inputSettings } = await connection.ask(ANSWERS.inputSettings, 'GetInputSettings', {
      inputName: name,
    });
    const { url } = inputSettings;
    return typeof url === 'string' ? { name, url } : undefined;
  } catch (error) {
    // Removed since it was listed.
    if (hasStatus(error, 'notFound')) return undefined;
    throw error;
  }
}
