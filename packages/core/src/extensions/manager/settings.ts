import { Emitter, type Event, type JsonValue, PoseCoachError } from '../../base/index.ts';
import type { SettingValues } from '../api/extension-api.ts';
import { settingFault } from '../manifest/index.ts';
import type { SettingDeclaration } from '../manifest/manifest.ts';
import { type Identity, identityKey } from './identity.ts';
import type { KeptValues } from './kept-values.ts';

/** What one extension's settings are now. */
interface OwnSettings {
  /** What begins the keys of its kept values. */
  readonly prefix: string;
  readonly declarations: ReadonlyMap<string, SettingDeclaration>;
  /** Those that differ from their defaults. */
  readonly chosen: Map<string, JsonValue>;
}

/** The settings of all extensions that are listed, switched on or not: checked, kept, and announced. */
export class Settings {
  readonly #kept: KeptValues;
  readonly #extensions = new Map<string, OwnSettings>();
  readonly #changes = new Emitter<readonly string[]>();

  readonly onDidChange: Event<readonly string[]> = this.#changes.event;

  constructor(kept: KeptValues) {
    this.#kept = kept;
  }

  /**
   * Reads what was chosen before.
   * @returns the ids of kept values that no longer fit what the extension declares: their defaults hold
   */
  async add(identity: Identity): Promise<readonly string[]> {
    const { id, contributes } = identity.manifest;
    const declarations = new Map(contributes.configuration.map((setting) => [setting.id, setting]));
    const own: OwnSettings = {
      prefix: `settings/${identityKey(identity)}/`,
      declarations,
      chosen: new Map(),
    };
    this.#extensions.set(id, own);
    const unfit: string[] = [];
    for (const key of await this.#kept.keys(own.prefix)) {
      const value = await this.#kept.get(key);
      if (value === undefined) continue;
      const setting = key.slice(own.prefix.length);
      const declaration = declarations.get(setting);
      if (declaration === undefined || settingFault(declaration, value) !== undefined) unfit.push(setting);
      else own.chosen.set(setting, frozen(value));
    }
    return unfit;
  }

  remove(extension: string): void {
    this.#extensions.delete(extension);
  }

  /** All settings of one extension, complete. */
  values(extension: string): SettingValues {
    const own = this.#extensions.get(extension);
    if (own === undefined) return {};
    return Object.fromEntries([...own.declarations.keys()].map((id) => [id, currentValue(own, id)]));
  }

  get(id: string): JsonValue {
    return currentValue(this.#owner(id)[1], id);
  }

  /**
   * Takes effect at once; the promise is about its being kept.
   * @returns whose setting has changed; undefined when it was so before
   */
  set(
    id: string,
    value: JsonValue | undefined,
  ): { readonly extension: string; readonly kept: Promise<void> } | undefined {
    const [extension, own] = this.#owner(id);
    const declaration = own.declarations.get(id);
    const before = currentValue(own, id);
    if (declaration === undefined || value === undefined || same(value, declaration.default))
      own.chosen.delete(id);
    else {
      const expected = settingFault(declaration, value);
      if (expected !== undefined)
        throw new PoseCoachError('SETTING_INVALID', `"${id}" must be ${expected}. It stays as it was.`);
      own.chosen.set(id, frozen(value));
    }
    if (same(currentValue(own, id), before)) return undefined;
    // Each by itself: another page of the origin may have chosen other settings meanwhile.
    return { extension, kept: this.#kept.set(own.prefix + id, own.chosen.get(id)) };
  }

  /** Tells those who listen, once the extension itself knows. */
  announce(ids: readonly string[]): void {
    this.#changes.fire(ids);
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #owner(id: string): readonly [string, OwnSettings] {
    for (const entry of this.#extensions) if (entry[1].declarations.has(id)) return entry;
    throw new PoseCoachError(
      'SETTING_INVALID',
      `No extension here has a setting "${id}". Look up its id in the manifest, and add the extension first.`,
    );
  }
}

function currentValue(own: OwnSettings, id: string): JsonValue {
  return own.chosen.get(id) ?? own.declarations.get(id)?.default ?? null;
}

function same(one: JsonValue, other: JsonValue): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

/** A copy that nobody can change behind our back: the same value goes to the page and to the extension. */
function frozen(value: JsonValue): JsonValue {
  return deepFreeze(JSON.parse(JSON.stringify(value)) as JsonValue);
}

function deepFreeze(value: JsonValue): JsonValue {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value;
}
