import { type Clock, Emitter, PoseCoachError, systemClock } from '@pose-coach/core';
import type { ObsSetupStep, ObsStatus } from '@pose-coach/core/stage';
import { Chapters } from './chapters.ts';
import { findLocalObs, localTarget, localWords } from './find-obs.ts';
import { NewestWins } from './newest-wins.ts';
import { OBS_PORT, obsAddress } from './obs-address.ts';
import type { ObsControl, ObsControlOptions, ObsMethods } from './obs-control.ts';
import { type ObsHold, ObsLink, type ObsTarget } from './obs-link.ts';
import { ownPlaces } from './obs-places.ts';
import { hasStatus } from './obs-refusal.ts';
import { startRecording, startStreaming, stopRecording, stopStreaming } from './outputs.ts';
import { ObsMemory, type RememberedObs } from './remembered-obs.ts';
import { setRenderDelay } from './render-delay.ts';
import { setUp } from './setup.ts';
import { listSources, showSources } from './sources.ts';

/** What the browser source is called that shows the current scene of the stage. */
const SOURCE_NAME = 'Pose Coach';

/** The button of a browser source that OBS calls “Refresh cache of current page”. */
const REFRESH_BUTTON = 'refreshnocache';

/**
 * Takes OBS under control, once `methods['obs.connect']` or `resume` is called.
 * @example
 * const obs = createObsControl({ overlayLink: () => 'http://127.0.0.1:8787/overlay?…', dataFolder });
 * await obs.methods['obs.connect']({ remember: false });
 * await obs.methods['obs.setup']({});
 */
export function createObsControl(options: ObsControlOptions): ObsControl {
  return new WebSocketObsControl(options);
}

class WebSocketObsControl implements ObsControl {
  readonly #options: ObsControlOptions;
  readonly #clock: Clock;
  readonly #memory: ObsMemory;
  readonly #chapters: Chapters;
  readonly #changed = new Emitter<ObsStatus>();
  readonly #texts = new NewestWins<string>((input, text) => this.#setText(input, text));
  readonly #numbers = new NewestWins<number>((key, value) => this.#setNumber(key, value));
  #link: ObsLink | undefined;
  /** Setting up reads before it writes: two at once would both create. */
  #setups: Promise<unknown> = Promise.resolve();
  #disposed = false;

