import { expect, it } from 'vitest';
import type { ExtensionModule } from '../api/extension-api.ts';
import { testExtension } from './test-extension.ts';

const url = new URL('../manager/fixture-extension/package.json', import.meta.url).href;

const manifestNaming = (assets: readonly string[]) => ({
  name: 'pose-reader',
  version: '1.0.0',
  poseCoach: {
    apiVersion: 1,
    prefix: 'reader',
    assets,
    contributes: { commands: [{ id: 'reader.read', title: 'Read' }] },
  },
});

const module: ExtensionModule = {
  activate(context, coach) {
    const read = async () => new TextDecoder().decode(await context.asset('./note.txt')).trim();
    context.subscriptions.push(coach.commands.register('reader.read', read));
  },
};

it('gives an extension under test the files that its manifest names, from where they lie', async () => {
  const reader = await testExtension({ manifest: manifestNaming(['./note.txt']), module, url });
  expect(await reader.execute('reader.read')).toBe('A note that lies beside the manifest.');
  reader.dispose();
});

it('tells the author of an extension to name a file that its code reads', async () => {
  const reader = await testExtension({ manifest: manifestNaming([]), module, url });
  await expect(reader.execute('reader.read')).rejects.toThrow('add "./note.txt" to /poseCoach/assets');
  reader.dispose();
});
