import { expect, it } from 'vitest';
import { isolatedHost } from './index.ts';
import { heardServices, startRequest } from './isolated-host.test-support.ts';

it('The isolated host refuses to run anything in Node, and says that nothing but trust helps there', async () => {
  const host = isolatedHost();
  await expect(
    host.start(startRequest('export function activate() {}', heardServices())),
  ).rejects.toMatchObject({
    code: 'EXTENSION_UNTRUSTED',
    message: expect.stringContaining('trusted extensions only'),
  });
  host.dispose();
});
