import {
  controlStage,
  type LiveSubscriber,
  type StageController,
  subscribePoses,
} from '@pose-coach/core/live';
import type { StudioAddress } from './studio-address.ts';

/** What the studio holds of its channel: one connection to control it, one to see what overlays see. */
export interface ChannelLink {
  readonly controller: StageController;
  readonly subscriber: LiveSubscriber;
}

/** Connects to the channel of the page's address; nothing without a token, because the server would refuse it. */
export function linkChannel({ channel, token }: StudioAddress): ChannelLink | undefined {
  if (token === undefined) return undefined;
  return {
    controller: controlStage({ url: '/', channel, token }),
    subscriber: subscribePoses({ url: '/', channel, key: token }),
  };
}
