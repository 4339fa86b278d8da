export type { JsonValue } from '../base/index.ts';
export { CLOSE_REASONS, type CloseReason, type CloseReasonName, closeReason } from './close-codes.ts';
export type {
  ControlMethod,
  ControlMethods,
  ControlParams,
  ControlResult,
  DelayMeasurement,
  ObsMethod,
  TriggerOutcome,
} from './control.ts';
export { isControlMethod, readControlParams } from './control-schemas.ts';
export { declaredMetrics, eventMetrics, METRICS_KEY, metricsEntry } from './declared-metrics.ts';
export {
  DEFAULT_CHANNEL,
  isChannelName,
  MAXIMUM_CUES,
  MAXIMUM_MESSAGE_BYTES,
  MAXIMUM_READINGS,
  MAXIMUM_SERVER_MESSAGE_BYTES,
  MAXIMUM_STATE_LENGTH,
  PROTOCOL_VERSION,
  WEBSOCKET_PATH,
} from './limits.ts';
export type {
  AnswerMessage,
  ClientMessage,
  CommandMessage,
  EffectMessage,
  ErrorMessage,
  FiredMessage,
  HelloMessage,
  ObsMessage,
  PaintedMessage,
  PingMessage,
  PongMessage,
  ReadingsMessage,
  RequestMessage,
  RevisedStage,
  Role,
  ServerMessage,
  SetStateMessage,
  SourceMessage,
  StageEffect,
  StageMessage,
  StateMessage,
  UnknownMessage,
  WelcomeMessage,
} from './messages.ts';
export { encodeMessage, parseClientMessage, parseServerMessage } from './parse-message.ts';
export { isCue, isReading } from './reading-schemas.ts';
export {
  type EntryFault,
  findEntryFault,
  mergeEntries,
  type StateEntries,
} from './state-entries.ts';
