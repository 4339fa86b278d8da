const COLOR = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i;

/** Whether a colour is nearer to black than to white to the eye; one that is not written as `#33cc99` counts as light. */
export function isDark(color: string): boolean {
  const [, red, green, blue] = COLOR.exec(color) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return false;
  const [r, g, b] = [red, green, blue].map((channel) => Number.parseInt(channel, 16));
  // Luma of Rec. 709, which is near enough to choose black or white by.
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0) < 110;
}

/** The colour of an outline that keeps something readable on any picture. */
export function outlineOf(color: string): string {
  return isDark(color) ? 'rgba(255, 255, 255, 0.85)' : 'rgba(4, 6, 14, 0.8)';
}
