/**
 * Smallest step in ms between two timestamps given to the engine. It counts whole microseconds and never
 * recovers from two equal ones or one that goes back (google-ai-edge/mediapipe#5743).
 */
const SMALLEST_STEP = 0.1;

/** The step in ms taken when the source's time says nothing usable: a frame at 30 per second. */
const USUAL_STEP = 1000 / 30;

/**
 * Gives the engine strictly increasing timestamps whatever comes in: real intervals are kept, because the
 * engine's own smoothing uses them; where time stands, goes back or is not a number, a usual interval is put in.
 */
export function monotonicTimestamps(): (timestamp: number) => number {
  let previousInput = Number.NaN;
  let output = 0;
  return (timestamp) => {
    const step = timestamp - previousInput;
    const usable = Number.isFinite(step) && step > 0;
    output += usable ? Math.max(step, SMALLEST_STEP) : USUAL_STEP;
    if (Number.isFinite(timestamp)) previousInput = timestamp;
    return output;
  };
}
