// Loaded when somebody goes live. Named one by one, so that bundlers leave the rest of core out.
export { publishPoses } from '@pose-coach/core/live';
