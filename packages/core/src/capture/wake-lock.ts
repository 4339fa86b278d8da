/** What of `document` and `navigator` keeping the screen awake needs. */
export interface WakeLockEnvironment {
  readonly document?: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
  readonly wakeLock?: Pick<WakeLock, 'request'>;
}

/**
 * Keeps the screen awake until the returned function is called: nobody touches it while they exercise. Browsers
 * drop the lock of a page that gets hidden, so it is asked for again when the page is seen again. Does nothing
 * where there is no screen or no such lock.
 */
export function keepAwake({ document, wakeLock } = pageEnvironment()): () => void {
  if (!document || !wakeLock) return () => {};
  let done = false;
  let lock: WakeLockSentinel | undefined;
  const request = async () => {
    if (done || document.visibilityState !== 'visible' || (lock && !lock.released)) return;
    try {
      const granted = await wakeLock.request('screen');
      if (done || (lock && !lock.released)) await granted.release();
      else lock = granted;
    } catch {
      // Refused (battery saver, a policy of the frame's embedder): the screen may go dark, the camera goes on.
    }
  };
  document.addEventListener('visibilitychange', request);
  void request();
  return () => {
    done = true;
    document.removeEventListener('visibilitychange', request);
    void lock?.release();
  };
}

function pageEnvironment(): WakeLockEnvironment {
  const { document, navigator } = globalThis as Partial<typeof globalThis>;
  const wakeLock: WakeLock | undefined = navigator?.wakeLock;
  return { ...(document ? { document } : {}), ...(wakeLock ? { wakeLock } : {}) };
}
