// Loaded when a page names extensions: their host, and the elements that show them.

export { CoachExtensions } from '../extensions/coach-extensions.ts';
export * from '../extensions/index.ts';
