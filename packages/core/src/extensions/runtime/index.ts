export {
  checkStepOutput,
  copyStepOutput,
  copySummaries,
  type OutputRules,
  outputRules,
  PROPOSALS_PER_STEP,
  READINGS_PER_STEP,
} from './checked-output.ts';
export { ExtensionRuntime, type RuntimeOptions } from './extension-runtime.ts';
export { plainJson } from './plain-json.ts';
export { extensionError, messageOf, stoppedError } from './thrown.ts';
