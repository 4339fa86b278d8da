import { PoseCoachError } from '@pose-coach/core';

/** The port of OBS's WebSocket server, unless it was changed there. */
export const OBS_PORT = 4455;

/**
 * An address as people type it, `192.168.1.20` or `ws://studio-pc:4455`, as one to connect to.
 * @throws PoseCoachError `OPTION_INVALID`, without repeating what was typed: it may hold a password
 */
export function obsAddress(typed: string): string {
  const text = typed.trim();
  const address = text.includes('://') ? text : `ws://${text}`;
  if (!URL.canParse(address)) throw invalid();
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(address);
  if (protocol !== 'ws:' && protocol !== 'wss:') throw invalid();
  if (hostname === '' || username !== '' || password !== '') throw invalid();
  if (!['', '/'].includes(pathname) || search !== '' || hash !== '') throw invalid();
  return `${protocol}//${hostname}:${port === '' ? OBS_PORT : port}`;
}

/** Whether an address is this machine's own, so that files that OBS names are files here. */
export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function invalid(): PoseCoachError {
  return new PoseCoachError(
    'OPTION_INVALID',
    `The address of OBS is like ws://127.0.0.1:${OBS_PORT}, and the password is given apart from it: both are shown in OBS under Tools → WebSocket Server Settings → Show Connect Info.`,
  );
}
