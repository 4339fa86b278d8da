export type { BodyMotion, LandmarkMotion, TravelMotion } from './body-motion.ts';
export { BodyMotions } from './body-motions.ts';
