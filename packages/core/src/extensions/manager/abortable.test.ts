import { describe, expect, it } from 'vitest';
import { abortable } from './abortable.ts';

describe('abortable', () => {
  it('does not begin what was called off before', async () => {
    let begun = 0;
    const work = async () => {
      begun += 1;
    };
    await expect(abortable(work, AbortSignal.abort())).rejects.toMatchObject({ code: 'ABORTED' });
    expect(begun).toBe(0);
  });

  it('waits no longer for what is called off, and gives what comes before that', async () => {
    const { signal, abort } = controlled();
    const never = abortable(() => new Promise(() => {}), signal);
    expect(await abortable(async () => 7, signal)).toBe(7);
    abort();
    await expect(never).rejects.toMatchObject({ code: 'ABORTED' });
  });
});

function controlled() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
