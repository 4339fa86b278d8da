export { BodyPower } from './body-power.ts';
export { BODY_SEGMENTS, type BodySegment } from './body-segments.ts';
export { effortOf, powerOf } from './effort-scale.ts';
export { type KineticPower, kineticPower } from './kinetic-power.ts';
export { MovingMean } from './moving-mean.ts';
export { PART_NAMES, PartPower } from './part-power.ts';
export { SegmentMotion } from './segment-motion.ts';
