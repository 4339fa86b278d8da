import { describe, expect, it } from 'vitest';
import { NewestWins } from './newest-wins.ts';

/** What was applied, and the means to let what is being applied come to its end. */
function slow() {
  const applied: string[] = [];
  const ends: Array<(failure?: Error) => void> = [];
  const newest = new NewestWins<string>((key, value) => {
    applied.push(`${key}=${value}`);
    return new Promise((resolve, reject) => {
      ends.push((failure) => (failure ? reject(failure) : resolve()));
    });
  });
  const end = async (failure?: Error) => {
    ends.shift()?.(failure);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { applied, newest, end };
}

describe('the newest value', () => {
  it('is applied next, and those between are left out', async () => {
    const { applied, newest, end } = slow();
    const done = Promise.all(['1', '2', '3'].map((value) => newest.set('a', value)));
    await end();
    await end();
    await done;
    expect(applied).toEqual(['a=1', 'a=3']);
  });

  it('does not wait for that of another thing', async () => {
    const { applied, newest } = slow();
    void newest.set('a', '1');
    void newest.set('b', '1');
    expect(applied).toEqual(['a=1', 'b=1']);
  });

  it('is not applied twice, until it may have been forgotten', async () => {
    const { applied, newest, end } = slow();
    const first = newest.set('a', '1');
    await end();
    await first;
    await newest.set('a', '1');
    newest.clear();
    void newest.set('a', '1');
    expect(applied).toEqual(['a=1', 'a=1']);
  });

  it('is tried again after it failed', async () => {
    const { applied, newest, end } = slow();
    const failed = newest.set('a', '1').catch((error: Error) => error.message);
    await end(new Error('no'));
    expect(await failed).toBe('no');
    const second = newest.set('a', '1');
    await end();
    await second;
    expect(applied).toEqual(['a=1', 'a=1']);
  });
});
