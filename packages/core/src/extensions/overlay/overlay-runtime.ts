import { type Disposable, PoseCoachError } from '../../base/index.ts';
import type {
  OverlayApi,
  OverlayModule,
  OverlayPart,
  OverlayPartFactory,
  OverlayPartSetup,
} from '../api/overlay-api.ts';
import type { LogLevel } from '../host.ts';
import type { PartName } from '../isolated/wire.ts';
import { API_VERSION, type ExtensionManifest } from '../manifest/manifest.ts';
import { Registrations } from '../runtime/registrations.ts';
import { partRandom } from './part-random.ts';

/** What an overlay module may ask for. */
export interface OverlayServices {
  log(level: LogLevel, message: string): void;
  asset(path: string): Promise<ArrayBuffer>;
}

/** An overlay module in its realm, the page's or a worker's: what it has registered, and the parts that are made of it. */
export class OverlayRuntime {
  readonly #registered: Readonly<Record<PartName['kind'], Registrations<OverlayPartFactory>>>;
  readonly #services: OverlayServices;

  constructor({ contributes }: ExtensionManifest, services: OverlayServices) {
    const { overlayWidgets, overlayThemes } = contributes;
    this.#services = services;
    this.#registered = {
      widget: new Registrations(
        'overlayWidgets',
        overlayWidgets.map(({ id }) => id),
      ),
      theme: new Registrations(
        'overlayThemes',
        overlayThemes.map(({ id }) => id),
      ),
    };
  }

  /** Calls `activateOverlay`. @throws whatever it throws; PoseCoachError `OPTION_INVALID` when there is none */
  async activate(module: unknown): Promise<void> {
    const { activateOverlay } = Object(module) as Partial<OverlayModule>;
    if (typeof activateOverlay !== 'function') {
      throw new PoseCoachError(
        'OPTION_INVALID',
        'The overlay module must export a function activateOverlay(overlay).',
      );
    }
    await activateOverlay(this.#api());
  }

  /**
   * Makes a part for one place on the stage.
   * @param createCanvas for tests where the platform has no canvas
   * @throws PoseCoachError `MANIFEST_INVALID` for one that was not registered; whatever its factory throws
   */
  create(
    { kind, id }: PartName,
    seed: number,
    createCanvas: OverlayPartSetup['createCanvas'] = platformCanvas,
  ): OverlayPart {
    const factory = this.#registered[kind].map.get(id);
    if (!factory) {
      throw new PoseCoachError(
        'MANIFEST_INVALID',
        `${id} is declared, but activateOverlay has not registered it: call overlay.${kind}s.register('${id}', …) there.`,
      );
    }
    const part = factory.create(Object.freeze<OverlayPartSetup>({ createCanvas, random: partRandom(seed) }));
    if (typeof part?.paint === 'function') return part;
    throw new PoseCoachError(
      'OPTION_INVALID',
      `What ${id} creates must have a function paint(canvas, moment).`,
    );
  }

  #api(): OverlayApi {
    const { widget, theme } = this.#registered;
    const { log, asset } = this.#services;
    return Object.freeze<OverlayApi>({
      apiVersion: API_VERSION,
      widgets: registrar(widget),
      themes: registrar(theme),
      log: Object.freeze({
        info: (message: unknown) => log('info', String(message)),
        warn: (message: unknown) => log('warn', String(message)),
        error: (message: unknown) => log('error', String(message)),
      }),
      asset: async (path) => asset(String(path)),
    });
  }
}

function platformCanvas(width: number, height: number): OffscreenCanvas {
  return new OffscreenCanvas(width, height);
}

function registrar(registrations: Registrations<OverlayPartFactory>) {
  return Object.freeze({
    register: (id: string, factory: OverlayPartFactory): Disposable => {
      if (typeof factory?.create !== 'function') {
        throw new PoseCoachError(
          'OPTION_INVALID',
          `${id} must be registered with a factory: { create(setup) { … } }.`,
        );
      }
      return registrations.add(id, () => factory);
    },
  });
}
