/**
 * How a picture is laid into a view of another shape.
 * - `contain`: the whole picture, as large as it fits; the rest of the view stays empty.
 * - `cover`: the whole view is filled; what sticks out is cut off equally on both sides.
 * - `crop`: one picture pixel is one view pixel, centred; cut off or surrounded by empty space.
 */
export type Fit = 'contain' | 'cover' | 'crop';

/** All fits, for attributes and query parameters that have to be checked. */
export const FITS: readonly Fit[] = ['contain', 'cover', 'crop'];

/** The area that is drawn on, in the context's own units (CSS pixels, when the context is scaled for the screen). */
export interface Viewport {
  readonly width: number;
  readonly height: number;
  readonly fit: Fit;
  /** Left and right exchanged, as in a mirror. */
  readonly mirror: boolean;
}

/** A size in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * From normalised image coordinates to the view: `view = offset + coordinate · scale`. `scaleX` is negative in a
 * mirrored view. Its absolute value is the width of the whole picture in view pixels, that of `scaleY` its height.
 */
export interface ViewTransform {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/**
 * Where a picture lies in a view.
 * @param picture pixels of the source; a picture without a size is taken to have the view's
 */
export function fitPicture(picture: Size, viewport: Viewport): ViewTransform {
  const hasSize = picture.width > 0 && picture.height > 0;
  const width = hasSize ? picture.width : viewport.width;
  const height = hasSize ? picture.height : viewport.height;
  const scale = pictureScale(viewport, width, height);
  const shownWidth = width * scale;
  const shownHeight = height * scale;
  const left = (viewport.width - shownWidth) / 2;
  return {
    scaleX: viewport.mirror ? -shownWidth : shownWidth,
    scaleY: shownHeight,
    // The picture is centred, so its right edge is where a mirrored picture's x = 0 belongs.
    offsetX: viewport.mirror ? left + shownWidth : left,
    offsetY: (viewport.height - shownHeight) / 2,
  };
}

/** View pixels per picture pixel. */
function pictureScale(viewport: Viewport, width: number, height: number): number {
  if (width <= 0 || height <= 0) return 1;
  switch (viewport.fit) {
    case 'contain':
      return Math.min(viewport.width / width, viewport.height / height);
    case 'cover':
      return Math.max(viewport.width / width, viewport.height / height);
    case 'crop':
      return 1;
  }
}

/** A normalised image point in view pixels. */
export function toView(transform: ViewTransform, point: Point): Point {
  return {
    x: transform.offsetX + point.x * transform.scaleX,
    y: transform.offsetY + point.y * transform.scaleY,
  };
}

/** The inverse of `toView`: which normalised image point lies under a view pixel (a click, a finger). */
export function toPicture(transform: ViewTransform, point: Point): Point {
  return {
    x: (point.x - transform.offsetX) / transform.scaleX,
    y: (point.y - transform.offsetY) / transform.scaleY,
  };
}
