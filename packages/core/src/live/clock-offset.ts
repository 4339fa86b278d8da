/** One exchange with the server: when the question left, what the server's clock said, when the answer was here. */
export interface ClockSample {
  /** Own clock, ms. */
  readonly sentAt: number;
  /** Server's clock, ms. */
  readonly serverTime: number;
  /** Own clock, ms. */
  readonly receivedAt: number;
}

/** What is known of the other clock. */
export interface ClockEstimate {
  /** Milliseconds to add to the own clock to get the server's. */
  readonly offset: number;
  /** Milliseconds of the round trip it comes from; the offset is wrong by half of this at most. */
  readonly roundTrip: number;
}

/** As many samples as NTP's clock filter keeps (RFC 5905, section 10: eight stages). */
const WINDOW = 8;

/** The samples with a new one: the newest eight. */
export function addClockSample(samples: readonly ClockSample[], sample: ClockSample): readonly ClockSample[] {
  return [...samples, sample].slice(-WINDOW);
}

/**
 * The offset of the sample with the shortest round trip, which was delayed least and so can be wrong least
 * (RFC 5905, section 10). Answers that came before their question (a clock was set) are left out; undefined when
 * none is left.
 */
export function estimateClock(samples: readonly ClockSample[]): ClockEstimate | undefined {
  let best: ClockEstimate | undefined;
  for (const { sentAt, serverTime, receivedAt } of samples) {
    const roundTrip = receivedAt - sentAt;
    if (roundTrip < 0 || (best && roundTrip >= best.roundTrip)) continue;
    best = { offset: serverTime - (sentAt + receivedAt) / 2, roundTrip };
  }
  return best;
}
