/** A duration as messages say it: `1 second`, `0.5 seconds`. */
export function secondsText(milliseconds: number): string {
  return milliseconds === 1000 ? '1 second' : `${milliseconds / 1000} seconds`;
}
