import { PoseCoachError } from '../base/index.ts';
import { WEBSOCKET_PATH } from '../protocol/index.ts';

/** What this room uses of a WebSocket: a browser's, Node's own (22 and later) and `ws`'s all have it. */
export interface LiveSocket {
  binaryType: string;
  readonly bufferedAmount: number;
  readonly readyState: number;
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(
    type: 'close',
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void;
}

/** Makes sockets. In Node 20, which has no `WebSocket` of its own, pass the one of the package `ws`. */
export type LiveSocketConstructor = new (url: string) => LiveSocket;

/**
 * The WebSocket class to use: the given one, or the platform's.
 * @throws PoseCoachError `OPTION_INVALID` where there is neither
 */
export function socketConstructor(given: LiveSocketConstructor | undefined): LiveSocketConstructor {
  const found = given ?? (globalThis.WebSocket as LiveSocketConstructor | undefined);
  if (found) return found;
  throw new PoseCoachError(
    'OPTION_INVALID',
    'There is no WebSocket here: take Node 22 or later, or pass `WebSocket` from the package ws.',
  );
}

/**
 * The address of the socket for a server's address: `http://127.0.0.1:8787` becomes `ws://127.0.0.1:8787/ws`, and
 * on a page `/` is the page's own server. A path of its own is kept, for servers behind a proxy.
 * @throws PoseCoachError `OPTION_INVALID`
 */
export function socketAddress(address: string): string {
  const base = (globalThis as { readonly location?: { readonly href?: string } }).location?.href;
  let url: URL;
  try {
    url = new URL(address, base);
  } catch (cause) {
    throw new PoseCoachError('OPTION_INVALID', `"${address}" is no address: say http://host:port.`, {
      cause,
    });
  }
  const secure = url.protocol === 'https:' || url.protocol === 'wss:';
  if (!secure && url.protocol !== 'http:' && url.protocol !== 'ws:') {
    throw new PoseCoachError('OPTION_INVALID', `"${address}" is not an address of http, https, ws or wss.`);
  }
  const path = url.pathname === '/' ? WEBSOCKET_PATH : url.pathname;
  return `${secure ? 'wss' : 'ws'}://${url.host}${path}`;
}
