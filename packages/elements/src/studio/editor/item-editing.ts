import type { OverlayParts } from '@pose-coach/core/overlay-parts';
import type { Scene, StageItem, StageRectangle } from '@pose-coach/core/stage';
import {
  addSkeleton,
  addWidget,
  duplicateItems,
  movedRectangle,
  moveLayer,
  removeItems,
  resizedRectangle,
  type SceneWithNew,
  setItem,
  TALL_CANVAS,
  WIDE_CANVAS,
  withCanvas,
} from '@pose-coach/core/stage';
import type { KeyAction } from './editor-keys.ts';
import type { EditorSession } from './editor-session.ts';
import { itemTitle, placeWords } from './item-words.ts';
import type { CanvasShape } from './top-bar.ts';
import type { Addition } from './widget-menu.ts';

/** What is done to the items of the scene that is edited: each a step of undo, told in words. */
export class ItemEditing {
  readonly #session: EditorSession;
  readonly #parts: () => OverlayParts | undefined;

  constructor(session: EditorSession, parts: () => OverlayParts | undefined) {
    this.#session = session;
    this.#parts = parts;
  }

  /** @param step one for all edits of one drag */
  place(id: string, rectangle: StageRectangle, step: string): void {
    this.#session.edit((scene) => setItem(scene, id, rectangle), step);
  }

  add(addition: Addition): void {
    const { scene } = this.#session.current;
    const added = scene && this.#added(addition, scene);
    if (added) this.#put(added, 'is on the stage.');
    else this.#session.tell({ kind: 'fault', words: 'This scene is full: delete something before.' });
  }

  duplicate(): void {
    const { scene, selected } = this.#session.current;
    if (scene && selected) this.#put(duplicateItems(scene, [selected.id]), 'is copied.');
  }

  remove(): void {
    const { selected, scene } = this.#session.current;
    if (!selected || !scene) return;
    const place = scene.items.indexOf(selected);
    const next = scene.items[place + 1] ?? scene.items[place - 1];
    this.#session.edit((now) => removeItems(now, [selected.id]));
    this.#session.select(next?.id);
    this.#session.tell({ kind: 'done', words: `${this.#title(selected)} is deleted.`, undoable: true });
  }

  shape(shape: CanvasShape): void {
    const canvas = shape === 'wide' ? WIDE_CANVAS : TALL_CANVAS;
    this.#session.edit(
      (scene) => withCanvas(scene, canvas),
      undefined,
      `Canvas: ${shape === 'wide' ? '16:9' : '9:16'}.`,
    );
  }

  /**
   * Does what a key asks for.
   * @returns what to say of it to a screen reader
   */
  perform(action: KeyAction): string | undefined {
    const { selected, scene } = this.#session.current;
    if (!selected || !scene) return undefined;
    switch (action.do) {
      case 'move':
        return this.#nudge(selected, movedRectangle(selected, action.dx, action.dy, scene.canvas));
      case 'resize':
        return this.#nudge(selected, resizedRectangle(selected, 'se', action.dx, action.dy, scene.canvas));
      case 'forward':
      case 'backward': {
        const to = action.do;
        this.#session.edit((now) => moveLayer(now, selected.id, to));
        return this.#layerWords(selected.id);
      }
      case 'duplicate':
        this.duplicate();
        return undefined;
      case 'remove':
        this.remove();
        return undefined;
      default:
        return undefined;
    }
  }

  /** Steps in a row of one item are undone together. */
  #nudge(item: StageItem, rectangle: StageRectangle): string {
    this.#session.edit((scene) => setItem(scene, item.id, rectangle), `nudge ${item.id}`);
    return `${this.#title(item)}: ${placeWords(rectangle)}`;
  }

  #layerWords(id: string): string {
    const items = this.#session.current.scene?.items ?? [];
    return `Layer ${items.findIndex((item) => item.id === id) + 1} of ${items.length}`;
  }

  #added(addition: Addition, scene: Scene): SceneWithNew | undefined {
    if (addition.kind === 'skeleton') return addSkeleton(scene);
    const declared = this.#parts()?.widgets.find(({ value }) => value.id === addition.id)?.value;
    return declared && addWidget(scene, declared.id, declared.size);
  }

  /** Takes over a scene with something new, which is selected then. */
  #put({ scene, ids }: SceneWithNew, words: string): void {
    const item = scene.items.find(({ id }) => id === ids[0]);
    if (!item) return;
    this.#session.edit(() => scene, undefined, `${this.#title(item)} ${words}`);
    this.#session.select(item.id);
  }

  #title(item: StageItem): string {
    return itemTitle(item, this.#parts());
  }
}
