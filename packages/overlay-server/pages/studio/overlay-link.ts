import type { StudioAddress } from './studio-address.ts';

/** The overlay's address, or why there is none, in words. */
export type OverlayLink =
  | { readonly ok: true; readonly overlay: string }
  | { readonly ok: false; readonly words: string };

const NO_TOKEN =
  'This address has no token, so the studio cannot go live. Open the studio link that the server printed when it was started.';

const WRONG_TOKEN =
  'The token in this address is not the server’s any more. Open the studio link that the server printed when it was started.';

/** Asks the server for the link to paste into OBS. */
export async function fetchOverlayLink({ channel, token }: StudioAddress): Promise<OverlayLink> {
  if (token === undefined) return { ok: false, words: NO_TOKEN };
  try {
    const response = await fetch(`/api/overlay-link?channel=${encodeURIComponent(channel)}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (response.status === 401) return { ok: false, words: WRONG_TOKEN };
    const { overlay, message } = (await response.json()) as {
      readonly overlay?: string;
      readonly message?: string;
    };
    if (overlay !== undefined) return { ok: true, overlay };
    return { ok: false, words: message ?? 'The server gave no overlay address. Reload this page.' };
  } catch {
    return { ok: false, words: 'The overlay server does not answer. Start it, then reload this page.' };
  }
}
