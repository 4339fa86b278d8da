export type { JsonValue } from '../base/index.ts';
export { CLOSE_REASONS, type CloseReason, type CloseReasonName, closeReason } from './close-codes.ts';
export {
  DEFAULT_CHANNEL,
  isChannelName,
  MAXIMUM_MESSAGE_BYTES,
  MAXIMUM_STATE_LENGTH,
  PROTOCOL_VERSION,
  WEBSOCKET_PATH,
} from './limits.ts';
export type {
  ClientMessage,
  ErrorMessage,
  HelloMessage,
  PingMessage,
  PongMessage,
  Role,
  ServerMessage,
  SetStateMessage,
  SourceMessage,
  StateMessage,
  UnknownMessage,
  WelcomeMessage,
} from './messages.ts';
export { encodeMessage, parseClientMessage, parseServerMessage } from './parse-message.ts';
export {
  type EntryFault,
  findEntryFault,
  mergeEntries,
  type StateEntries,
} from './state-entries.ts';
