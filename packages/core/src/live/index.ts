export { backoffDelay } from './backoff.ts';
export type { RevisedStage } from '../protocol/index.ts';
export { addClockSample, type ClockEstimate, type ClockSample, estimateClock } from './clock-offset.ts';
export type { ConnectionStatus } from './connection-status.ts';
export type { ControllerOptions, StageController } from './controller.ts';
export type { LiveSocket, LiveSocketConstructor } from './live-socket.ts';
export {
  type LivePublisher,
  type PublisherCounts,
  type PublisherOptions,
  type PublisherStatus,
  publishPoses,
} from './publisher.ts';
export {
  type LiveReadings,
  type LiveSource,
  type LiveSubscriber,
  type ReceivedFrame,
  type SubscriberCounts,
  type SubscriberOptions,
  subscribePoses,
} from './subscriber.ts';
