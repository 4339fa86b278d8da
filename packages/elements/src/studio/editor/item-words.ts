import type { OverlayParts } from '@pose-coach/core/overlay-parts';
import type { Scene, StageItem } from '@pose-coach/core/stage';

/** What an item is called in lists and read out as. */
export function itemTitle(item: StageItem, parts: OverlayParts | undefined): string {
  if (item.name) return item.name;
  if (item.kind === 'skeleton') return 'Skeleton';
  const widget = parts?.widgets.find(({ value }) => value.id === item.widget);
  return widget?.value.title ?? item.widget;
}

/** An item with all that its place on the canvas tells somebody who does not see it. */
export function itemWords(item: StageItem, scene: Scene, parts: OverlayParts | undefined): string {
  const { x, y, width, height } = item;
  const states = [item.visible ? '' : 'hidden', item.locked ? 'locked' : ''].filter(Boolean);
  const layer = `layer ${scene.items.indexOf(item) + 1} of ${scene.items.length}`;
  return [itemTitle(item, parts), placeWords({ x, y, width, height }), layer, ...states].join(', ');
}

/** Where something is and how large, in stage pixels. */
export function placeWords({ x, y, width, height }: Pick<StageItem, 'x' | 'y' | 'width' | 'height'>): string {
  return `${Math.round(x)} from the left, ${Math.round(y)} from the top, ${Math.round(width)} by ${Math.round(height)}`;
}
