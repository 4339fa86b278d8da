import {
  movedRectangle,
  type ResizeHandle,
  resizedRectangle,
  type Scene,
  type SnapGuide,
  type StageItem,
  type StageRectangle,
  snap,
} from '@pose-coach/core/stage';

/** Where a drag has led. */
export interface DragStep {
  readonly rectangle: StageRectangle;
  /** Lines that it keeps to. */
  readonly guides: readonly SnapGuide[];
  /** The same for all of one drag. */
  readonly step: string;
}

/** How a drag begins. */
export interface DragStart {
  readonly event: Pick<PointerEvent, 'clientX' | 'clientY'>;
  /** What of the item follows the pointer. */
  readonly handle: ResizeHandle | 'move';
  readonly item: StageItem;
  /** CSS pixels per stage pixel. */
  readonly scale: number;
}

/** CSS pixels that a pointer may tremble on a click. */
const TREMBLING = 3;

/** CSS pixels from which a line draws an edge on: as far as a hand can still steer past it. */
const SNAP_DISTANCE = 7;

/** Follows one pointer at a time: a drag of an item, or of one of its handles. */
export class CanvasDrag {
  #start: DragStart | undefined;
  #moved = false;
  /** Drags so far, to tell one's steps from the next one's. */
  #count = 0;

  begin(start: DragStart): void {
    this.#start = start;
    this.#moved = false;
    this.#count += 1;
  }

  /**
   * @param snaps whether edges keep to lines near them; with Alt they do not
   * @returns nothing while it may still be a click
   */
  move(
    event: Pick<PointerEvent, 'clientX' | 'clientY' | 'altKey' | 'shiftKey'>,
    scene: Scene,
    snaps: boolean,
  ): DragStep | undefined {
    if (!this.#start) return undefined;
    const { event: from, handle, item, scale } = this.#start;
    const [acrossPage, downPage] = [event.clientX - from.clientX, event.clientY - from.clientY];
    this.#moved ||= Math.hypot(acrossPage, downPage) > TREMBLING;
    if (!this.#moved) return undefined;
    const [dx, dy] = [acrossPage / scale, downPage / scale];
    const { canvas } = scene;
    const rectangle =
      handle === 'move'
        ? movedRectangle(item, dx, dy, canvas)
        : resizedRectangle(item, handle, dx, dy, canvas, event.shiftKey);
    const step = `drag ${this.#count}`;
    // Of kept proportions a line would take one side away.
    const free = !snaps || event.altKey || (handle !== 'move' && event.shiftKey);
    if (free) return { rectangle, guides: [], step };
    const others = scene.items.filter(({ id, visible }) => id !== item.id && visible);
    const tolerance = SNAP_DISTANCE / scale;
    return { ...snap(rectangle, others, canvas, tolerance, handle === 'move' ? undefined : handle), step };
  }
}
