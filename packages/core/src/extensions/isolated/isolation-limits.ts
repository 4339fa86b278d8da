import { ACTIVATION_LIMIT, COMMAND_LIMIT, DEACTIVATION_LIMIT } from '../host-limits.ts';

/** How long an isolated extension may take, in milliseconds, before it is terminated. */
export interface IsolationLimits {
  /** For loading and `activate`. */
  readonly activation: number;
  /** For one frame. */
  readonly step: number;
  /** For the summary of a take, which may look at all of it again. */
  readonly finish: number;
  /** For a command; only the command fails. */
  readonly command: number;
  /** For `deactivate`. */
  readonly stop: number;
  /** For a sign of life while nothing is asked of it. */
  readonly heartbeat: number;
}

/** A frame's second is thirty frames. */
export const ISOLATION_LIMITS: IsolationLimits = {
  activation: ACTIVATION_LIMIT,
  step: 1000,
  finish: 10_000,
  command: COMMAND_LIMIT,
  stop: DEACTIVATION_LIMIT,
  heartbeat: 2000,
};
