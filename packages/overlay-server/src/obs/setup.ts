import type { ObsSetupStep } from '@pose-coach/core/stage';
import { ANSWERS } from './obs-answers.ts';
import type { ObsConnection } from './obs-connection.ts';
import { hasStatus } from './obs-refusal.ts';
import { BROWSER_SOURCE, overlaySources, showsSame } from './overlay-sources.ts';

/** Frames a second that a browser source makes at most. */
const MAXIMUM_FRAME_RATE = 60;

/** How far two numbers of a transform may lie apart and be the same: OBS calculates with 32 bits. */
const TOLERANCE = 1e-3;

/** An item's place that fills the canvas with a source of its size: unscaled, from the top left corner (5) on. */
const FULL_CANVAS = {
  positionX: 0,
  positionY: 0,
  rotation: 0,
  scaleX: 1,
  scaleY: 1,
  alignment: 5,
  boundsType: 'OBS_BOUNDS_NONE',
  cropLeft: 0,
  cropRight: 0,
  cropTop: 0,
  cropBottom: 0,
} as const;

/** A browser source's settings, and what OBS's users call them. */
const SETTING_NAMES = {
  is_local_file: 'address',
  url: 'address',
  width: 'size',
  height: 'size',
  fps_custom: 'frame rate',
  fps: 'frame rate',
  shutdown: 'stays when hidden',
  restart_when_active: 'does not reload when shown',
  css: 'custom CSS',
} as const;

type BrowserSettings = Readonly<Record<keyof typeof SETTING_NAMES, string | number | boolean>>;

/** What there should be. */
export interface Setup {
  /** Scene in OBS. */
  readonly scene: string;
  /** Name of the browser source, when it has to be made. */
  readonly source: string;
  /** Address of the overlay. */
  readonly link: string;
  readonly browserSource: boolean;
}

/**
 * Sees to it that a scene in OBS shows an overlay: reads what is there, and changes only what is not as it should be.
 * @throws PoseCoachError as `ObsConnection.ask`
 */
export async function setUp(connection: ObsConnection, setup: Setup): Promise<readonly ObsSetupStep[]> {
  const sceneStep = await setUpScene(connection, setup.scene);
  if (!setup.browserSource) return [sceneStep, impossible(setup)];
  const wanted = await browserSettings(connection, setup.link);
  const name = await existingSource(connection, setup);
  if (name === undefined) {
    const { sceneItemId } = await connection.ask(ANSWERS.itemId, 'CreateInput', {
      sceneName: setup.scene,
      inputName: setup.source,
      inputKind: BROWSER_SOURCE,
      inputSettings: wanted,
      sceneItemEnabled: true,
    });
    await place(connection, setup.scene, sceneItemId);
    const steps = [step(sourceTitle(setup.source), 'created'), step(itemTitle(setup), 'created')];
    return [sceneStep, ...steps];
  }
  const kind = await kindOf(connection, name);
  if (kind !== BROWSER_SOURCE) return [sceneStep, taken(name)];
  const sourceStep = await setUpSource(connection, name, wanted);
  return [sceneStep, sourceStep, await setUpItem(connection, { ...setup, source: name })];
}

async function setUpScene(connection: ObsConnection, scene: string): Promise<ObsSetupStep> {
  const { scenes } = await connection.ask(ANSWERS.scenes, 'GetSceneList');
  const what = `Scene “${scene}”`;
  if (scenes.some(({ sceneName }) => sceneName === scene)) return step(what, 'unchanged');
  try {
    await connection.tell('CreateScene', { sceneName: scene });
    return step(what, 'created');
  } catch (error) {
    if (!hasStatus(error, 'alreadyExists')) throw error;
    return step(what, 'impossible', 'A source in OBS has this name: choose another for the scene.');
  }
}

/** Our source by its name, else one that shows this overlay by whatever name. */
async function existingSource(connection: ObsConnection, setup: Setup): Promise<string | undefined> {
  const { inputs } = await connection.ask(ANSWERS.inputs, 'GetInputList');
  if (inputs.some(({ inputName }) => inputName === setup.source)) return setup.source;
  const overlays = await overlaySources(connection, setup.link);
  return overlays.find(({ url }) => showsSame(url, setup.link))?.name;
}

async function kindOf(connection: ObsConnection, name: string): Promise<string> {
  const { inputKind } = await connection.ask(ANSWERS.inputSettings, 'GetInputSettings', { inputName: name });
  return inputKind;
}

