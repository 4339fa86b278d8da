import { BODY_LANDMARKS } from '@pose-coach/core';
import type { OverlaySkeleton } from '@pose-coach/core/extension';
import type { SkeletonItem } from '@pose-coach/core/stage';
import { fitPicture, type Size } from '../draw/index.ts';

/**
 * Where the camera's picture lies in a skeleton item, in stage pixels from its corner, and what of the joints is
 * special. Mirrored or not, the picture takes the same rectangle: it is centred.
 * @param picture the source's size; without one it is taken to have the item's
 * @param highlights indices of the joints that cues name now
 */
export function skeletonPlace(
  item: SkeletonItem,
  picture: Size | undefined,
  highlights: readonly number[],
): OverlaySkeleton {
  const { scaleX, scaleY, offsetX, offsetY } = fitPicture(picture ?? item, {
    width: item.width,
    height: item.height,
    fit: item.fit,
    mirror: false,
  });
  return {
    x: offsetX,
    y: offsetY,
    width: scaleX,
    height: scaleY,
    mirror: item.mirror,
    trails: item.trails.map((joint) => BODY_LANDMARKS[joint]),
    highlights: item.highlight ? highlights : [],
  };
}
