import type { Beat, Reading } from '../../analysis/index.ts';
import type { ErrorCode, JsonValue } from '../../base/index.ts';
import type { NetworkResponse, SettingValues } from '../api/extension-api.ts';
import type { OverlayMoment } from '../api/overlay-api.ts';
import type { LogLevel } from '../host.ts';
import type { ExtensionManifest, Permission } from '../manifest/manifest.ts';
import type { PackedFrame } from './packed-frame.ts';

/*
 * What page and worker say to each other, over a channel of their own. The page posts plain objects. The worker
 * posts text, JSON and nothing else: whatever an extension does to its realm, one text of limited length is all
 * that a message to the page can be, and reading it costs the page next to nothing before it is checked.
 */

/** Longest text in UTF-16 units that the page reads: 256 readings with the longest lists and words have room in it. */
export const MAX_TEXT = 1_000_000;

/** Longest text with the summaries of a take, which the page asks for: an hour's have room in it. */
export const MAX_SUMMARIES = 8_000_000;

/** Characters of a step's output that count for nothing: 256 readings of numbers. */
export const STEP_TEXT = 40_000;

/** Characters of all else that may come at once, and per second after that. */
export const MAX_TEXT_AT_ONCE = 4_000_000;
export const MAX_TEXT_PER_SECOND = 1_000_000;

/** The worker keeps to its limits by another clock: only what is this many times beyond them was not sent by our own code. */
export const LENIENCE = 2;

/** Requests of one extension that may be open at a time. */
export const MAX_OPEN_REQUESTS = 64;

/** Bytes that files and answers on their way to one extension may take from the page: those that do not fit wait. */
export const MAX_OPEN_BYTES = 64e6;

/** Requests and log lines per second: a hundred lines are more than anybody reads, a request per frame is slow already. */
export const MAX_LOG_LINES = 100;
export const MAX_REQUESTS_PER_SECOND = 1_000;

/** Longest log line, in UTF-16 units. */
export const MAX_LINE = 2_000;

/** What the page posts to the worker. Those with an `id` are answered by `done` or `failed`. */
export type PageMessage =
  | { readonly kind: 'start'; readonly id: number; readonly order: StartOrder }
  | { readonly kind: 'step'; readonly id: number; readonly input: PackedStep }
  | { readonly kind: 'finish'; readonly id: number }
  | {
      readonly kind: 'command';
      readonly id: number;
      readonly command: string;
      readonly values: readonly JsonValue[];
    }
  | { readonly kind: 'stop'; readonly id: number }
  /** The two that parts of the overlay get, in place of `start` and `step`. */
  | { readonly kind: 'mount'; readonly id: number; readonly order: MountOrder }
  | {
      readonly kind: 'paint';
      readonly id: number;
      readonly moment: Omit<OverlayMoment, 'metrics'>;
      /** Absent: those of the moment before. They hardly change, and would be half of what has to be copied. */
      readonly metrics?: OverlayMoment['metrics'];
      readonly pixelRatio: number;
    }
  /** Answered at once, by whoever still gets to answer. */
  | { readonly kind: 'ping'; readonly id: number }
  | { readonly kind: 'configure'; readonly settings: SettingValues; readonly changed: readonly string[] }
  /** To a `request`. */
  | { readonly kind: 'answer'; readonly request: number; readonly value: RequestValue }
  | { readonly kind: 'refusal'; readonly request: number; readonly fault: Fault };

export interface StartOrder {
  readonly manifest: ExtensionManifest;
  readonly permissions: readonly Permission[];
  readonly settings: SettingValues;
  /** The extension's module. */
  readonly text: string;
}

/** Which widget or theme is to be painted on the worker's canvas. */
export interface MountOrder {
  readonly manifest: ExtensionManifest;
  readonly part: PartName;
  /** Of its chance. */
  readonly seed: number;
  /** The overlay module. */
  readonly text: string;
}

/** One widget or theme, as `OverlayParts.mount` has it. */
export interface PartName {
  readonly kind: 'widget' | 'theme';
  readonly id: string;
}

export interface PackedStep {
  readonly frame: PackedFrame;
  readonly beats: readonly Beat[];
  readonly readings: readonly Reading[];
}

/** What a request can be answered with. */
export type RequestValue = JsonValue | undefined | ArrayBuffer | NetworkResponse;

/** An error on its way. */
export interface Fault {
  readonly code: ErrorCode;
  readonly message: string;
}

/** What the worker posts to the page, as JSON. */
export type WorkerMessage =
  | { readonly kind: 'done'; readonly id: number; readonly value?: JsonValue }
  | { readonly kind: 'failed'; readonly id: number; readonly fault: Fault }
  /** Something was thrown where nobody catches it. */
  | { readonly kind: 'fault'; readonly message: string }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly message: string }
  | { readonly kind: 'request'; readonly id: number; readonly request: ExtensionRequest };

/** What an extension asks for. */
export type ExtensionRequest =
  | { readonly name: 'command'; readonly command: string; readonly values: readonly JsonValue[] }
  | { readonly name: 'stateGet'; readonly key: string }
  /** Without a value: forget the key. */
  | { readonly name: 'stateSet'; readonly key: string; readonly value?: JsonValue }
  | { readonly name: 'stateKeys' }
  | { readonly name: 'asset'; readonly path: string }
  | {
      readonly name: 'fetch';
      readonly url: string;
      readonly method?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly text?: string;
      /** A body of bytes, in base64. */
      readonly bytes?: string;
    };
