export { BODY_BONES, type BodySide, type Bone } from './bones.ts';
export { type DrawContext, draw } from './draw.ts';
export { DEFAULT_STYLE, type DrawStyle, type DrawStyleOptions, drawStyle } from './draw-style.ts';
export {
  FITS,
  type Fit,
  fitPicture,
  type Point,
  type Size,
  toPicture,
  toView,
  type Viewport,
  type ViewTransform,
} from './fit.ts';
export {
  NO_TRAILS,
  nextTrails,
  type TrailOptions,
  type TrailPath,
  type TrailPoint,
  type Trails,
} from './trails.ts';
