/** The last frame a subscriber has seen; `undefined` before the first and after a change of publisher. */
export interface SequenceState {
  readonly sequence: number;
}

/**
 * Counts what got lost between two frames: `[state, lost] = sequenceGap(state, frame)`. A number that does not
 * go up (publisher reloaded, 32 bits wrapped round) starts afresh and is no loss. Start again with `undefined`
 * when another publisher takes over: its numbers say nothing about the old ones.
 */
export function sequenceGap(
  state: SequenceState | undefined,
  frame: { readonly sequence: number },
): [state: SequenceState, lost: number] {
  const step = state === undefined ? 1 : frame.sequence - state.sequence;
  return [{ sequence: frame.sequence }, Math.max(0, step - 1)];
}
