import { MAXIMUM_MESSAGE_BYTES } from '@pose-coach/core/protocol';

/** What one client can cost the server. */
export interface ServerLimits {
  /** Connections in all. Default: 2000. */
  readonly connections: number;
  /** Connections from one address; a proxy in front makes everybody one address. Default: 100. */
  readonly connectionsPerAddress: number;
  /** Messages a second from a publisher, poses and state together, twice as many in a burst. Default: 240. */
  readonly publisherMessages: number;
  /** Messages a second from a subscriber, which has no reason to send more than pings. Default: 20. */
  readonly subscriberMessages: number;
  /** Messages a second from a controller: a drag in the editor and somebody who clicks. Default: 60. */
  readonly controllerMessages: number;
  /** Bytes of one message. Default: 65536, the protocol's own. */
  readonly messageBytes: number;
  /** Milliseconds a new connection has for its hello. Default: 5000. */
  readonly helloWithin: number;
  /** Milliseconds a client may take nothing before it is closed. Default: 10000. */
  readonly unresponsiveAfter: number;
}

export const DEFAULT_LIMITS: ServerLimits = {
  connections: 2000,
  connectionsPerAddress: 100,
  // Four cameras' worth of 60 Hz: nobody needs more, and 500 watchers of it are what a small machine can serve.
  publisherMessages: 240,
  subscriberMessages: 20,
  controllerMessages: 60,
  messageBytes: MAXIMUM_MESSAGE_BYTES,
  helloWithin: 5000,
  unresponsiveAfter: 10_000,
};
