const SECOND = 1000;
const MINUTE = 60;

/** Milliseconds as a clock shows them: `0:07`, `12:34`, `1:02:03`. */
export function durationWords(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / SECOND);
  const [minutes, hours] = [Math.floor(seconds / MINUTE), Math.floor(seconds / MINUTE / MINUTE)];
  const two = (value: number) => String(value % MINUTE).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
