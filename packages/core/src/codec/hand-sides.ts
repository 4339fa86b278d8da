/** A hand's side as a byte: its index here. */
export const HAND_SIDES = ['left', 'right'] as const;
