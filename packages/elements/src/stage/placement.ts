import { fitPicture, type Size } from '../draw/index.ts';

/** Where a scene's canvas lies on the page, in CSS pixels: `page = offset + stage · scale`. */
export interface StagePlacement {
  readonly x: number;
  readonly y: number;
  /** CSS pixels per stage pixel. */
  readonly scale: number;
}

/** Lays a canvas whole and centred into a page of any shape. */
export function placeStage(canvas: Size, page: Size): StagePlacement {
  const { offsetX, offsetY, scaleX } = fitPicture(canvas, { ...page, fit: 'contain', mirror: false });
  return { x: offsetX, y: offsetY, scale: scaleX / canvas.width };
}
