import { PoseCoachError } from '../../base/index.ts';
import type { ExtensionManifest } from '../manifest/manifest.ts';
import { activationOrder } from '../registry/index.ts';
import { messageOf } from '../runtime/index.ts';
import type { ExtensionList } from './extension-list.ts';
import type { ManagedExtension } from './managed-extension.ts';

/** The fault lies with another extension. */
export class DependencyError extends PoseCoachError {
  constructor(message: string, cause?: unknown) {
    super('EXTENSION_FAILED', message, { cause });
  }
}

/** Who needs whom, and what becomes of them when one comes or goes. */
export class Dependencies {
  readonly #list: ExtensionList;

  constructor(list: ExtensionList) {
    this.#list = list;
  }

  /** Activates all that an extension needs. @throws DependencyError */
  async activate(id: string): Promise<void> {
    const manifests = this.#list.managed.filter(({ enabled }) => enabled).map(({ manifest }) => manifest);
    let order: readonly string[];
    try {
      order = activationOrder(manifests, id);
    } catch (error) {
      throw new DependencyError(messageOf(error), error);
    }
    for (const needed of order) {
      if (needed === id) continue;
      try {
        await this.#list.find(needed)?.activate();
      } catch (error) {
        throw new DependencyError(
          `"${this.#titleOf(id)}" needs "${this.#titleOf(needed)}", which cannot be used: ${messageOf(error)}`,
          error,
        );
      }
    }
  }

  /** Ends all that cannot be without an extension. @param why in words, for their status */
  async block(id: string, why: string): Promise<void> {
    await Promise.all(this.#needing(id).map((extension) => extension.block(new DependencyError(why))));
  }

  /** What waited for an extension may try again. */
  unblock(id: string): void {
    for (const extension of this.#needing(id)) extension.unblock();
  }

  #titleOf(id: string): string {
    return this.#list.find(id)?.manifest.title ?? id;
  }

  #needing(id: string): readonly ManagedExtension[] {
    const { managed } = this.#list;
    const ids = dependents(
      managed.map(({ manifest }) => manifest),
      id,
    );
    return managed.filter((extension) => ids.has(extension.id));
  }
}

/** All that need an extension, directly or through others, however they go round in circles. */
function dependents(manifests: readonly ExtensionManifest[], id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [id];
  for (let needed = open.pop(); needed !== undefined; needed = open.pop()) {
    for (const manifest of manifests) {
      if (!manifest.dependencies.includes(needed) || found.has(manifest.id) || manifest.id === id) continue;
      found.add(manifest.id);
      open.push(manifest.id);
    }
  }
  return found;
}
