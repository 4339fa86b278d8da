/** For authors of extensions: what runs one in a test, or paints a part of it, and synthetic people to show it. */
export { memoryStorage } from '../manager/storage.ts';
export {
  type Bends,
  type SyntheticFramesOptions,
  syntheticBody,
  syntheticFrame,
  syntheticFrames,
  syntheticPose,
} from './synthetic-person.ts';
export {
  type ExtensionTest,
  type Heard,
  type TestExtensionOptions,
  type TestFrames,
  testExtension,
} from './test-extension.ts';
export {
  type OverlayPartTest,
  type TestOverlayPartOptions,
  testOverlayPart,
} from './test-overlay-part.ts';
