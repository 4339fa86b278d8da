export {
  checkStepOutput,
  copyStepOutput,
  copySummaries,
  type OutputRules,
  outputRules,
} from './checked-output.ts';
export { ExtensionRuntime, type RuntimeOptions } from './extension-runtime.ts';
export { jsonCopy } from './json-copy.ts';
export { endedError, extensionError, hostGoneError, messageOf, stoppedError } from './thrown.ts';
