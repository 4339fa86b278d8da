import { type JsonValue, PoseCoachError } from '../../base/index.ts';
import type { Registry } from '../registry/index.ts';
import { messageOf } from '../runtime/index.ts';
import type { ExtensionList } from './extension-list.ts';

/**
 * Runs a command of any extension that is switched on, and activates that first if need be.
 * @throws PoseCoachError `COMMAND_NOT_FOUND`, `COMMAND_FAILED`
 */
export async function executeCommand(
  list: ExtensionList,
  registry: Registry,
  id: string,
  values: readonly JsonValue[],
): Promise<JsonValue | undefined> {
  const found = registry.find('commands', id);
  const extension = found && list.find(found.extension);
  if (extension === undefined) throw notFound(list, id);
  try {
    await extension.activate();
    if (extension.running === undefined) throw notFound(list, id);
    return await extension.running.runCommand(id, values);
  } catch (thrown) {
    if (thrown instanceof PoseCoachError && thrown.code.startsWith('COMMAND_')) throw thrown;
    throw new PoseCoachError('COMMAND_FAILED', `"${id}" could not be run: ${messageOf(thrown)}`, {
      cause: thrown,
    });
  }
}

function notFound(list: ExtensionList, id: string): PoseCoachError {
  const owner = list.managed.find(({ manifest }) =>
    manifest.contributes.commands.some((each) => each.id === id),
  );
  return new PoseCoachError(
    'COMMAND_NOT_FOUND',
    owner === undefined || owner.enabled
      ? `There is no command "${id}". Look up its id in the extension's manifest, and add the extension first.`
      : `The command "${id}" belongs to "${owner.manifest.title}", which is switched off. Switch it on first.`,
  );
}
