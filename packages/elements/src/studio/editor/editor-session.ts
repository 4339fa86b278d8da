import { type Clock, type PoseCoachError, toPoseCoachError } from '@pose-coach/core';
import type { StageController } from '@pose-coach/core/live';
import {
  did,
  type History,
  history,
  importScene,
  redo,
  type Scene,
  type Stage,
  type StageChange,
  type StageItem,
  undo,
} from '@pose-coach/core/stage';
import { BehaviorSubject, type Observable, Subscription } from 'rxjs';
import { isSameJson } from './same-json.ts';
import { duplicatedScene, newScene } from './scene-making.ts';
import { type LostChange, StageSync, type SyncState } from './stage-sync.ts';

/** Something to tell whoever edits. */
export interface Notice {
  readonly kind: 'done' | 'fault';
  readonly words: string;
  /** Whether what it tells of can be taken back from where it is told. */
  readonly undoable?: boolean;
}

/** What the editor shows. */
export interface EditorState extends SyncState {
  /** The scene that is edited, as it is with all changes. */
  readonly scene: Scene | undefined;
  readonly selected: StageItem | undefined;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly notice: Notice | undefined;
}

/**
 * What somebody does in the editor: which scene and item they look at, their edits with undo and redo, their scenes.
 * Knows nothing of the page. What the stage is stands with the server; see `StageSync`.
 */
export class EditorSession {
  readonly #controller: StageController;
  readonly #sync: StageSync;
  readonly #state: BehaviorSubject<EditorState>;
  readonly #subscriptions = new Subscription();
  readonly #histories = new Map<string, History>();
  #sceneId: string | undefined;
  #itemId: string | undefined;
  #notice: Notice | undefined;
  /** The scene that was removed by the last thing that was done, and how the stage stood. */
  #removed:
    | { readonly scene: Scene; readonly order: readonly string[]; readonly onStream: boolean }
    | undefined;

  /** At once, then every change. */
  readonly state: Observable<EditorState>;

  constructor(controller: StageController, clock?: Clock) {
    this.#controller = controller;
    this.#sync = new StageSync(controller, clock);
    this.#state = new BehaviorSubject(this.#view());
    this.state = this.#state.asObservable();
    this.#subscriptions.add(this.#sync.state.subscribe(() => this.#tell()));
    this.#subscriptions.add(this.#sync.lost.subscribe((lost) => this.#lost(lost)));
  }

  get current(): EditorState {
    return this.#state.value;
  }

  dispose(): void {
    this.#sync.dispose();
    this.#subscriptions.unsubscribe();
    this.#state.complete();
  }

  selectScene(id: string): void {
    this.#sceneId = id;
    this.#itemId = undefined;
    this.#tell();
  }

  select(item: string | undefined): void {
    if (item === this.#itemId) return;
    this.#itemId = item;
    this.#tell();
  }

  tell(notice: Notice | undefined): void {
    this.#notice = notice;
    this.#tell();
  }

  /**
   * Changes the scene that is edited; one step of undo.
   * @param step edits with the same one, in a row, are one step together: those of one drag
   * @param words what to say of it
   */
  edit(change: (scene: Scene) => Scene, step?: string, words?: string): void {
    const { scene } = this.current;
    if (!scene) return;
    const changed = change(scene);
    if (isSameJson(changed, scene)) return;
    this.#histories.set(scene.id, did(this.#historyOf(scene), changed, step));
    this.#did({ scenes: [changed] }, words);
  }

  undo(): void {
    if (this.#removed) {
      const { scene, order, onStream } = this.#removed;
      const now = (this.current.stage?.scenes ?? []).map(({ id }) => id);
      this.#sceneId = scene.id;
      this.#did(
        {
          scenes: [scene],
          // Somebody else may have added or removed one since.
          order: [
            ...order.filter((id) => id === scene.id || now.includes(id)),
            ...now.filter((id) => !order.includes(id)),
          ],
          ...(onStream ? { current: scene.id } : {}),
        },
        `“${scene.name}” is back.`,
      );
    } else this.#travel(undo, 'Undone.');
  }

  redo(): void {
    this.#travel(redo, 'Done again.');
  }