async function browserSettings(connection: ObsConnection, link: string): Promise<BrowserSettings> {
  const video = await connection.ask(ANSWERS.video, 'GetVideoSettings');
  return {
    is_local_file: false,
    url: link,
    width: video.baseWidth,
    height: video.baseHeight,
    fps_custom: true,
    fps: Math.min(MAXIMUM_FRAME_RATE, Math.max(1, Math.round(video.fpsNumerator / video.fpsDenominator))),
    shutdown: false,
    restart_when_active: false,
    css: '',
  };
}

async function setUpSource(
  connection: ObsConnection,
  name: string,
  wanted: BrowserSettings,
): Promise<ObsSetupStep> {
  const { defaultInputSettings } = await connection.ask(ANSWERS.inputDefaults, 'GetInputDefaultSettings', {
    inputKind: BROWSER_SOURCE,
  });
  const { inputSettings } = await connection.ask(ANSWERS.inputSettings, 'GetInputSettings', {
    inputName: name,
  });
  // A source that was never switched to a file has neither the setting nor a default for it.
  const settings: Record<string, unknown> = {
    is_local_file: false,
    ...defaultInputSettings,
    ...inputSettings,
  };
  const changed = Object.entries(wanted).filter(([key, value]) => settings[key] !== value);
  if (changed.length === 0) return step(sourceTitle(name), 'unchanged');
  await connection.tell('SetInputSettings', {
    inputName: name,
    inputSettings: Object.fromEntries(changed),
    overlay: true,
  });
  const names = changed.map(([key]) => SETTING_NAMES[key as keyof BrowserSettings]);
  return step(sourceTitle(name), 'updated', `Set: ${[...new Set(names)].join(', ')}.`);
}

async function setUpItem(connection: ObsConnection, setup: Setup): Promise<ObsSetupStep> {
  const what = itemTitle(setup);
  const id = await itemId(connection, setup);
  if (id === undefined) {
    const { sceneItemId } = await connection.ask(ANSWERS.itemId, 'CreateSceneItem', {
      sceneName: setup.scene,
      sourceName: setup.source,
      sceneItemEnabled: true,
    });
    await place(connection, setup.scene, sceneItemId);
    return step(what, 'created');
  }
  const item = { sceneName: setup.scene, sceneItemId: id };
  const changes: string[] = [];
  const { sceneItemTransform } = await connection.ask(ANSWERS.itemTransform, 'GetSceneItemTransform', item);
  if (!Object.entries(FULL_CANVAS).every(([key, value]) => same(sceneItemTransform[key], value))) {
    await place(connection, setup.scene, id);
    changes.push('fills the canvas again');
  }
  const { sceneItemEnabled } = await connection.ask(ANSWERS.itemEnabled, 'GetSceneItemEnabled', item);
  if (!sceneItemEnabled) {
    await connection.tell('SetSceneItemEnabled', { ...item, sceneItemEnabled: true });
    changes.push('shown again');
  }
  return changes.length === 0 ? step(what, 'unchanged') : step(what, 'updated', `${changes.join(', ')}.`);
}

async function itemId(connection: ObsConnection, setup: Setup): Promise<number | undefined> {
  try {
    const { sceneItemId } = await connection.ask(ANSWERS.itemId, 'GetSceneItemId', {
      sceneName: setup.scene,
      sourceName: setup.source,
    });
    return sceneItemId;
  } catch (error) {
    if (hasStatus(error, 'notFound')) return undefined;
    throw error;
  }
}

async function place(connection: ObsConnection, scene: string, id: number): Promise<void> {
  await connection.tell('SetSceneItemTransform', {
    sceneName: scene,
    sceneItemId: id,
    sceneItemTransform: { ...FULL_CANVAS },
  });
}

function same(value: unknown, wanted: string | number): boolean {
  if (typeof value !== 'number' || typeof wanted !== 'number') return value === wanted;
  return Math.abs(value - wanted) < TOLERANCE;
}

function impossible({ source }: Setup): ObsSetupStep {
  return step(
    sourceTitle(source),
    'impossible',
    'This OBS comes without browser sources, as the packages of some Linux distributions do. Take OBS from obsproject.com or Flathub; or open the overlay link in a browser window and add that to the scene with Window Capture or Screen Capture.',
  );
}

function taken(name: string): ObsSetupStep {
  return step(
    sourceTitle(name),
    'impossible',
    'A source of another kind has this name: rename it in OBS (right click → Rename) and set up again.',
  );
}

function sourceTitle(name: string): string {
  return `Browser source “${name}”`;
}

function itemTitle({ source, scene }: Setup): string {
  return `“${source}” in scene “${scene}”`;
}

function step(what: string, outcome: ObsSetupStep['outcome'], detail?: string): ObsSetupStep {
  return { what, outcome, ...(detail === undefined ? {} : { detail }) };
}
