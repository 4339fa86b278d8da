import { PoseCoachError } from '../base/index.ts';
import type { Decoded } from '../codec/index.ts';
import { readScene } from './read-stage.ts';
import type { Scene } from './stage.ts';

/** The version of the file; it changes only when an older reader would misunderstand a newer file. */
const FILE_VERSION = 1;

/** Longest text that is looked at, in characters: the largest scene, with much space between its words. */
const LONGEST_FILE = 1_000_000;

/** Characters of a new id behind its word: two scenes with the same one are not to be expected in any lifetime. */
const ID_LENGTH = 12;

/** A scene as the text of a file, for people to read and pass on: JSON that `importScene` reads. */
export function exportScene(scene: Scene): string {
  return `${JSON.stringify({ poseCoachScene: FILE_VERSION, scene }, null, 2)}\n`;
}

/**
 * Reads the text of a file that `exportScene` has made, or a stranger. The scene gets an id of its own, so that it
 * replaces none. Never throws. Error: `STAGE_INVALID` in plain words.
 */
export function importScene(text: string): Decoded<Scene> {
  if (text.length > LONGEST_FILE) return refuse('This file is too large to be a scene.');
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch (thrown) {
    return refuse('This file is not JSON, so it is no scene: choose one that the editor saved.', thrown);
  }
  const { poseCoachScene, scene } = (typeof file === 'object' && file !== null ? file : {}) as {
    readonly poseCoachScene?: unknown;
    readonly scene?: unknown;
  };
  if (typeof poseCoachScene !== 'number') {
    return refuse('This file is no scene of Pose Coach: choose one that the editor saved.');
  }
  if (poseCoachScene !== FILE_VERSION) {
    return refuse(
      `This file has version ${poseCoachScene} of scenes, and this Pose Coach knows ${FILE_VERSION}: update it.`,
    );
  }
  const read = readScene(scene);
  return read.ok ? { ok: true, value: { ...read.value, id: newSceneId() } } : read;
}

function newSceneId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(ID_LENGTH));
  return `scene-${Array.from(bytes, (byte) => (byte % 36).toString(36)).join('')}`;
}

function refuse(message: string, cause?: unknown): Decoded<never> {
  return {
    ok: false,
    error: new PoseCoachError('STAGE_INVALID', message, cause === undefined ? {} : { cause }),
  };
}
