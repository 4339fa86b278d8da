import { controlStage, type StageController } from '@pose-coach/core/live';
import type { Scene, SkeletonItem, StageChange, WidgetItem } from '@pose-coach/core/stage';
import { filter, firstValueFrom } from 'rxjs';
import { TEST_TOKEN } from './overlay-server-process.ts';

/** People on a canvas of the camera clips' own size, in crisp lines: what is one to one with the picture. */
export function skeletonScene(id: string, changes: Partial<SkeletonItem> = {}): Scene {
  const size = { width: 640, height: 480 };
  return {
    id,
    name: id,
    canvas: size,
    theme: { id: 'overlay.broadcast', settings: {} },
    items: [
      {
        kind: 'skeleton',
        id: 'people',
        x: 0,
        y: 0,
        ...size,
        visible: true,
        fit: 'contain',
        mirror: false,
        trails: [],
        highlight: true,
        ...changes,
      },
    ],
    triggers: [],
    bindings: [],
  };
}

export function widget(id: string, name: string, changes: Partial<WidgetItem> = {}): WidgetItem {
  return {
    kind: 'widget',
    id,
    widget: name,
    x: 40,
    y: 40,
    width: 240,
    height: 120,
    visible: true,
    settings: {},
    ...changes,
  };
}

/** Whoever arranges the main channel's stage, connected. */
export async function controller(host: string): Promise<StageController> {
  const connected = controlStage({ url: `http://${host}`, token: TEST_TOKEN });
  await firstValueFrom(connected.status.pipe(filter(({ status }) => status === 'connected')));
  return connected;
}

/** Changes the stage as it is now. */
export async function change(stage: StageController, changes: StageChange): Promise<void> {
  const { revision } = await firstValueFrom(stage.stage);
  await stage.request('stage.change', { change: changes, base: revision });
}

/** Puts these scenes on the main channel's stage, the first of them on air. */
export async function arrange(host: string, ...scenes: readonly Scene[]): Promise<void> {
  const stage = await controller(host);
  try {
    const [first] = scenes;
    await change(stage, { scenes, ...(first ? { current: first.id } : {}) });
  } finally {
    stage.dispose();
  }
}
