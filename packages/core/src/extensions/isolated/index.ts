export { type IsolatedHostOptions, isolatedHost } from './isolated-host.ts';
export type { IsolationLimits } from './isolation-limits.ts';
