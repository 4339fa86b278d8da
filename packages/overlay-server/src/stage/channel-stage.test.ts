import { PoseCoachError } from '@pose-coach/core';
import { defaultStage, type Scene } from '@pose-coach/core/stage';
import { describe, expect, it } from 'vitest';
import { ChannelStage } from './channel-stage.ts';

const ADA = 1;
const BOB = 2;
const START = 1000;

function scene(id: string, name = id): Scene {
  const [first] = defaultStage().scenes;
  if (!first) throw new Error('The default stage has scenes.');
  return { ...first, id, name };
}

function codeOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof PoseCoachError) return error.code;
    throw error;
  }
  return undefined;
}

describe('a channel’s stage', () => {
  it('takes changes of whoever has seen the last one, and counts them', () => {
    const stage = new ChannelStage(defaultStage(), START);
    const change = { scenes: [scene('dance', 'Ours')] };
    expect(stage.change(change, START, ADA)).toEqual({ type: 'stage', revision: START + 1, change });
    expect(stage.change({ scenes: [scene('dance', 'Yours')] }, START + 1, BOB).revision).toBe(START + 2);
    expect(stage.current?.name).toBe('Yours');
  });

  it('refuses a change of a scene that somebody else changed in the meantime, and changes nothing', () => {
    const stage = new ChannelStage(defaultStage(), START);
    stage.change({ scenes: [scene('dance', 'Ours')] }, START, ADA);
    const before = stage.stage;
    expect(codeOf(() => stage.change({ scenes: [scene('dance', 'Late')] }, START, BOB))).toBe(
      'STAGE_OUTDATED',
    );
    expect(codeOf(() => stage.change({ removed: ['dance'] }, START, BOB))).toBe('STAGE_OUTDATED');
    expect(stage.stage).toBe(before);
    expect(stage.revision).toBe(START + 1);
  });

  it('takes a change of another scene, of the order, or of what is shown, however late', () => {
    const stage = new ChannelStage(defaultStage(), START);
    stage.change({ scenes: [scene('dance', 'Ours')] }, START, ADA);
    stage.change({ scenes: [scene('vertical', 'Mine')], current: 'vertical', hidden: true }, START, BOB);
    expect(stage.stage).toMatchObject({ current: 'vertical', hidden: true });
  });

  it('lets one editor send its next change before the answer to the last', () => {
    const stage = new ChannelStage(defaultStage(), START);
    for (const name of ['a', 'b', 'c']) stage.change({ scenes: [scene('dance', name)] }, START, ADA);
    expect(stage.current?.name).toBe('c');
  });

  it('does not bring back a scene that was removed in the meantime', () => {
    const stage = new ChannelStage(defaultStage(), START);
    stage.change({ removed: ['vertical'] }, START, ADA);
    expect(codeOf(() => stage.change({ scenes: [scene('vertical')] }, START, BOB))).toBe('STAGE_OUTDATED');
    // Whoever has seen that it is gone may make a new one of that name.
    stage.change({ scenes: [scene('vertical')] }, START + 1, BOB);
    expect(stage.stage.scenes.map(({ id }) => id)).toEqual(['dance', 'skeleton', 'vertical']);
  });

  it('refuses what would leave no stage', () => {
    const stage = new ChannelStage(defaultStage(), START);
    expect(codeOf(() => stage.change({ removed: ['dance', 'skeleton', 'vertical'] }, START, ADA))).toBe(
      'STAGE_INVALID',
    );
    expect(codeOf(() => stage.change({ current: 'nowhere' }, START, ADA))).toBe('STAGE_INVALID');
    expect(stage.revision).toBe(START);
  });
});
