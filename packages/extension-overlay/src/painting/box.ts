/** A rectangle on the item, in stage pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A box with a margin of so many pixels on every side; never less than nothing. */
export function inset(box: Box, horizontal: number, vertical = horizontal): Box {
  const across = Math.min(horizontal, box.width / 2);
  const down = Math.min(vertical, box.height / 2);
  return {
    x: box.x + across,
    y: box.y + down,
    width: box.width - 2 * across,
    height: box.height - 2 * down,
  };
}

/** Two boxes: what is above a line, and what is beneath. */
export function splitAcross(box: Box, above: number): readonly [above: Box, beneath: Box] {
  const height = Math.max(0, Math.min(box.height, above));
  return [
    { ...box, height },
    { ...box, y: box.y + height, height: box.height - height },
  ];
}

/** Two boxes: what is left of a line, and what is right of it. */
export function splitDown(box: Box, left: number): readonly [left: Box, right: Box] {
  const width = Math.max(0, Math.min(box.width, left));
  return [
    { ...box, width },
    { ...box, x: box.x + width, width: box.width - width },
  ];
}
