import { type Disposable, PoseCoachError } from '../../base/index.ts';

/** What an extension has registered at one contribution point, in the order of registration. */
export class Registrations<T> {
  readonly #point: string;
  readonly #declared: ReadonlySet<string>;
  readonly #entries = new Map<string, T>();
  #list: readonly (readonly [id: string, value: T])[] | undefined;

  /**
   * @param point its name in the manifest: `analyzers`
   * @param declared the ids that the manifest announces there
   */
  constructor(point: string, declared: Iterable<string>) {
    this.#point = point;
    this.#declared = new Set(declared);
  }

  /** By id. */
  get map(): ReadonlyMap<string, T> {
    return this.#entries;
  }

  /** As they are now: an array that later registrations do not change. */
  get list(): readonly (readonly [id: string, value: T])[] {
    this.#list ??= [...this.#entries];
    return this.#list;
  }

  /**
   * @param make what to keep; called when the id is found to be in order
   * @throws PoseCoachError `MANIFEST_INVALID` for an id that is not declared, or is registered already
   */
  add(id: string, make: () => T): Disposable {
    if (!this.#declared.has(id)) {
      throw new PoseCoachError(
        'MANIFEST_INVALID',
        `${String(id)} is not declared: add it to poseCoach.contributes.${this.#point} in package.json, or correct the id.`,
      );
    }
    if (this.#entries.has(id)) {
      throw new PoseCoachError(
        'MANIFEST_INVALID',
        `${id} is registered already: dispose the first registration before registering it again.`,
      );
    }
    const value = make();
    this.#entries.set(id, value);
    this.#list = undefined;
    let registered = true;
    const registration: Disposable = {
      dispose: () => {
        if (!registered) return;
        registered = false;
        this.#entries.delete(id);
        this.#list = undefined;
      },
    };
    return Object.freeze(registration);
  }

  clear(): void {
    this.#entries.clear();
    this.#list = undefined;
  }
}
