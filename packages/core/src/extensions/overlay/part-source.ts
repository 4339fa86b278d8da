import { type Clock, PoseCoachError } from '../../base/index.ts';
import type { OverlayPart } from '../api/overlay-api.ts';
import type { LogLevel } from '../host.ts';
import { ACTIVATION_LIMIT } from '../host-limits.ts';
import { TimeLimit } from '../inline/time-limit.ts';
import { fetchCode } from '../manager/fetch-code.ts';
import { manifestAddress } from '../manager/package-address.ts';
import { PackageAssets } from '../manager/package-assets.ts';
import type { ExtensionManifest } from '../manifest/manifest.ts';
import { secondsText } from '../seconds-text.ts';
import { InlinePart } from './inline-part.ts';
import { IsolatedPart } from './isolated-part.ts';
import type { MountedPart, OverlaySource } from './overlay-parts.ts';
import { OverlayRuntime, type OverlayServices } from './overlay-runtime.ts';
import type { PartPlace } from './part-place.ts';

export interface PartSourceParts {
  readonly source: OverlaySource;
  readonly manifest: ExtensionManifest;
  readonly frameUrl: string | undefined;
  readonly clock: Clock;
  readonly log: (level: LogLevel, message: string) => void;
  /** Aborted when nobody wants anything of it any more. */
  readonly signal: AbortSignal;
}

/** The overlay module of one extension, loaded when the first of its parts is wanted. */
export class PartSource {
  readonly #parts: PartSourceParts;
  readonly #manifestUrl: URL | undefined;
  readonly #services: OverlayServices;
  /** In the page, where one module serves all places. */
  #runtime: Promise<OverlayRuntime> | undefined;
  /** Of the module, for workers: each place imports it anew. */
  #text: Promise<string> | undefined;

  /** @throws PoseCoachError `OPTION_INVALID` for an address that is none */
  constructor(parts: PartSourceParts) {
    const { source, manifest, log, signal } = parts;
    this.#parts = parts;
    this.#manifestUrl = source.url === undefined ? undefined : manifestAddress(source.url);
    const assets = new PackageAssets(this.#manifestUrl, manifest.assets);
    this.#services = { log, asset: (path) => assets.read(path, signal) };
  }

  mount(place: PartPlace): MountedPart {
    const { source, frameUrl } = this.#parts;
    if (source.module !== undefined) return new InlinePart(place, () => this.#create(place));
    return new IsolatedPart(place, { text: () => this.#fetched(), services: this.#services, frameUrl });
  }

  async #create({ name, seed }: PartPlace): Promise<OverlayPart> {
    this.#runtime ??= this.#activated();
    return (await this.#runtime).create(name, seed);
  }

  async #activated(): Promise<OverlayRuntime> {
    const { source, manifest, clock, signal } = this.#parts;
    const limit = new TimeLimit(clock);
    const callOff = () => limit.callOff(new PoseCoachError('ABORTED', 'It is not wanted any more.'));
    signal.addEventListener('abort', callOff, { once: true });
    try {
      const runtime = new OverlayRuntime(manifest, this.#services);
      await limit.within(this.#activate(runtime, source.module), ACTIVATION_LIMIT, tooLate);
      return runtime;
    } catch (error) {
      // Whoever wants one of its parts next tries again: a network may be back.
      this.#runtime = undefined;
      throw error;
    } finally {
      signal.removeEventListener('abort', callOff);
    }
  }

  async #activate(runtime: OverlayRuntime, module: OverlaySource['module']): Promise<void> {
    await runtime.activate(typeof module === 'function' ? await module() : module);
  }

  async #fetched(): Promise<string> {
    this.#text ??= this.#fetch();
    try {
      return await this.#text;
    } catch (error) {
      this.#text = undefined;
      throw error;
    }
  }

  async #fetch(): Promise<string> {
    const { manifest, signal } = this.#parts;
    if (this.#manifestUrl !== undefined && manifest.overlay !== undefined)
      return fetchCode(this.#manifestUrl, 'overlay', manifest.overlay, signal);
    throw new PoseCoachError(
      'EXTENSION_UNAVAILABLE',
      'There is no code to run: give the address of its package as "url", or pass the module.',
    );
  }
}

function tooLate(): Error {
  return new Error(`activateOverlay was not done after ${secondsText(ACTIVATION_LIMIT)}`);
}
