import { PoseCoachError } from '../base/index.ts';
import { DEFAULT_CHANNEL, isChannelName } from '../protocol/index.ts';

/** The channel to use. @throws PoseCoachError `OPTION_INVALID` for a name that can be none */
export function channelName(channel: string = DEFAULT_CHANNEL): string {
  if (isChannelName(channel)) return channel;
  throw new PoseCoachError(
    'OPTION_INVALID',
    `"${channel}" is no channel name: take 1 to 64 letters, digits, dots, dashes and underscores.`,
  );
}
