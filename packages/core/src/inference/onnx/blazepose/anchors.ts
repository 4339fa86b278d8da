/** Middles of the boxes that a detector's outputs are relative to: x, y, x, y … as shares of its input. */
export type Anchors = Float32Array;

/** A grid of anchors: one cell every `stride` pixels of the input, so many anchors in each cell. */
export interface AnchorGrid {
  readonly stride: number;
  readonly perCell: number;
}

/**
 * The grids of MediaPipe's detectors (`ConfigureSsdAnchorsCalculator` of `pose_detector_graph.cc` and
 * `hand_detector_graph.cc`). Layers with the same stride share their cells, and each layer has two anchors in
 * every cell: one of the layer's scale, one between it and the next. Both lie in the middle of their cell, and as
 * `fixed_anchor_size` makes all of them 1 × 1, nothing is left to tell them apart but their place in the order.
 */
export const POSE_GRIDS: readonly AnchorGrid[] = [
  { stride: 8, perCell: 2 },
  { stride: 16, perCell: 2 },
  { stride: 32, perCell: 6 },
];
export const PALM_GRIDS: readonly AnchorGrid[] = [
  { stride: 8, perCell: 2 },
  { stride: 16, perCell: 6 },
];

/** Lays out the anchors of a square input of `size` pixels in the order of the detector's outputs. */
export function ssdAnchors(size: number, grids: readonly AnchorGrid[]): Anchors {
  const middles: number[] = [];
  for (const { stride, perCell } of grids) {
    const cells = Math.ceil(size / stride);
    for (let row = 0; row < cells; row += 1) {
      for (let column = 0; column < cells; column += 1) {
        for (let anchor = 0; anchor < perCell; anchor += 1) {
          middles.push((column + 0.5) / cells, (row + 0.5) / cells);
        }
      }
    }
  }
  return Float32Array.from(middles);
}
