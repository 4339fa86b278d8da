import { Emitter, PoseCoachError, systemClock, toPoseCoachError } from '../../base/index.ts';
import type { Contributed } from '../extensions.ts';
import { manifestError } from '../manager/admission.ts';
import type { OverlayThemeDeclaration, OverlayWidgetDeclaration } from '../manifest/index.ts';
import { type ExtensionManifest, type PointName, readManifest } from '../manifest/index.ts';
import { Registry } from '../registry/index.ts';
import type { MountedPart, OverlayParts, OverlayPartsOptions, OverlaySource } from './overlay-parts.ts';
import { anySeed } from './part-random.ts';
import { PartSource } from './part-source.ts';

/** Faults that are kept, the newest. */
const MOST_FAULTS = 100;

/** Where widgets and themes are declared. */
const POINTS = { widget: 'overlayWidgets', theme: 'overlayThemes' } as const satisfies Record<
  string,
  PointName
>;

/**
 * Makes the widgets and themes of these extensions ready to be shown. Their manifests are read at once, their code
 * when the first of their parts is put into the page. What is wrong with one is a fault, and the others' parts are
 * there all the same. Never throws; in Node it lists what there is, and shows nothing.
 */
export function createOverlayParts(options: OverlayPartsOptions): OverlayParts {
  return new PartsHost(options);
}

class PartsHost implements OverlayParts {
  readonly #options: OverlayPartsOptions;
  readonly #registry = new Registry();
  /** By the extension's id. */
  readonly #sources = new Map<
    string,
    { readonly manifest: ExtensionManifest; readonly source: PartSource }
  >();
  readonly #mounted = new Set<MountedPart>();
  readonly #abort = new AbortController();
  readonly #onFault = new Emitter<PoseCoachError>();
  readonly onFault = this.#onFault.event;
  #faults: readonly PoseCoachError[] = [];

  constructor(options: OverlayPartsOptions) {
    this.#options = options;
    for (const source of options.sources) {
      try {
        this.#add(source);
      } catch (thrown) {
        this.#fault(toPoseCoachError(thrown, 'OPTION_INVALID', String(thrown)));
      }
    }
  }

  get widgets(): readonly Contributed<OverlayWidgetDeclaration>[] {
    return this.#registry.contributions('overlayWidgets');
  }

  get themes(): readonly Contributed<OverlayThemeDeclaration>[] {
    return this.#registry.contributions('overlayThemes');
  }

  get faults(): readonly PoseCoachError[] {
    return this.#faults;
  }

  mount(kind: 'widget' | 'theme', id: string, element: HTMLElement): MountedPart {
    const { clock = systemClock, seed = anySeed() } = this.#options;
    const extension = this.#registry.find(POINTS[kind], id)?.extension;
    const found = extension === undefined ? undefined : this.#sources.get(extension);
    if (!found) {
      if (!this.#abort.signal.aborted) this.#fault(unknownPart(kind, id));
      return NOTHING;
    }
    const { manifest, source } = found;
    const onFault = (error: PoseCoachError) => this.#fault(error);
    const part = source.mount({ name: { kind, id }, manifest, element, clock, seed, onFault });
    return this.#kept(part);
  }

  dispose(): void {
    this.#abort.abort();
    for (const part of [...this.#mounted]) part.dispose();
    this.#registry.dispose();
    this.#sources.clear();
    this.#onFault.dispose();
  }

  #add(source: OverlaySource): void {
    const { clock = systemClock, frameUrl, log = consoleLog } = this.#options;
    const report = readManifest(source.manifest, { module: true, overlay: source.module !== undefined });
    if (!report.ok) throw manifestError(report.faults);
    const { manifest } = report;
    const made = new PartSource({
      source,
      manifest,
      frameUrl,
      clock,
      log: (level, message) => log(manifest.id, level, message),
      signal: this.#abort.signal,
    });
    // What only trusted ones may contribute is no part of the overlay, and none of it is run here.
    const faults = this.#registry.add(manifest, 'trusted');
    if (faults.length > 0) throw manifestError(faults);
    this.#sources.set(manifest.id, { manifest, source: made });
  }

  /** The part, which is forgotten when it is disposed. */
  #kept(part: MountedPart): MountedPart {
    const mounted = this.#mounted;
    const kept: MountedPart = {
      get state() {
        return part.state;
      },
      paint: (moment, pixelRatio) => part.paint(moment, pixelRatio),
      dispose: () => {
        mounted.delete(kept);
        part.dispose();
      },
    };
    mounted.add(kept);
    return kept;
  }

  #fault(error: PoseCoachError): void {
    this.#faults = [...this.#faults, error].slice(-MOST_FAULTS);
    this.#onFault.fire(error);
  }
}

/** In place of a part that is not there. */
const NOTHING: MountedPart = { state: 'failed', paint: () => undefined, dispose: () => undefined };

function unknownPart(kind: string, id: string): PoseCoachError {
  return new PoseCoachError(
    'OVERLAY_PART_FAILED',
    `There is no ${kind} ${id}: add the extension that declares it to this page, or take it off the stage.`,
  );
}

function consoleLog(extension: string, level: 'info' | 'warn' | 'error', message: string): void {
  console[level](`${extension}: ${message}`);
}
