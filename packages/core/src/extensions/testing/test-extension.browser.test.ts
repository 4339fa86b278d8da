import { expect, it } from 'vitest';
import type { ExtensionModule } from '../api/extension-api.ts';
import { syntheticFrames } from './synthetic-person.ts';
import { testExtension } from './test-extension.ts';

const manifest = {
  name: 'extension-in-a-browser',
  version: '1.0.0',
  poseCoach: {
    apiVersion: 1,
    prefix: 'try',
    main: './extension.js',
    permissions: ['poses', 'storage'],
    contributes: {
      analyzers: [{ id: 'try.all', title: 'All', metrics: ['try.people'] }],
      metrics: [{ id: 'try.people', title: 'People', kind: 'series' }],
      commands: [{ id: 'try.keep', title: 'Keep' }],
    },
  },
};

const module: ExtensionModule = {
  activate(context, coach) {
    context.subscriptions.push(
      coach.analyzers.register('try.all', {
        create: () => ({
          step: ({ frame: { timestamp, poses } }) => [
            { metric: 'try.people', timestamp, status: 'ok', value: poses.length, confidence: 1 },
          ],
          reset() {},
        }),
      }),
      coach.commands.register('try.keep', () => context.globalState.set('kept', 'secret').then(() => true)),
    );
  },
};

it('runs an extension in a browser too, and leaves nothing in its storage', async () => {
  localStorage.clear();
  const test = await testExtension({ manifest, module });
  try {
    const { readings } = await test.feed(
      syntheticFrames(1, (second) => (second < 0.5 ? {} : undefined), { rate: 4 }),
    );
    expect(readings.map(({ value }) => value)).toEqual([1, 1, 0, 0]);
    expect(await test.execute('try.keep')).toBe(true);
    expect(test.status).toMatchObject({ state: 'active', trust: 'trusted' });
    expect(localStorage.length).toBe(0);
  } finally {
    test.dispose();
  }
});
