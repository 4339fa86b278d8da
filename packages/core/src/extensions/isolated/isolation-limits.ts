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

/** What the API says of activation and commands, the contract of hosts of stopping; a frame's second is thirty frames. */
export const ISOLATION_LIMITS: IsolationLimits = {
  activation: 10_000,
  step: 1000,
  finish: 10_000,
  command: 10_000,
  stop: 2000,
  heartbeat: 2000,
};
