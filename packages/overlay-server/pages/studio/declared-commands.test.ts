import dance from '@pose-coach/extension-dance/package.json' with { type: 'json' };
import { describe, expect, it } from 'vitest';
import { commandsOf } from './declared-commands.ts';

describe('commands that the studio knows before extensions run', () => {
  it('are those that manifests declare, and none of one that is faulty', () => {
    const titles = commandsOf([dance, { name: 'broken', poseCoach: { prefix: 7 } }, null]).map(
      ({ title }) => title,
    );
    expect(titles).toEqual(dance.poseCoach.contributes.commands.map(({ title }) => title));
    expect(titles.length).toBeGreaterThan(0);
  });
});
