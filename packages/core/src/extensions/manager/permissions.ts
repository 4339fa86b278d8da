import { PoseCoachError } from '../../base/index.ts';
import type { PermissionRequest } from '../extensions.ts';
import { type ExtensionManifest, type Permission, RESERVED_PERMISSIONS } from '../manifest/index.ts';
import { type Identity, identityKey } from './identity.ts';
import type { KeptValues } from './kept-values.ts';

/** Granted without a question to whoever declares them: without poses an extension could do nothing at all. */
const FREE: readonly Permission[] = ['poses', 'hands'];

export type AskPermission = (
  request: PermissionRequest,
) => readonly Permission[] | Promise<readonly Permission[]>;

/** Grants what is declared: some at once, the rest when the embedder says so, once per extension and version. */
export class Permissions {
  readonly #kept: KeptValues;
  readonly #ask: AskPermission | undefined;
  /** Questions that nobody has answered yet. */
  readonly #open = new Set<{ readonly key: string }>();

  constructor(kept: KeptValues, ask: AskPermission | undefined) {
    this.#kept = kept;
    this.#ask = ask;
  }

  /** What everybody has who declares it. */
  unasked(manifest: ExtensionManifest): readonly Permission[] {
    return declared(manifest, FREE);
  }

  /** What it has without another question. */
  async remembered(identity: Identity): Promise<readonly Permission[]> {
    const { manifest } = identity;
    const { granted } = await this.#answer(identity);
    return declared(manifest, [...FREE, ...granted]);
  }

  /** What it will be asked for before it has it. */
  async unanswered(identity: Identity): Promise<readonly Permission[]> {
    const { asked } = await this.#answer(identity);
    return this.questions(identity.manifest, asked);
  }

  /** What there is to ask for of somebody who has answered about some already; nothing without anybody to ask. */
  questions(manifest: ExtensionManifest, answered: readonly string[] = []): readonly Permission[] {
    if (this.#ask === undefined) return [];
    // Asking for what nothing gives yet would promise it.
    const settled: readonly string[] = [...FREE, ...RESERVED_PERMISSIONS, ...answered];
    return manifest.permissions.filter((permission) => !settled.includes(permission));
  }

  /**
   * What it has, after asking for what nobody was asked for yet. Without anybody to ask, that is refused, and asked
   * for again another time.
   * @throws whatever the embedder's answer throws, or the storage: nothing is granted then
   */
  async granted(identity: Identity): Promise<readonly Permission[]> {
    const { manifest, trust, source } = identity;
    const known = await this.#answer(identity);
    const open = this.questions(manifest, known.asked);
    if (open.length === 0 || this.#ask === undefined) return declared(manifest, [...FREE, ...known.granted]);
    const question = { key: key(identity) };
    this.#open.add(question);
    let answer: unknown;
    try {
      answer = await this.#ask({ manifest, trust, source, permissions: open });
    } finally {
      this.#open.delete(question);
    }
    if (!Array.isArray(answer))
      throw new PoseCoachError(
        'OPTION_INVALID',
        '`onPermission` must give back the list of the permissions that it grants. Nothing was granted.',
      );
    // What was answered before may have been taken back meanwhile.
    const before = await this.#answer(identity);
    const granted = [...before.granted, ...open.filter((permission) => answer.includes(permission))];
    const { version } = manifest;
    await this.#kept.set(key(identity), { version, asked: [...before.asked, ...open], granted });
    return declared(manifest, [...FREE, ...granted]);
  }

  /** Whether somebody is thinking about an answer just now. */
  asking(identity: Identity): boolean {
    return [...this.#open].some((question) => question.key === key(identity));
  }

  /** Takes back what was answered: it is asked again. @throws whatever the storage throws */
  forget(identity: Identity): Promise<void> {
    return this.#kept.set(key(identity), undefined);
  }

  async #answer(
    identity: Identity,
  ): Promise<{ readonly asked: readonly string[]; readonly granted: readonly string[] }> {
    const nothing = { asked: [], granted: [] };
    const kept = await this.#kept.get(key(identity));
    if (typeof kept !== 'object' || kept === null || !('asked' in kept) || !('granted' in kept))
      return nothing;
    // A new version may do other things with what it is given: it is asked for again.
    if (!('version' in kept) || kept.version !== identity.manifest.version) return nothing;
    return { asked: texts(kept.asked), granted: texts(kept.granted) };
  }
}

/** Those declared and not granted, which are worth a word in the diagnostics. */
export function refused(manifest: ExtensionManifest, granted: readonly Permission[]): readonly Permission[] {
  return manifest.permissions.filter((permission) => !granted.includes(permission));
}

/** @throws PoseCoachError `PERMISSION_DENIED`, naming the permission and whether it was declared */
export function demand(
  manifest: ExtensionManifest,
  granted: readonly Permission[],
  permission: Permission,
): void {
  if (granted.includes(permission)) return;
  throw new PoseCoachError(
    'PERMISSION_DENIED',
    manifest.permissions.includes(permission)
      ? `${manifest.title} ${deedWithout(permission)}: the permission "${permission}" was refused. Let it be asked for again if you have changed your mind.`
      : `${manifest.title} ${deedWithout(permission)}: add the permission "${permission}" to "permissions" in its manifest.`,
  );
}

/** What nobody can do without a permission, for people. */
function deedWithout(permission: Permission): string {
  if (permission === 'storage') return 'may not keep data';
  return permission.startsWith('network:')
    ? `may not ask ${permission.slice('network:'.length)}`
    : 'may not do that';
}

function declared(manifest: ExtensionManifest, granted: readonly string[]): readonly Permission[] {
  return manifest.permissions.filter((permission) => granted.includes(permission));
}

function key(identity: Identity): string {
  return `permissions/${identityKey(identity)}`;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string') : [];
}
