export { type Clock, systemClock } from './clock.ts';
export { type ErrorCode, PoseCoachError, toPoseCoachError } from './errors.ts';
export { type Disposable, Emitter, type Event, reportUncaught } from './event.ts';
export type { JsonValue } from './json.ts';
