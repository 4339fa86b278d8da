import type { ObsSource } from '@pose-coach/core/stage';
import { ANSWERS } from './obs-answers.ts';
import type { ObsConnection } from './obs-connection.ts';
import { hasStatus } from './obs-refusal.ts';

/** What an item of a scene is called by: its number in the scene or group that it is in. */
interface SceneItem {
  readonly sceneName: string;
  readonly sceneItemId: number;
}

/** Everything in OBS that has a picture or sound, with its filters. @throws PoseCoachError as `ObsConnection.ask` */
export async function listSources(connection: ObsConnection): Promise<readonly ObsSource[]> {
  const { inputs } = await connection.ask(ANSWERS.inputs, 'GetInputList');
  const sources = inputs.map(async ({ inputName, inputKind }): Promise<ObsSource[]> => {
    try {
      const { filters } = await connection.ask(ANSWERS.filters, 'GetSourceFilterList', {
        sourceName: inputName,
      });
      const named = filters.map(({ filterName, filterKind }) => ({ name: filterName, kind: filterKind }));
      return [{ name: inputName, kind: inputKind, filters: named }];
    } catch (error) {
      // Removed since it was listed.
      if (hasStatus(error, 'notFound')) return [];
      throw error;
    }
  });
  return (await Promise.all(sources)).flat();
}

/**
 * Shows or hides sources wherever they are in a scene, also in its groups.
 * @returns how many there were
 * @throws PoseCoachError as `ObsConnection.ask`
 */
export async function showSources(
  connection: ObsConnection,
  scene: string,
  names: readonly string[],
  visible: boolean,
): Promise<number> {
  const items = await itemsNamed(connection, scene, names);
  await Promise.all(
    items.map((item) => connection.tell('SetSceneItemEnabled', { ...item, sceneItemEnabled: visible })),
  );
  return items.length;
}

async function itemsNamed(
  connection: ObsConnection,
  scene: string,
  names: readonly string[],
): Promise<readonly SceneItem[]> {
  const { sceneItems } = await connection.ask(ANSWERS.items, 'GetSceneItemList', { sceneName: scene });
  // OBS has no groups within groups.
  const groups = sceneItems.filter(({ isGroup }) => isGroup === true);
  const grouped = await Promise.all(
    groups.map(async ({ sourceName }) => {
      const answer = await connection.ask(ANSWERS.items, 'GetGroupSceneItemList', { sceneName: sourceName });
      return answer.sceneItems.map((item) => ({ ...item, sceneName: sourceName }));
    }),
  );
  return [...sceneItems.map((item) => ({ ...item, sceneName: scene })), ...grouped.flat()]
    .filter(({ sourceName }) => names.includes(sourceName))
    .map(({ sceneName, sceneItemId }) => ({ sceneName, sceneItemId }));
}
