/** Under which name it is remembered that the guide was closed. */
const MEMORY = 'pose-coach-guide';
const CLOSED = 'closed';

/** Whether this browser closed the guide before; where nothing is stored, as in some private windows, it did not. */
export function wasGuideClosed(): boolean {
  try {
    return localStorage.getItem(MEMORY) === CLOSED;
  } catch {
    return false;
  }
}

export function rememberGuide(closed: boolean): void {
  try {
    if (closed) localStorage.setItem(MEMORY, CLOSED);
    else localStorage.removeItem(MEMORY);
  } catch {}
}
