import type { ObsStatus } from '@pose-coach/core/stage';
import type { TriggerNames } from './trigger-words.ts';

/** A command that triggers can run. */
export interface KnownCommand {
  /** `${prefix}.${name}` */
  readonly id: string;
  readonly title: string;
}

/** What the parts of `<pose-triggers>` are made from. */
export interface TriggerView extends TriggerNames {
  readonly obs: ObsStatus;
  readonly commands: readonly KnownCommand[];
  /** Origins that webhooks may go to; undefined until it is known. */
  readonly origins: readonly string[] | undefined;
}
