import type { StateEntries } from './state-entries.ts';

/** Who a connection is: the one that sends poses, or one of those that watch. */
export type Role = 'publisher' | 'subscriber';

/** First message of every connection. */
export interface HelloMessage {
  readonly type: 'hello';
  readonly version: number;
  readonly role: Role;
  readonly channel: string;
  /** A publisher's token; a subscriber's viewer key (or the publisher's token). */
  readonly token?: string;
}

/** Answer to `hello`: the connection is good, and this is how the channel stands. */
export interface WelcomeMessage {
  readonly type: 'welcome';
  readonly version: number;
  /** The server's clock, ms since the Unix epoch. */
  readonly serverTime: number;
  /** Whether somebody publishes on the channel. */
  readonly live: boolean;
  readonly revision: number;
  /** The channel's whole state. */
  readonly state: StateEntries;
}

/** A publisher changes the channel's state; `null` removes a key. */
export interface SetStateMessage {
  readonly type: 'state';
  readonly entries: StateEntries;
}

/** The server tells of a change: the changed entries, and the revision that the state has with them. */
export interface StateMessage {
  readonly type: 'state';
  readonly revision: number;
  readonly entries: StateEntries;
}

/** A publisher came or went. Poses before and after one of these belong to different publishers. */
export interface SourceMessage {
  readonly type: 'source';
  readonly live: boolean;
}

/** Asks for the server's time. */
export interface PingMessage {
  readonly type: 'ping';
  /** The sender's clock, ms since the Unix epoch. */
  readonly sentAt: number;
}

/** Answers a ping with what it carried and the server's clock. */
export interface PongMessage {
  readonly type: 'pong';
  readonly sentAt: number;
  readonly serverTime: number;
}

/** Says in words why the connection is closed next. */
export interface ErrorMessage {
  readonly type: 'error';
  /** A `PoseCoachError`'s code; a newer server may know codes that this end does not. */
  readonly code: string;
  readonly message: string;
}

/** A message of a type that this end does not know, from a newer one: ignored, and counted. */
export interface UnknownMessage {
  readonly type: 'unknown';
  /** The type it had. */
  readonly name: string;
}

/** What clients say, besides poses, which are binary. */
export type ClientMessage = HelloMessage | SetStateMessage | PingMessage;

/** What the server says, besides poses, which are binary and relayed as they came. */
export type ServerMessage = WelcomeMessage | StateMessage | SourceMessage | PongMessage | ErrorMessage;
