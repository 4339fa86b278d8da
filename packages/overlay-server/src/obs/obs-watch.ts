import { type Clock, type Disposable, Emitter, type PoseCoachError } from '@pose-coach/core';
import type { ObsAbilities, ObsConnected } from '@pose-coach/core/stage';
import * as v from 'valibot';
import { ANSWERS } from './obs-answers.ts';
import type { ObsConnection, ObsEventName } from './obs-connection.ts';
import { hasStatus } from './obs-refusal.ts';
import { OutputStates } from './output-states.ts';
import { overlaySources } from './overlay-sources.ts';

/** Milliseconds between looks at OBS when nothing happens there: an OBS that hangs is noticed by them. */
const LOOK_EVERY = 5000;

/** While it records, so that the length of the recording can be shown. */
const LOOK_EVERY_WHILE_RECORDING = 1000;

/** After any of these, OBS may not be as it was. */
const CHANGES: readonly ObsEventName[] = [
  'CurrentProgramSceneChanged',
  'SceneListChanged',
  'SceneNameChanged',
  'CurrentSceneCollectionChanged',
  'RecordStateChanged',
  'StreamStateChanged',
  'VirtualcamStateChanged',
  'InputCreated',
  'InputRemoved',
  'InputNameChanged',
];

/** What the settings of a source with an address look like: only an overlay's are of interest. */
const ADDRESS_CHANGED = v.object({ inputSettings: v.object({ url: v.string() }) });

/** The kind of OBS's filter “Render Delay”. */
export const RENDER_DELAY_KIND = 'gpu_delay';

/** What OBS is, and cannot become while it runs. */
type Facts = Pick<ObsConnected, 'obsVersion' | 'websocketVersion' | 'abilities'>;

/** Follows one connected OBS: what it can do, what is on air, whether it records or streams. */
export class ObsWatch implements Disposable {
  readonly #connection: ObsConnection;
  readonly #overlayLink: () => string;
  readonly #clock: Clock;
  readonly #facts: Facts;
  readonly #outputs: OutputStates;
  readonly #changed = new Emitter<ObsConnected>();
  readonly #unlisten: () => void;
  #value: ObsConnected;
  #cancelLook = () => {};
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #disposed = false;

  private constructor(
    connection: ObsConnection,
    overlayLink: () => string,
    clock: Clock,
    facts: Facts,
    outputs: OutputStates,
    value: ObsConnected,
  ) {
    this.#connection = connection;
    this.#overlayLink = overlayLink;
    this.#clock = clock;
    this.#facts = facts;
    this.#outputs = outputs;
    this.#value = value;
    const unlisten = connection.on(CHANGES, () => void this.look());
    // Texts and filters that follow a metric change several times a second, by our own doing.
    const unlistenSettings = connection.on(['InputSettingsChanged'], (data) => {
      if (v.is(ADDRESS_CHANGED, data)) void this.look();
    });
    this.#unlisten = () => {
      unlisten();
      unlistenSettings();
      outputs.dispose();
    };
    this.#wait();
  }

  /** Looks for the first time. @throws PoseCoachError as `ObsConnection.ask` */
  static async begin(connection: ObsConnection, overlayLink: () => string, clock: Clock): Promise<ObsWatch> {
    const outputs = new OutputStates(connection);
    try {
      const facts = await readFacts(connection);
      const value = await readObs(connection, overlayLink, facts, outputs);
      return new ObsWatch(connection, overlayLink, clock, facts, outputs, value);
    } catch (error) {
      outputs.dispose();
      throw error;
    }
  }

  get value(): ObsConnected {
    return this.#value;
  }

  get onDidChange() {
    return this.#changed.event;
  }

  /** Looks now; resolves when what OBS is now is known, or the connection is lost. */
  look(): Promise<void> {
    this.#lookAgain = true;
    this.#looking ??= this.#look();
    return this.#looking;
  }

  dispose(): void {
    this.#disposed = true;
    this.#cancelLook();
    this.#unlisten();
    this.#changed.dispose();
  }

  async #look(): Promise<void> {
    this.#cancelLook();
    try {
      while (this.#lookAgain && !this.#disposed) {
        this.#lookAgain = false;
        const value = await readObs(this.#connection, this.#overlayLink, this.#facts, this.#outputs);
        if (this.#disposed || JSON.stringify(value) === JSON.stringify(this.#value)) continue;
        this.#value = value;
        this.#changed.fire(value);
      }
    } catch (error) {
      // OBS that is lost or hangs is left, and whoever owns the connection hears of it. One that is busy for the
      // moment is looked at again.
      if ((error as PoseCoachError).code === 'OBS_UNREACHABLE') this.#connection.leave();
    }
    this.#looking = undefined;
    this.#wait();
  }

  #wait(): void {
    if (this.#disposed) return;
    const milliseconds = this.#value.recording ? LOOK_EVERY_WHILE_RECORDING : LOOK_EVERY;
    this.#cancelLook = this.#clock.delay(milliseconds, () => void this.look());
  }
}

