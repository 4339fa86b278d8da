import type { MetricId } from '../analysis/index.ts';
import type { JsonValue } from '../base/index.ts';
import type { RuleCondition } from '../feedback/index.ts';

/** When something holds of the readings, something is done. Data: evaluated by interpretation, never as code. */
export interface Trigger {
  /** As a scene's id; unique in the scene. */
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  /** All of them must hold at once; at least one, at most eight. */
  readonly when: readonly TriggerCondition[];
  /** At least one, at most eight; begun in this order. */
  readonly actions: readonly TriggerAction[];
  /** Seconds after firing in which it does not fire again. It must also have ceased to hold in between. */
  readonly coolDown: number;
}

/**
 * One thing that must hold: of a metric's value as rules as data have it (`above`, `below`, `equals`), or, with
 * `happens`, that the metric is read at all, which is what metrics of the kind `event` do. “Between” is two of them.
 */
export interface TriggerCondition {
  readonly metric: MetricId;
  readonly when: RuleCondition | { readonly happens: true };
  /** Seconds for which it must have held without a break; default 0; not with `happens`. */
  readonly for?: number;
}

/** Sounds that the overlay page makes by itself. */
export const TRIGGER_SOUNDS = ['chime', 'drum', 'rise', 'success'] as const;
export type TriggerSound = (typeof TRIGGER_SOUNDS)[number];

/** What a trigger does. */
export type TriggerAction =
  /** Makes another scene of this stage the current one. */
  | { readonly do: 'stage-scene'; readonly scene: string }
  /** Shows an item for so many seconds, also one that is not visible otherwise. */
  | { readonly do: 'show-item'; readonly item: string; readonly seconds: number }
  | { readonly do: 'sound'; readonly sound: TriggerSound }
  /** Runs a command of an extension where the channel is published from. */
  | { readonly do: 'command'; readonly command: string; readonly values?: readonly JsonValue[] }
  | { readonly do: 'obs-scene'; readonly scene: string }
  | { readonly do: 'obs-record'; readonly to: 'start' | 'stop' }
  | { readonly do: 'obs-chapter'; readonly title: string }
  /** POSTs JSON to an address whose origin was allowed when the server was started. */
  | { readonly do: 'webhook'; readonly url: string };
