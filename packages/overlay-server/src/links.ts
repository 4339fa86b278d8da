import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { Access } from './access.ts';
import { isOwnName, isWildcard } from './origin-policy.ts';

/** Where people and programs find the server. */
export interface ServerAddresses {
  /** The page with the camera; its fragment, which browsers do not send, carries the publisher token. */
  readonly studio: string;
  /** The page for OBS, with the viewer key. */
  readonly overlay: string;
  /** The compact page for OBS's custom browser docks, with the publisher token as the studio has it. */
  readonly dock: string;
  readonly health: string;
  /** The address without a path: what `publishPoses` and `subscribePoses` take as `url`. */
  readonly server: string;
}

/** Where a server listens. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
}

/**
 * The addresses to hand out. A server that listens on every interface is given by loopback to the studio, because
 * browsers give a camera to loopback without a certificate, and by the network's address to overlays.
 */
export function serverAddresses(
  listening: Listening,
  access: Access,
  token: string,
  channel: string,
): ServerAddresses {
  const { host } = listening;
  const near = isWildcard(host) ? '127.0.0.1' : host;
  const far = isWildcard(host) ? (networkAddress(networkInterfaces()) ?? near) : host;
  const server = baseAddress(listening, near);
  const overlayBase = baseAddress(listening, far);
  return {
    studio: controlLink(server, 'studio', token, channel),
    overlay: overlayLink(overlayBase, access, channel),
    dock: controlLink(server, 'dock', token, channel),
    health: `${server}/health`,
    server,
  };
}

/**
 * The link that goes into OBS.
 * @param scene of the stage; absent: the current one, whichever that is
 */
export function overlayLink(base: string, access: Access, channel: string, scene?: string): string {
  const query = new URLSearchParams({ channel, key: access.viewerKey(channel), ...(scene ? { scene } : {}) });
  return `${base}/overlay?${query}`;
}

/** The link to a page that controls, with the token where no server ever logs it. */
function controlLink(base: string, page: 'studio' | 'dock', token: string, channel: string): string {
  return `${base}/${page}#${new URLSearchParams({ channel, token })}`;
}

/**
 * The address under which somebody reached this server, if it is one that can only be this machine's: anything else
 * a stranger may have put into the header.
 * @param host the `Host` header
 */
export function reachedBase(host: string | undefined, secure: boolean): string | undefined {
  if (host === undefined) return undefined;
  const base = `${secure ? 'https' : 'http'}://${host}`;
  return URL.canParse(base) && isOwnName(new URL(base).hostname) ? new URL(base).origin : undefined;
}

function baseAddress({ port, secure }: Listening, host: string): string {
  return `${secure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The first address of this machine that others can reach: IPv4, because OBS users read it out loud. */
function networkAddress(interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>): string | undefined {
  return Object.values(interfaces)
    .flat()
    .find((entry) => entry && !entry.internal && entry.family === 'IPv4')?.address;
}
