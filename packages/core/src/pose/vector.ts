/** A point or a direction in space. Landmarks are vectors too; the unit is that of whatever they hold. */
export interface Vector3 {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** The way from `b` to `a`. */
export function subtract(a: Vector3, b: Vector3): Vector3 {
  return { x: a.x - b.x, y: a.y - b.y, z: a.z - b.z };
}

/** The point half-way between two. */
export function midpoint(a: Vector3, b: Vector3): Vector3 {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, z: (a.z + b.z) / 2 };
}

export function dot(a: Vector3, b: Vector3): number {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

export function cross(a: Vector3, b: Vector3): Vector3 {
  return { x: a.y * b.z - a.z * b.y, y: a.z * b.x - a.x * b.z, z: a.x * b.y - a.y * b.x };
}

export function magnitude(a: Vector3): number {
  return Math.sqrt(dot(a, a));
}

/**
 * The unsigned angle between two directions in degrees, 0 to 180: it neither wraps nor changes when both are
 * turned or mirrored together. Through the arc tangent, because the arc cosine loses its digits near 0 and 180.
 * NaN when a component is not a number; 0 when a direction has no length: ask `magnitude` first.
 */
export function angleBetween(a: Vector3, b: Vector3): number {
  return (Math.atan2(magnitude(cross(a, b)), dot(a, b)) * 180) / Math.PI;
}
