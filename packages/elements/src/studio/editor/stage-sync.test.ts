import { PoseCoachError } from '@pose-coach/core';
import { applyStageChange, type Scene } from '@pose-coach/core/stage';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../core/src/base/manual-clock.ts';
import { ScriptedController } from './scripted-controller.test-data.ts';
import { type LostChange, StageSync } from './stage-sync.ts';

/** Lets everything happen that waits for nothing but its turn. */
const settle = () => new Promise((resolve) => setTimeout(resolve));

function synced() {
  const controller = new ScriptedController();
  const clock = new ManualClock(1000);
  const sync = new StageSync(controller, clock);
  const lost: LostChange[] = [];
  sync.lost.subscribe((each) => lost.push(each));
  const rename = (id: string, name: string) => sync.change({ scenes: [{ ...here(sync, id), name }] });
  return { controller, clock, sync, lost, rename };
}

/** A scene as this page shows it. */
function here(sync: StageSync, id: string): Scene {
  const found = sync.current.stage?.scenes.find((scene) => scene.id === id);
  if (!found) throw new Error(`There is no scene "${id}" here.`);
  return found;
}

describe('the stage that is edited', () => {
  it('changes here at once, and then on the server', async () => {
    const { controller, sync, rename } = synced();
    rename('dance', 'Friday');
    expect(here(sync, 'dance').name).toBe('Friday');
    expect(sync.current.unsaved).toBe(true);
    await settle();
    expect(controller.scene('dance').name).toBe('Friday');
    expect(sync.current.unsaved).toBe(false);
    expect(controller.changes).toMatchObject([{ base: 1 }]);
  });

  it('sends at most twenty changes a second, and the last of them always', async () => {
    const { controller, clock, rename } = synced();
    // A drag at 250 Hz for a second.
    for (let step = 0; step < 250; step += 1) {
      rename('dance', `Step ${step}`);
      clock.advance(4);
      await Promise.resolve();
    }
    clock.advance(50);
    await settle();
    expect(controller.changes.length).toBeLessThanOrEqual(21);
    expect(controller.changes.length).toBeGreaterThan(15);
    expect(controller.scene('dance').name).toBe('Step 249');
  });

  it('has one request under way at a time, and merges what waits for its answer', async () => {
    const { controller, clock, sync, rename } = synced();
    let answer = () => {};
    controller.answers = new Promise((resolve) => {
      answer = resolve;
    });
    rename('dance', 'One');
    rename('dance', 'Two');
    sync.change({ current: 'vertical' });
    clock.advance(1000);
    await settle();
    expect(controller.changes).toHaveLength(1);
    expect(here(sync, 'dance').name).toBe('Two');
    answer();
    await settle();
    expect(controller.changes).toMatchObject([
      { change: { scenes: [{ name: 'One' }] }, base: 1 },
      { change: { scenes: [{ name: 'Two' }], current: 'vertical' }, base: 2 },
    ]);
  });

  it('shows what others change, beside what it has not sent yet', async () => {
    const { controller, sync, rename } = synced();
    let answer = () => {};
    controller.answers = new Promise((resolve) => {
      answer = resolve;
    });
    rename('dance', 'Mine');
    await settle();
    controller.changedByOthers({ scenes: [{ ...controller.scene('vertical'), name: 'Theirs' }] });
    expect([here(sync, 'dance').name, here(sync, 'vertical').name]).toEqual(['Mine', 'Theirs']);
    answer();
    await settle();
    expect([here(sync, 'dance').name, here(sync, 'vertical').name]).toEqual(['Mine', 'Theirs']);
  });

  it('takes the scene of somebody who was quicker, says so, and keeps other changes', async () => {
    const { controller, clock, sync, lost, rename } = synced();
    controller.refusal = new PoseCoachError('STAGE_OUTDATED', 'Somebody else has changed this scene.');
    rename('dance', 'Mine');
    controller.changedByOthers({ scenes: [{ ...controller.scene('dance'), name: 'Theirs' }] });
    rename('dance', 'Mine, later');
    rename('vertical', 'Upright');
    await settle();
    expect(lost).toMatchObject([{ scenes: ['dance'], error: { code: 'STAGE_OUTDATED' } }]);
    expect(here(sync, 'dance').name).toBe('Theirs');
    clock.advance(50);
    await settle();
    expect(controller.scene('dance').name).toBe('Theirs');
    expect(controller.scene('vertical').name).toBe('Upright');
  });

  it('sees by itself that somebody was quicker, before the server has to refuse', async () => {
    const { controller, clock, lost, rename } = synced();
    rename('dance', 'One');
    await settle();
    // Waits for its turn, while another page changes the same scene.
    rename('dance', 'Two');
    controller.changedByOthers({ scenes: [{ ...controller.scene('dance'), name: 'Theirs' }] });
    clock.advance(50);
    await settle();
    expect(lost).toMatchObject([{ scenes: ['dance'], error: { code: 'STAGE_OUTDATED' } }]);
    expect(controller.changes).toHaveLength(1);
    expect(controller.scene('dance').name).toBe('Theirs');
  });

  it('keeps what was done without a connection, and sends it when there is one again', async () => {
    const { controller, clock, sync, lost, rename } = synced();
    controller.refusal = new PoseCoachError('CONNECTION_LOST', 'The connection was lost.');
    rename('dance', 'Offline');
    controller.status.next({ status: 'connecting' });
    await settle();
    expect(sync.current).toMatchObject({ unsaved: true, connection: { status: 'connecting' } });
    rename('dance', 'Still offline');
    clock.advance(1000);
    await settle();
    expect(controller.changes).toHaveLength(1);
    // A restarted server counts from its own beginning.
    controller.stage.next({ stage: structuredClone(controller.stage.value.stage), revision: 0 });
    controller.status.next({ status: 'connected' });
    clock.advance(50);
    await settle();
    expect(lost).toEqual([]);
    expect(controller.changes.at(-1)).toMatchObject({ base: 0 });
    expect(controller.scene('dance').name).toBe('Still offline');
  });

  it('sends again what the server had taken when the connection was lost before its answer', async () => {
    const { controller, clock, lost, rename } = synced();
    controller.refusal = new PoseCoachError('CONNECTION_LOST', 'The connection was lost.');
    rename('dance', 'Taken');
    controller.status.next({ status: 'connecting' });
    await settle();
    rename('dance', 'Taken, and more');
    const { stage } = controller.stage.value;
    const taken = { scenes: [{ ...controller.scene('dance'), name: 'Taken' }] };
    controller.stage.next({ stage: applyStageChange(stage, taken), revision: 2 });
    controller.status.next({ status: 'connected' });
    clock.advance(50);
    await settle();
    expect(lost).toEqual([]);
    expect(controller.scene('dance').name).toBe('Taken, and more');
  });

  it('gives up what the server will not have, with its words', async () => {
    const { controller, sync, lost, rename } = synced();
    controller.refusal = new PoseCoachError('STAGE_INVALID', 'The name is too long.');
    rename('dance', 'x'.repeat(500));
    await settle();
    expect(lost).toMatchObject([{ scenes: ['dance'], error: { message: 'The name is too long.' } }]);
    expect(here(sync, 'dance').name).toBe('Dance');
    expect(sync.current.unsaved).toBe(false);
  });

  it('sends what waits when it is closed, and nothing after', async () => {
    const { controller, clock, sync, rename } = synced();
    rename('dance', 'One');
    await settle();
    rename('dance', 'Two');
    sync.dispose();
    await settle();
    expect(controller.scene('dance').name).toBe('Two');
    clock.advance(1000);
    await settle();
    expect(controller.changes).toHaveLength(2);
    expect(clock.pending).toBe(0);
  });
});
