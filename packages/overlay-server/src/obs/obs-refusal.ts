import { PoseCoachError } from '@pose-coach/core';
import { OBSWebSocketError } from 'obs-websocket-js/json';

/** Characters of OBS's own words that are passed on. */
const MAXIMUM_QUOTE = 200;

/** Where OBS shows its password and port, in the words of its English menus. */
const SETTINGS = 'in OBS, Tools → WebSocket Server Settings';

/** Codes with which obs-websocket closes a connection; from its protocol, “WebSocketCloseCode”. */
const CLOSE = { authenticationFailed: 4009, unsupportedVersion: 4010, sessionInvalidated: 4011 } as const;

/** Codes of refused requests that get words of their own; from its protocol, “RequestStatus”. */
export const REQUEST_STATUS = {
  unknownRequest: 204,
  notReady: 207,
  outputRunning: 500,
  outputNotRunning: 501,
  notFound: 600,
  alreadyExists: 601,
} as const;

/** Codes below this one end a connection before a request was answered; from here on they answer requests. */
const FIRST_REQUEST_STATUS = 200;
const FIRST_CLOSE_CODE = 1000;

/**
 * Why a connection could not be had or has ended, in words. `OBS_UNREACHABLE`: may be had later. `OBS_REFUSED`,
 * `OBS_UNSUPPORTED`: not before somebody has done something.
 * @param password whether one was given; what it is must not come here
 */
export function connectionError(thrown: unknown, address: string, password: boolean): PoseCoachError {
  if (thrown instanceof PoseCoachError) return thrown;
  const { code, message } =
    thrown instanceof OBSWebSocketError ? thrown : { code: 0, message: String(thrown) };
  const error = (kind: 'OBS_UNREACHABLE' | 'OBS_REFUSED' | 'OBS_UNSUPPORTED', words: string) =>
    new PoseCoachError(kind, words, { cause: thrown });
  if (code === CLOSE.authenticationFailed) {
    return error(
      'OBS_REFUSED',
      password
        ? `OBS does not accept this password: copy it from there (${SETTINGS} → Show Connect Info) and connect again.`
        : `OBS asks for a password: copy it from there (${SETTINGS} → Show Connect Info) and connect again.`,
    );
  }
  if (code === CLOSE.unsupportedVersion) {
    return error('OBS_UNSUPPORTED', 'This OBS speaks another version of its protocol: update Pose Coach.');
  }
  if (/subprotocol|unexpected server response/i.test(message)) {
    return error(
      'OBS_UNSUPPORTED',
      `What answers at ${address} is not the WebSocket server of OBS 28 or newer. See which port it has (${SETTINGS}), or update OBS.`,
    );
  }
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) {
    return error('OBS_UNREACHABLE', `There is no computer called “${new URL(address).hostname}”: check it.`);
  }
  if (/EHOSTUNREACH|ENETUNREACH|ETIMEDOUT/.test(message)) {
    return error(
      'OBS_UNREACHABLE',
      `The computer at ${address} cannot be reached: see that it is on, in the same network, and that its firewall lets OBS through.`,
    );
  }
  return error(
    'OBS_UNREACHABLE',
    `No OBS answers at ${address}. Start OBS and see that its WebSocket server is on (${SETTINGS} → Enable WebSocket server).`,
  );
}

/** Why a connection that was had has ended, in words. `OBS_REFUSED`: it is not to be taken up again by itself. */
export function lossError(ended: OBSWebSocketError): PoseCoachError {
  return ended.code === CLOSE.sessionInvalidated
    ? new PoseCoachError(
        'OBS_REFUSED',
        'Somebody ended the connection in OBS: connect again to take it up.',
        {
          cause: ended,
        },
      )
    : new PoseCoachError(
        'OBS_UNREACHABLE',
        'OBS was closed, or the connection to it was lost: it is taken up again when OBS is back.',
        { cause: ended },
      );
}

/** Why OBS did not do what was asked, in words; `OBS_UNREACHABLE` when it was lost in the meantime. */
export function requestError(thrown: unknown, request: string): PoseCoachError {
  if (thrown instanceof PoseCoachError) return thrown;
  if (!(thrown instanceof OBSWebSocketError) || thrown.code < FIRST_REQUEST_STATUS) {
    return new PoseCoachError('OBS_UNREACHABLE', 'The connection to OBS was lost.', { cause: thrown });
  }
  if (thrown.code >= FIRST_CLOSE_CODE) {
    return new PoseCoachError('OBS_UNREACHABLE', 'OBS has closed the connection.', { cause: thrown });
  }
  if (thrown.code === REQUEST_STATUS.unknownRequest) {
    return new PoseCoachError('OBS_UNSUPPORTED', `This OBS is too old for “${request}”: update OBS.`, {
      cause: thrown,
    });
  }
  if (thrown.code === REQUEST_STATUS.notReady) {
    return new PoseCoachError('OBS_FAILED', 'OBS is busy loading its scenes: try again in a moment.', {
      cause: thrown,
    });
  }
  const said = thrown.message ? `: ${thrown.message.slice(0, MAXIMUM_QUOTE)}` : '';
  return new PoseCoachError('OBS_FAILED', `OBS did not do “${request}” (code ${thrown.code})${said}`, {
    cause: thrown,
  });
}

/** Whether OBS answered a request with this code. */
export function hasStatus(thrown: unknown, status: keyof typeof REQUEST_STATUS): boolean {
  const cause = thrown instanceof PoseCoachError ? thrown.cause : thrown;
  return cause instanceof OBSWebSocketError && cause.code === REQUEST_STATUS[status];
}
