import { PoseCoachError } from '../../base/index.ts';
import type { Asset } from './asset.ts';

/**
 * How the message of a missing or broken file ends. The heavy models are too big for the package.
 * @param how what else to mind about the command, between commas
 */
function advice({ url }: Asset, how = ''): string {
  return /_heavy\.\w+$/.test(url)
    ? 'This model is not in @pose-coach/models: its README says how to make it.'
    : `Run "npx @pose-coach/models copy <folder>"${how} and set the "assets" option to the address of that folder.`;
}

/** The file could not be had: `what` follows its address in the message. */
export function missing(asset: Asset, what: string, cause?: unknown): PoseCoachError {
  // A folder copied for one engine lacks the files of the other.
  const how = advice(asset, ', without --engine or with the engine that you use,');
  return new PoseCoachError('ASSET_NOT_FOUND', `${asset.url} ${what}. ${how}`, { cause });
}

/** The file is not what it should be: `what` follows its address in the message. */
export function invalid(asset: Asset, what: string, cause?: unknown): PoseCoachError {
  return new PoseCoachError('ASSET_INVALID', `${asset.url} ${what}. ${advice(asset)}`, { cause });
}

/** What a caller who aborted gets. */
export function aborted(cause?: unknown): PoseCoachError {
  return new PoseCoachError('ABORTED', 'Loading the engine was cancelled.', { cause });
}
