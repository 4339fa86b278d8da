export type { RevisedStage } from '../protocol/index.ts';
export { backoffDelay } from './backoff.ts';
export type { LiveReadings, LiveSource } from './channel-view.ts';
export { addClockSample, type ClockEstimate, type ClockSample, estimateClock } from './clock-offset.ts';
export type { ConnectionStatus } from './connection-status.ts';
export { type ControllerOptions, controlStage, type StageController } from './controller.ts';
export type { LiveSocket, LiveSocketConstructor } from './live-socket.ts';
export {
  type LiveCommand,
  type LivePublisher,
  type PublisherCounts,
  type PublisherOptions,
  type PublisherStatus,
  publishPoses,
} from './publisher.ts';
export {
  type LiveSubscriber,
  type ReceivedFrame,
  type SubscriberCounts,
  type SubscriberOptions,
  subscribePoses,
} from './subscriber.ts';
