/** Milliseconds that stand for a measured delay which is none: in a setting, 0 stands for not measured. */
const NEXT_TO_NONE = 0.5;

/** A delay that clapping has measured, in ms, as a setting keeps it: whole milliseconds, but never 0. */
export function settingOfDelay(milliseconds: number): number {
  return Math.round(milliseconds) || NEXT_TO_NONE;
}
