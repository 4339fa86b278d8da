import type { Detection } from '../../engine/packed-landmarks.ts';
import type { Network, Picture } from '../network.ts';

/** Finds people, or hands, in one picture after the other. */
export interface Tracker<Source extends Picture = Picture> {
  /**
   * Looks at the next picture. Not to be called again before it has answered.
   * @returns everybody found, in an order that stays while they are followed
   */
  track(picture: Source): Promise<Detection[]>;
  /** Forgets whom it follows. */
  reset(): void;
}

/** The two networks that a tracker works with: one searches the whole picture, the other looks into a region. */
export interface TrackerNetworks<Source extends Picture = Picture> {
  readonly detector: Network<Source>;
  readonly landmarks: Network<Source>;
}

export interface TrackerOptions {
  /** The most people, or hands, to look for. */
  readonly limit: number;
  /** Least score of the detector, in [0, 1]. */
  readonly detection: number;
  /** Presence above which the landmark network is believed, in [0, 1]. */
  readonly presence: number;
  /** Overlap of regions above which a detection is somebody who is followed already, in [0, 1]. */
  readonly tracking: number;
}
