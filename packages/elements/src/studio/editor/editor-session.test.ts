import { applyStageChange, setItem, stageChangeFault } from '@pose-coach/core/stage';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EditorSession } from './editor-session.ts';
import { ScriptedController } from './scripted-controller.test-data.ts';

function edited() {
  const controller = new ScriptedController();
  const session = new EditorSession(controller);
  onTestFinished(() => session.dispose());
  const names = () => session.current.stage?.scenes.map(({ name }) => name);
  return { controller, session, names };
}

/** Moves the tempo of the scene that is edited. */
function moveTempo(session: EditorSession, x: number): void {
  session.edit((scene) => setItem(scene, 'tempo', { x }));
}

function tempoOf({ current }: EditorSession): number | undefined {
  return current.scene?.items.find(({ id }) => id === 'tempo')?.x;
}

describe('EditorSession', () => {
  it('brings a deleted scene back on to the stream that it was taken from', () => {
    const { session } = edited();
    expect(session.current.stage?.current).toBe('dance');
    session.removeScene();
    expect(session.current.stage?.current).toBe('skeleton');
    session.undo();
    expect(session.current.stage?.current).toBe('dance');
    expect(session.current.scene?.id).toBe('dance');
  });

  it('leaves the stream as it is when the scene that comes back was not on it', () => {
    const { session } = edited();
    session.selectScene('vertical');
    session.removeScene();
    session.undo();
    expect(session.current.stage?.current).toBe('dance');
  });

  it('brings a deleted scene back to its place although somebody else has added one since', async () => {
    const { controller, session, names } = edited();
    session.removeScene();
    await expect.poll(() => controller.stage.value.stage.scenes).toHaveLength(2);
    controller.changedByOthers({
      scenes: [{ ...controller.scene('vertical'), id: 'theirs', name: 'Theirs' }],
    });
    const before = controller.stage.value.stage;
    session.undo();
    await expect.poll(() => controller.changes).toHaveLength(2);
    const change = controller.changes[1]?.change ?? {};
    // By the server's own rules.
    expect(stageChangeFault(before, change)).toBeUndefined();
    expect(applyStageChange(before, change).scenes.map(({ name }) => name)).toEqual([
      'Dance',
      'Just the skeleton',
      'Vertical',
      'Theirs',
    ]);
    expect(names()).toContain('Dance');
  });

  it('undoes what was done to the scene that is looked at, also after others were', () => {
    const { session } = edited();
    moveTempo(session, 200);
    session.selectScene('vertical');
    expect(session.current.canUndo).toBe(false);
    session.undo();
    session.selectScene('dance');
    expect(tempoOf(session)).toBe(200);
    session.undo();
    expect(tempoOf(session)).toBe(96);
    session.redo();
    expect(tempoOf(session)).toBe(200);
  });
});