  readonly methods: ObsMethods = {
    'obs.find': () => this.#find(),
    'obs.connect': (params) => this.#connect(params),
    'obs.disconnect': () => this.#disconnect(),
    'obs.setup': (params) => this.#setUp(params),
    'obs.sources': async () => ({ sources: await listSources(this.#hold().connection) }),
    'obs.show': ({ visible }) => this.#show(visible),
    'obs.refresh': () => this.#refresh(),
    'obs.scene': ({ scene }) => this.#switchScene(scene),
    'obs.record': ({ to }) => this.#record(to),
    'obs.stream': ({ to }) => this.#stream(to),
    'obs.chapter': ({ title }) => this.#chapter(title),
    'obs.delay': ({ source, milliseconds }) => this.#delay(source, milliseconds),
  };

  constructor(options: ObsControlOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#memory = new ObsMemory(options.dataFolder);
    this.#chapters = new Chapters(options.dataFolder, this.#clock);
  }

  get status(): ObsStatus {
    return this.#link?.status ?? { status: 'off' };
  }

  get onDidChange() {
    return this.#changed.event;
  }

  async resume(): Promise<void> {
    const remembered = this.#memory.read();
    if (remembered) await this.#begin(remembered);
  }

  setText(input: string, text: string): Promise<void> {
    return this.#texts.set(input, text);
  }

  setFilterValue(source: string, filter: string, setting: string, value: number): Promise<void> {
    return this.#numbers.set(JSON.stringify([source, filter, setting]), value);
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#changed.dispose();
    await this.#end();
  }

  async #find() {
    const local = await findLocalObs(this.#options.places ?? ownPlaces());
    const address = local?.enabled ? { address: local.target.address } : {};
    return { found: local !== undefined, ...address, message: localWords(local) };
  }

  async #connect({ address, password, remember }: RememberedObs & { readonly remember: boolean }) {
    const given: RememberedObs = {
      ...(address === undefined ? {} : { address: obsAddress(address) }),
      ...(password === undefined || password === '' ? {} : { password }),
    };
    await this.#begin(given);
    const { status } = this;
    if (remember && (status.status === 'connected' || status.status === 'waiting'))
      await this.#memory.write(given);
    return { status };
  }

  async #disconnect() {
    await this.#end();
    this.#changed.fire(this.status);
    await this.#memory.forget();
    return {};
  }

  /** Connects to another OBS, instead of the one before; resolves after the first attempt. */
  async #begin(wanted: RememberedObs): Promise<void> {
    // Somebody else may have begun in the meantime: the last one counts.
    while (this.#link) await this.#end();
    if (this.#disposed) throw new PoseCoachError('DISPOSED', 'This server is closing.');
    const link = new ObsLink({
      target: () => this.#target(wanted),
      address: wanted.address ?? `ws://127.0.0.1:${OBS_PORT}`,
      overlayLink: () => this.#options.overlayLink(),
      clock: this.#clock,
      onConnected: ({ connection }) => {
        // What OBS was told before, it may have forgotten: it was closed, or has other sources of the same names.
        const forget = () => {
          this.#texts.clear();
          this.#numbers.clear();
        };
        forget();
        connection.on(['CurrentSceneCollectionChanged', 'InputRemoved', 'SourceFilterRemoved'], forget);
        this.#chapters.follow(connection);
      },
    });
    this.#link = link;
    link.onDidChange((status) => this.#changed.fire(status));
    this.#changed.fire(link.status);
    await link.attempted;
  }

  async #target({ address, password }: RememberedObs): Promise<ObsTarget> {
    if (address !== undefined) return { address, ...(password === undefined ? {} : { password }) };
    const local = await localTarget(this.#options.places ?? ownPlaces());
    return password === undefined ? local : { ...local, password };
  }

  async #end(): Promise<void> {
    const link = this.#link;
    this.#link = undefined;
    await link?.dispose();
  }

  /** @throws PoseCoachError `OBS_UNREACHABLE`, `OBS_REFUSED` */
  #hold(): ObsHold {
    if (this.#link) return this.#link.hold;
    throw new PoseCoachError('OBS_UNREACHABLE', 'OBS is not connected: connect it in the studio, under OBS.');
  }

  #setUp({ scene, stageScene }: { readonly scene?: string; readonly stageScene?: string }) {
    const setup = this.#setups.then(async () => {
      const { connection, watch } = this.#hold();
      const steps = await setUp(connection, {
        scene: scene ?? watch.value.scene,
        source: stageScene === undefined ? SOURCE_NAME : `${SOURCE_NAME}: ${this.#title(stageScene)}`,
        link: this.#options.overlayLink(stageScene),
        browserSource: watch.value.abilities.browserSource,
      });
      await watch.look();
      return { steps };
    });
    this.#setups = setup.catch(() => {});
    return setup;
  }

  #title(stageScene: string): string {
    return this.#options.sceneName?.(stageScene) ?? stageScene;
  }

  async #show(visible: boolean) {
    const { connection, watch } = this.#hold();
    const { scene, overlays } = watch.value;
    const shown = await showSources(connection, scene, overlays, visible);
    if (shown > 0) return {};
    throw new PoseCoachError(
      'OBS_FAILED',
      `There is no overlay in the OBS scene “${scene}”: set it up there, or switch to the scene that has it.`,
    );
  }

  async #refresh() {
    const { connection, watch } = this.#hold();
    const { overlays } = watch.value;
    if (overlays.length === 0) {
      throw new PoseCoachError('OBS_FAILED', 'There is no overlay of this server in OBS: set it up first.');
    }
    await Promise.all(
      overlays.map((inputName) =>
        connection.tell('PressInputPropertiesButton', { inputName, propertyName: REFRESH_BUTTON }),
      ),
    );
    return {};
  }

  async #switchScene(scene: string) {
    const { connection, watch } = this.#hold();
    await named(connection.tell('SetCurrentProgramScene', { sceneName: scene }), `scene “${scene}”`);
    await watch.look();
    return {};
  }

  async #record(to: 'start' | 'stop') {
    const { connection, watch } = this.#hold();
    const file = await (to === 'start' ? startRecording : stopRecording)(connection, this.#clock);
    await watch.look();
    return file === undefined ? {} : { file };
  }

  async #stream(to: 'start' | 'stop') {
    const { connection, watch } = this.#hold();
    await (to === 'start' ? startStreaming : stopStreaming)(connection, this.#clock);
    await watch.look();
    return {};
  }

  #chapter(title: string) {
    const { connection, watch, address } = this.#hold();
    return this.#chapters.mark(connection, address, watch.value.abilities.chapters, title);
  }

  async #delay(source: string, milliseconds: number): Promise<{ step: ObsSetupStep }> {
    const { connection, watch } = this.#hold();
    if (!watch.value.abilities.renderDelay) {
      return {
        step: {
          what: `Render Delay on “${source}”`,
          outcome: 'impossible',
          detail: `This OBS has no Render Delay filter. Right click “${source}” in OBS → Filters, and add Video Delay (Async) with ${Math.round(milliseconds)} ms.`,
        },
      };
    }
    return { step: await named(setRenderDelay(connection, source, milliseconds), `source “${source}”`) };
  }

  async #setText(input: string, text: string): Promise<void> {
    const { connection } = this.#hold();
    const settings = { inputName: input, inputSettings: { text }, overlay: true };
    await named(connection.tell('SetInputSettings', settings), `text source “${input}”`);
  }

  async #setNumber(key: string, value: number): Promise<void> {
    const [sourceName = '', filterName = '', setting = ''] = JSON.parse(key) as readonly string[];
    const { connection } = this.#hold();
    const filter = { sourceName, filterName, filterSettings: { [setting]: value }, overlay: true };
    await named(
      connection.tell('SetSourceFilterSettings', filter),
      `filter “${filterName}” on “${sourceName}”`,
    );
  }
}

/** What OBS does with something that it may not have. @throws PoseCoachError `OBS_FAILED` with its name, and others */
async function named<T>(done: Promise<T>, what: string): Promise<T> {
  try {
    return await done;
  } catch (error) {
    if (!hasStatus(error, 'notFound')) throw error;
    throw new PoseCoachError('OBS_FAILED', `OBS has no ${what}: it may have been renamed or removed there.`, {
      cause: error,
    });
  }
}
