import type { PoseFrame } from '../../pose/index.ts';
import type { Permission } from '../manifest/manifest.ts';

/**
 * A frame as extensions with different rights may see it. Those with the same rights get the same object, so that
 * whoever copies frames copies each once.
 */
export class VisibleFrames {
  #frame: PoseFrame | undefined;
  readonly #variants = new Map<boolean, PoseFrame>();
  #nobody: PoseFrame | undefined;

  for(frame: PoseFrame, permissions: readonly Permission[]): PoseFrame {
    if (frame !== this.#frame) {
      this.#frame = frame;
      this.#variants.clear();
      this.#nobody = undefined;
    }
    const poses = permissions.includes('poses') || frame.poses.length === 0;
    const hands = permissions.includes('hands') || frame.hands.length === 0;
    if (poses && hands) return frame;
    if (!poses && !hands) {
      this.#nobody ??= { ...frame, poses: [], hands: [] };
      return this.#nobody;
    }
    let variant = this.#variants.get(poses);
    if (variant === undefined) {
      variant = poses ? { ...frame, hands: [] } : { ...frame, poses: [] };
      this.#variants.set(poses, variant);
    }
    return variant;
  }
}
