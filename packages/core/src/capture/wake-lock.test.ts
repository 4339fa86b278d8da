import { describe, expect, it } from 'vitest';
import { keepAwake } from './wake-lock.ts';

/** A page whose visibility is set by hand, and which drops its locks when it is hidden, as browsers do. */
function page({ refuses = false } = {}) {
  const document = Object.assign(new EventTarget(), {
    visibilityState: 'visible' as DocumentVisibilityState,
  });
  const held = new Set<object>();
  let requested = 0;
  const wakeLock = {
    request: async () => {
      requested += 1;
      if (refuses) throw new DOMException('saving power', 'NotAllowedError');
      const lock = {
        released: false,
        release: async () => {
          lock.released = true;
          held.delete(lock);
        },
      };
      held.add(lock);
      return lock as unknown as WakeLockSentinel;
    },
  };
  const show = async (state: DocumentVisibilityState) => {
    document.visibilityState = state;
    if (state === 'hidden') for (const lock of held) await (lock as WakeLockSentinel).release();
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
  };
  return {
    environment: { document, wakeLock } as unknown as NonNullable<Parameters<typeof keepAwake>[0]>,
    show,
    held: () => held.size,
    requested: () => requested,
  };
}

const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('keepAwake', () => {
  it('holds one lock until it is released', async () => {
    const { environment, held } = page();
    const release = keepAwake(environment);
    await settle();
    expect(held()).toBe(1);
    release();
    await settle();
    expect(held()).toBe(0);
  });

  it('asks again when the page is seen again, and not while it is hidden', async () => {
    const { environment, held, requested, show } = page();
    const release = keepAwake(environment);
    await settle();
    await show('hidden');
    expect([held(), requested()]).toEqual([0, 1]);
    await show('visible');
    expect([held(), requested()]).toEqual([1, 2]);
    release();
    await show('visible');
    expect([held(), requested()]).toEqual([0, 2]);
  });

  it('gives a lock back that is granted after it was released', async () => {
    const { environment, held, requested } = page();
    keepAwake(environment)();
    await settle();
    expect([held(), requested()]).toEqual([0, 1]);
  });

  it('goes on where the lock is refused', async () => {
    const { environment, held, requested, show } = page({ refuses: true });
    const release = keepAwake(environment);
    await settle();
    await show('visible');
    expect([held(), requested()]).toEqual([0, 2]);
    release();
  });

  it('does nothing where there is no screen', () => {
    expect(() => keepAwake({})()).not.toThrow();
    expect(() => keepAwake()()).not.toThrow();
  });
});
