/** What a check has found. */
export interface Verdict {
  /** `unknown`: the data is not enough to say either. */
  readonly state: 'good' | 'look' | 'unknown';
  /** Why, and what to do. */
  readonly words: string;
}

export function good(words: string): Verdict {
  return { state: 'good', words };
}

export function look(words: string): Verdict {
  return { state: 'look', words };
}

export function unknown(words: string): Verdict {
  return { state: 'unknown', words };
}
