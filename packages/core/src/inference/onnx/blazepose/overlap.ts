/** An upright rectangle. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** How much of what two boxes cover both cover, in [0, 1]; 0 where both are empty. */
export function intersectionOverUnion(a: Box, b: Box): number {
  const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  if (!(width > 0 && height > 0)) return 0;
  const both = width * height;
  return both / (area(a) + area(b) - both);
}

function area({ left, top, right, bottom }: Box): number {
  return (right - left) * (bottom - top);
}
