export { BODY_POWER_CHANNELS, BodyPower, bodyPowerOf, type MeanBodyPower } from './body-power.ts';
export { BODY_SEGMENTS } from './body-segments.ts';
export { type ChannelMeans, TotalMeans } from './channel-means.ts';
export { effortOf, powerOf } from './effort-scale.ts';
export { MovingMeans } from './moving-means.ts';
export {
  type MeanPartPower,
  PART_NAMES,
  PART_POWER_CHANNELS,
  PartPower,
  partPowerOf,
} from './part-power.ts';
