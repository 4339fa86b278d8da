import { Emitter } from '@pose-coach/core';
import type { OverlayMoment } from '@pose-coach/core/extension';
import type { OverlayParts } from '@pose-coach/core/overlay-parts';
import type { Scene, SkeletonItem, WidgetItem } from '@pose-coach/core/stage';
import { PLAIN_LOOK } from './resolved-settings.ts';

/** One part that was mounted, and all it was told. */
export interface RecordedPart {
  readonly kind: 'widget' | 'theme';
  readonly id: string;
  readonly place: HTMLElement;
  readonly moments: OverlayMoment[];
  readonly pixelRatios: number[];
  disposed: boolean;
}

const settings = [
  {
    id: 'color',
    title: 'Colour',
    description: '',
    default: '#ff00ff',
    schema: { type: 'string', format: 'color' },
  },
];

/**
 * Parts that paint nothing and keep what they are told: two themes, `test.plain` and `test.loud`, and a widget,
 * `test.number`, each with a setting `color`.
 */
export function recordedParts(): OverlayParts & { readonly mounted: RecordedPart[] } {
  const mounted: RecordedPart[] = [];
  const theme = (id: string) => ({
    extension: 'extension-test',
    value: { id, title: id, look: { ...PLAIN_LOOK, accent: { setting: 'color' } }, settings },
  });
  return {
    mounted,
    widgets: [
      {
        extension: 'extension-test',
        value: { id: 'test.number', title: 'Number', size: { width: 200, height: 100 }, settings },
      },
    ],
    themes: [theme('test.plain'), theme('test.loud')],
    faults: [],
    onFault: new Emitter<never>().event,
    mount(kind, id, place) {
      const part: RecordedPart = { kind, id, place, moments: [], pixelRatios: [], disposed: false };
      mounted.push(part);
      return {
        state: 'ready',
        paint(moment, pixelRatio) {
          part.moments.push(moment);
          part.pixelRatios.push(pixelRatio);
        },
        dispose() {
          part.disposed = true;
        },
      };
    },
    dispose() {},
  };
}

export const people: SkeletonItem = {
  kind: 'skeleton',
  id: 'people',
  x: 0,
  y: 0,
  width: 1920,
  height: 1080,
  visible: true,
  fit: 'contain',
  mirror: false,
  trails: [],
  highlight: true,
};

export const number: WidgetItem = {
  kind: 'widget',
  id: 'number',
  widget: 'test.number',
  x: 100,
  y: 50,
  width: 300,
  height: 150,
  visible: true,
  settings: {},
};

export function scene(changes: Partial<Scene> = {}): Scene {
  return {
    id: 'show',
    name: 'Show',
    canvas: { width: 1920, height: 1080 },
    theme: { id: 'test.plain', settings: {} },
    items: [people, number],
    triggers: [],
    bindings: [],
    ...changes,
  };
}
