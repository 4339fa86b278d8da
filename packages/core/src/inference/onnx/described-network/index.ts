export { checkDescription } from './check-description.ts';
export { DescribedTracker } from './described-tracker.ts';
export {
  type DescribedInput,
  type DescribedKeypoints,
  describedSpec,
  type NetworkDescription,
} from './network-description.ts';