  addScene(): void {
    const { stage, scene } = this.current;
    if (stage) this.#add(newScene(stage, scene), 'New scene');
  }

  duplicateScene(): void {
    const { stage, scene } = this.current;
    if (stage && scene) this.#add(duplicatedScene(stage, scene), 'Copied to');
  }

  /** Takes the edited scene out, unless it is the only one. */
  removeScene(): void {
    const { stage, scene } = this.current;
    if (!stage || !scene || stage.scenes.length < 2) return;
    const next = stage.scenes[stage.scenes.indexOf(scene) + 1] ?? stage.scenes.at(-2);
    const order = stage.scenes.map(({ id }) => id);
    const onStream = stage.current === scene.id;
    const current = onStream && next ? { current: next.id } : {};
    this.#sceneId = next?.id;
    this.#did({ removed: [scene.id], ...current });
    this.#removed = { scene, order, onStream };
    this.tell({ kind: 'done', words: `“${scene.name}” is deleted.`, undoable: true });
  }

  /** Adds a scene from a file's text; says what is wrong with it where it is none. */
  importScene(text: string): void {
    const read = importScene(text);
    if (read.ok) this.#add(read.value, 'Imported');
    else this.tell({ kind: 'fault', words: read.error.message });
  }

  /** Makes the edited scene the one that overlays show. */
  showOnStream(): void {
    const { scene } = this.current;
    if (scene) this.#did({ current: scene.id }, `“${scene.name}” is on the stream.`);
  }

  /** Empties all overlays of the channel, or shows them again. */
  hideOverlays(hidden: boolean): void {
    this.#did({ hidden }, hidden ? 'The overlay is hidden.' : 'The overlay is shown again.');
  }

  /** The address of an overlay that shows the edited scene, whichever is on the stream; undefined, and told, on failure. */
  async linkToScene(): Promise<string | undefined> {
    const { scene } = this.current;
    if (!scene) return undefined;
    try {
      const { overlay } = await this.#controller.request('overlay.link', { scene: scene.id });
      return overlay;
    } catch (thrown) {
      this.tell({ kind: 'fault', words: asError(thrown).message });
      return undefined;
    }
  }

  #add(scene: Scene, words: string): void {
    this.#sceneId = scene.id;
    this.#itemId = undefined;
    this.#did({ scenes: [scene] }, `${words} “${scene.name}”.`);
  }

  #travel(way: (from: History) => History, words: string): void {
    const { scene } = this.current;
    if (!scene) return;
    const before = this.#historyOf(scene);
    const after = way(before);
    if (after.present === before.present) return;
    this.#histories.set(scene.id, after);
    this.#did({ scenes: [after.present] }, words);
  }

  #did(change: StageChange, words?: string): void {
    this.#removed = undefined;
    if (words !== undefined || this.#notice?.undoable)
      this.#notice = words ? { kind: 'done', words } : undefined;
    this.#sync.change(change);
  }

  #lost({ scenes, error }: LostChange): void {
    for (const id of scenes) this.#histories.delete(id);
    this.tell({ kind: 'fault', words: error.message });
  }

  /** Begins anew with a scene that has become another since. */
  #historyOf(scene: Scene): History {
    const known = this.#histories.get(scene.id);
    return known && isSameJson(known.present, scene) ? known : history(scene);
  }

  #view(): EditorState {
    const sync = this.#sync.current;
    const scene = shownScene(sync.stage, this.#sceneId);
    const known = scene && this.#historyOf(scene);
    return {
      ...sync,
      scene,
      selected: scene?.items.find(({ id }) => id === this.#itemId),
      canUndo: this.#removed !== undefined || (known !== undefined && known.past.length > 0),
      canRedo: known !== undefined && known.future.length > 0,
      notice: this.#notice,
    };
  }

  #tell(): void {
    this.#state.next(this.#view());
  }
}

/** The chosen scene, or, while there is none, the one that is on the stream. */
function shownScene(stage: Stage | undefined, id: string | undefined): Scene | undefined {
  return (
    stage?.scenes.find((scene) => scene.id === id) ?? stage?.scenes.find(({ id }) => id === stage.current)
  );
}

function asError(thrown: unknown): PoseCoachError {
  return toPoseCoachError(thrown, 'CONNECTION_LOST', String(thrown));
}
