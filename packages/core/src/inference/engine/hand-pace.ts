import type { Clock } from '../../base/index.ts';

/** When hands are looked for beside the body. */
export interface HandPace {
  /** Whether a picture's result waits for the hands that are looked for in it. */
  readonly awaited: boolean;
  /** Whether it is time to look at a picture of this media time, in ms. */
  isDue(timestamp: number): boolean;
  /** A look begins at a picture of this media time; the function returned is called when it has ended. */
  begin(timestamp: number): () => void;
  /** What comes next does not continue what was. */
  reset(): void;
}

/**
 * For a camera: at most `rate` looks per second of the clock, busy at most the share `load` of the time, and no
 * picture waits.
 */
export function livePace({
  rate,
  load,
  clock,
}: {
  readonly rate: number;
  readonly load: number;
  readonly clock: Clock;
}): HandPace {
  const period = 1000 / rate;
  let due = 0;
  return {
    awaited: false,
    isDue: () => clock.now() >= due,
    begin: () => {
      const begun = clock.now();
      return () => {
        due = Math.max(begun + period, begun + (clock.now() - begun) / load);
      };
    },
    reset: () => undefined,
  };
}

/**
 * For films: the first picture of every stretch of 1/`rate` seconds of media time, and its result waits. The same
 * film has the same hands each time, however busy the machine is.
 */
export function filmPace(rate: number): HandPace {
  const stretchOf = (timestamp: number) => Math.floor((timestamp * rate) / 1000);
  let last: number | undefined;
  return {
    awaited: true,
    isDue: (timestamp) => stretchOf(timestamp) !== last,
    begin: (timestamp) => {
      last = stretchOf(timestamp);
      return () => undefined;
    },
    reset: () => {
      last = undefined;
    },
  };
}
