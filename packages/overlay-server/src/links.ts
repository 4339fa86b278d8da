import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import type { Access } from './access.ts';
import { isWildcard } from './origin-policy.ts';

/** Where people and programs find the server. */
export interface ServerAddresses {
  /** The page with the camera; its fragment, which browsers do not send, carries the publisher token. */
  readonly studio: string;
  /** The page for OBS, with the viewer key. */
  readonly overlay: string;
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
    studio: studioLink(server, token, channel),
    overlay: overlayLink(overlayBase, access, channel),
    health: `${server}/health`,
    server,
  };
}

/** The link that goes into OBS. */
export function overlayLink(base: string, access: Access, channel: string): string {
  const query = new URLSearchParams({ channel, key: access.viewerKey(channel) });
  return `${base}/overlay?${query}`;
}

/** The link to the studio, with the token where no server ever logs it. */
function studioLink(base: string, token: string, channel: string): string {
  return `${base}/studio#${new URLSearchParams({ channel, token })}`;
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
