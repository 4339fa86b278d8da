import { PoseCoachError } from '@pose-coach/core';

/**
 * Loads a part of our own code that is not needed at first.
 * @throws PoseCoachError `ASSET_NOT_FOUND` when it cannot be had
 */
export async function loadCode<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new PoseCoachError(
      'ASSET_NOT_FOUND',
      `A part of Pose Coach could not be loaded. Check the network, and that all files of the package lie beside each other. (${cause instanceof Error ? cause.message : String(cause)})`,
      { cause },
    );
  }
}