async function readFacts(connection: ObsConnection): Promise<Facts> {
  const version = await connection.ask(ANSWERS.version, 'GetVersion');
  const { inputKinds } = await connection.ask(ANSWERS.inputKinds, 'GetInputKindList');
  const textKind = preferredText(inputKinds);
  const abilities: ObsAbilities = {
    browserSource: inputKinds.includes('browser_source'),
    chapters: version.availableRequests.includes('CreateRecordChapter'),
    renderDelay: await succeeds(
      // Older ones have no list of filter kinds, and every one refuses to tell the defaults of a kind it has not.
      connection.tell('GetSourceFilterDefaultSettings', { filterKind: RENDER_DELAY_KIND }),
    ),
    virtualCamera: await succeeds(connection.tell('GetVirtualCamStatus')),
    ...(textKind === undefined ? {} : { textKind }),
  };
  return { obsVersion: version.obsVersion, websocketVersion: version.obsWebSocketVersion, abilities };
}

/** The newest of Windows' text sources, or, elsewhere, of FreeType's. */
function preferredText(kinds: readonly string[]): string | undefined {
  const newest = (prefix: string) =>
    kinds
      .filter((kind) => kind.startsWith(prefix))
      .sort()
      .at(-1);
  return newest('text_gdiplus') ?? newest('text_ft2_source');
}

async function readObs(
  connection: ObsConnection,
  overlayLink: () => string,
  facts: Facts,
  outputs: OutputStates,
): Promise<ObsConnected> {
  const [{ currentProgramSceneName, scenes }, record, stream, virtualCamera, overlays] = await Promise.all([
    connection.ask(ANSWERS.scenes, 'GetSceneList'),
    connection.ask(ANSWERS.output, 'GetRecordStatus'),
    connection.ask(ANSWERS.active, 'GetStreamStatus'),
    facts.abilities.virtualCamera ? connection.ask(ANSWERS.active, 'GetVirtualCamStatus') : undefined,
    facts.abilities.browserSource ? overlaySources(connection, overlayLink()) : [],
  ]);
  const recording = outputs.recording ?? record.outputActive;
  return {
    ...facts,
    scene: currentProgramSceneName ?? '',
    // As OBS lists them, which it tells from below.
    scenes: scenes.map(({ sceneName }) => sceneName).reverse(),
    recording,
    ...(recording ? { recordedFor: record.outputDuration } : {}),
    streaming: outputs.streaming ?? stream.outputActive,
    virtualCamera: virtualCamera?.outputActive ?? false,
    overlays: overlays.map(({ name }) => name),
  };
}

/** Whether OBS does it. @throws PoseCoachError `OBS_UNREACHABLE`, `OBS_FAILED` when it is not ready to say */
async function succeeds(asked: Promise<void>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if ((error as PoseCoachError).code === 'OBS_UNREACHABLE' || hasStatus(error, 'notReady')) throw error;
    return false;
  }
}
