import type { Reading } from '../analysis/index.ts';
import type { JsonValue } from '../base/index.ts';
import type { Cue } from '../feedback/index.ts';
import type { ObsStatus, Stage, StageChange, TriggerSound } from '../stage/index.ts';
import type { TriggerOutcome } from './control.ts';
import type { StateEntries } from './state-entries.ts';

/** Who a connection is: the one that sends poses, one of those that watch, or one that arranges what they show. */
export type Role = 'publisher' | 'subscriber' | 'controller';

/** First message of every connection. */
export interface HelloMessage {
  readonly type: 'hello';
  readonly version: number;
  readonly role: Role;
  readonly channel: string;
  /** The publisher's token; a subscriber's viewer key (or the publisher's token). */
  readonly token?: string;
  /** Whether a subscriber wants poses, which are binary; default true. A bot that reads JSON only says false. */
  readonly poses?: boolean;
}

/** A stage and its revision on the server, which goes up with every change. */
export interface RevisedStage {
  readonly stage: Stage;
  readonly revision: number;
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
  /** Server's clock, ms since the Unix epoch, at which the present publisher went live. */
  readonly liveSince?: number;
  /**
   * What overlays show: to subscribers without triggers and bindings, which are the controllers' business. To
   * publishers, which show nothing, it is not said.
   */
  readonly stage?: RevisedStage;
  /** The newest reading of each metric and person, so that whoever joins late has something to show. */
  readonly readings?: readonly Reading[];
  /** To controllers: how OBS stands. */
  readonly obs?: ObsStatus;
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
  /** As in `WelcomeMessage`. */
  readonly liveSince?: number;
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
export type ClientMessage =
  | HelloMessage
  | SetStateMessage
  | PingMessage
  | ReadingsMessage
  | PaintedMessage
  | RequestMessage;

/** What the server says, besides poses, which are binary and relayed as they came. */
export type ServerMessage =
  | WelcomeMessage
  | StateMessage
  | SourceMessage
  | PongMessage
  | ErrorMessage
  | ReadingsMessage
  | StageMessage
  | EffectMessage
  | CommandMessage
  | AnswerMessage
  | ObsMessage
  | FiredMessage;

/**
 * A publisher tells what is new since its last such message: of each metric and person the newest reading, of
 * metrics of the kind `event` every one, and all cues. A few times a second, not with every frame. The server tells
 * everybody else.
 */
export interface ReadingsMessage {
  readonly type: 'readings';
  readonly readings: readonly Reading[];
  readonly cues: readonly Cue[];
}

/** A page that shows poses tells how late it painted them, about once a second. */
export interface PaintedMessage {
  readonly type: 'painted';
  /** Frames painted since the last such message. */
  readonly frames: number;
  /** Median and longest of the milliseconds from capture to paint, by the server's clock. */
  readonly median: number;
  readonly longest: number;
}

/** A controller asks for something. */
export interface RequestMessage {
  readonly type: 'request';
  /** Its own, to know the answer by. */
  readonly id: number;
  readonly method: string;
  readonly params: JsonValue;
}

/** The answer to the request of that id: a result or an error. */
export interface AnswerMessage {
  readonly type: 'answer';
  readonly id: number;
  readonly result?: JsonValue;
  readonly error?: { readonly code: string; readonly message: string };
}

/** The stage has changed; `welcome` carries the whole of it, and says what subscribers are not told. */
export interface StageMessage {
  readonly type: 'stage';
  readonly revision: number;
  readonly change: StageChange;
}

/** Something that happens on the stage now, and is not kept. */
export interface EffectMessage {
  readonly type: 'effect';
  readonly effect: StageEffect;
}

/** What overlay pages do at once. */
export type StageEffect =
  | { readonly kind: 'show-item'; readonly scene: string; readonly item: string; readonly seconds: number }
  | { readonly kind: 'sound'; readonly sound: TriggerSound }
  /** Points and combo began again. */
  | { readonly kind: 'score-reset' };

/** To the publisher: a command of an extension is to be run. */
export interface CommandMessage {
  readonly type: 'command';
  readonly command: string;
  readonly values: readonly JsonValue[];
}

/** To controllers: how OBS stands, after every change. */
export interface ObsMessage {
  readonly type: 'obs';
  readonly status: ObsStatus;
}

/** To controllers: a trigger has fired, and what became of it. */
export interface FiredMessage {
  readonly type: 'fired';
  readonly scene: string;
  readonly trigger: string;
  /** Server's clock, ms since the Unix epoch. */
  readonly at: number;
  readonly outcomes: readonly TriggerOutcome[];
}
