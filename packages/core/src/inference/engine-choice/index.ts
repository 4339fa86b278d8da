export { engine } from './engine.ts';
export type { EngineChoiceOptions } from './options.ts';
export type { EngineName } from './preference.ts';
