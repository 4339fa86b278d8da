import type { Beat, Reading, TakeSummary } from '../../analysis/index.ts';
import { type Disposable, type JsonValue, PoseCoachError } from '../../base/index.ts';
import type { Cue } from '../../feedback/index.ts';
import type { PoseFrame } from '../../pose/index.ts';
import { readRecording } from '../../session/index.ts';
import type { AnyExtensionModule } from '../api/extension-api.ts';
import { createExtensions } from '../create-extensions.ts';
import type { ExtensionStatus, ExtensionStorage, Extensions } from '../extensions.ts';
import { memoryStorage } from '../manager/storage.ts';
import type { Permission } from '../manifest/manifest.ts';

export interface TestExtensionOptions {
  /** The content of the extension's package.json. */
  readonly manifest: unknown;
  /** The extension's module, as it was imported; not needed where data is all there is. */
  readonly module?: AnyExtensionModule;
  /** Settings that differ from their defaults, by id. */
  readonly settings?: Readonly<Record<string, JsonValue>>;
  /** What is granted of what the manifest asks for beyond `poses` and `hands`. Default: all of it. */
  readonly permissions?: readonly Permission[];
  /** What earlier visits have left: give one `memoryStorage()` to two tests. Default: nothing. */
  readonly storage?: ExtensionStorage;
  /** Where the extension's files lie, for `context.asset`. */
  readonly url?: string;
}

/** Frames for `feed`: made by hand, by `syntheticFrames`, or the bytes of a recording (`.poses`). */
export type TestFrames = readonly PoseFrame[] | Uint8Array | ArrayBuffer;

/** What an extension has said. */
export interface Heard {
  readonly readings: readonly Reading[];
  readonly cues: readonly Cue[];
}

/** An extension that runs in a test. */
export interface ExtensionTest extends Heard, Disposable {
  /**
   * Shows it these frames, every one, as fast as it can follow. Activates it first, as the first frame does in a page.
   * @param beats of the music, on the frames' clock; each is heard with the first frame that is not before it
   * @returns what it said to these frames; `readings` and `cues` of the test hold all that it has said so far
   * @throws PoseCoachError `EXTENSION_FAILED` when it could not be activated or threw; `BYTES_INVALID` and
   *   `VERSION_UNSUPPORTED` for bytes that are no recording, or one cut short
   */
  feed(frames: TestFrames, beats?: readonly Beat[]): Promise<Heard>;
  /** Runs a command, and activates the extension first if need be. @throws PoseCoachError `COMMAND_NOT_FOUND`, `COMMAND_FAILED` */
  execute(command: string, ...values: readonly JsonValue[]): Promise<JsonValue | undefined>;
  /** Changes a setting, as somebody at the settings would. @throws PoseCoachError `SETTING_INVALID` */
  set(setting: string, value: JsonValue | undefined): Promise<void>;
  /** Ends the take. @returns summaries by the ids of analyzers @throws PoseCoachError `EXTENSION_FAILED` */
  finish(): Promise<Readonly<Record<string, TakeSummary>>>;
  /** State, cost per frame, log, warnings about the manifest. */
  readonly status: ExtensionStatus;
  /** All else that a page can do with it: contributions, events, switching it off and on. */
  readonly extensions: Extensions;
}

/**
 * Runs an extension in a test: the real manager and the host of trusted code, in Node or a browser, lossless and
 * without a clock, so that the same frames always give the same readings and cues.
 *
 * ```ts
 * const test = await testExtension({ manifest, module });
 * await test.feed(syntheticFrames(2, () => ({ shoulder: 180 })));
 * expect(test.readings.at(-1)).toMatchObject({ metric: 'hello.height', status: 'ok' });
 * test.dispose();
 * ```
 * @throws PoseCoachError `MANIFEST_INVALID` with every fault, one a line; `SETTING_INVALID`
 */
export async function testExtension(options: TestExtensionOptions): Promise<ExtensionTest> {
  const { manifest, module, url, settings = {}, permissions, storage = memoryStorage() } = options;
  const extensions = createExtensions({
    storage,
    onPermission: (request) => permissions ?? request.permissions,
  });
  try {
    const id = await extensions.add({
      manifest,
      ...(module ? { module } : {}),
      ...(url === undefined ? {} : { url }),
    });
    const test = new RunningTest(extensions, id);
    const { faults } = test.status;
    if (faults.length > 0) {
      const lines = faults.map(({ message }) => message);
      throw new PoseCoachError('MANIFEST_INVALID', `The manifest is faulty.\n${lines.join('\n')}`);
    }
    for (const [setting, value] of Object.entries(settings)) await test.set(setting, value);
    return test;
  } catch (error) {
    extensions.dispose();
    throw error;
  }
}

class RunningTest implements ExtensionTest {
  readonly readings: Reading[] = [];
  readonly cues: Cue[] = [];
  readonly extensions: Extensions;
  readonly #id: string;

  constructor(extensions: Extensions, id: string) {
    this.extensions = extensions;
    this.#id = id;
  }

  get status(): ExtensionStatus {
    const status = this.extensions.list.find(({ id }) => id === this.#id);
    if (!status) throw new PoseCoachError('EXTENSION_NOT_FOUND', `${this.#id} has been removed.`);
    return status;
  }

  async feed(frames: TestFrames, beats: readonly Beat[] = []): Promise<Heard> {
    const from = { readings: this.readings.length, cues: this.cues.length };
    if (beats.length > 0) this.extensions.pushBeats(beats);
    for (const frame of isFrames(frames) ? frames : recorded(frames)) {
      const { readings, cues } = await this.#unlessItFails(this.extensions.analyze(frame));
      this.readings.push(...readings);
      this.cues.push(...cues);
    }
    return { readings: this.readings.slice(from.readings), cues: this.cues.slice(from.cues) };
  }

  execute(command: string, ...values: readonly JsonValue[]): Promise<JsonValue | undefined> {
    return this.extensions.commands.execute(command, ...values);
  }

  set(setting: string, value: JsonValue | undefined): Promise<void> {
    return this.extensions.settings.set(setting, value);
  }

  finish(): Promise<Readonly<Record<string, TakeSummary>>> {
    return this.#unlessItFails(this.extensions.finish());
  }

  dispose(): void {
    this.extensions.dispose();
  }

  /**
   * In a page the rest goes on without an extension that fails, and it is started again; in a test nobody would
   * notice, so that its failure is the test's, and at once.
   */
  async #unlessItFails<T>(work: Promise<T>): Promise<T> {
    const listening: Disposable[] = [];
    const failing = new Promise<never>((_, reject) => {
      const look = () => {
        const failure = this.#failure();
        if (failure) reject(failure);
      };
      listening.push(this.extensions.onDidChange(look));
    });
    // Only one of the two is waited for: the other may still reject, and that is no news.
    failing.catch(() => undefined);
    work.catch(() => undefined);
    try {
      const result = await Promise.race([work, failing]);
      const failure = this.#failure();
      if (failure) throw failure;
      return result;
    } finally {
      for (const listener of listening) listener.dispose();
    }
  }

  #failure(): PoseCoachError | undefined {
    const { state, lastError } = this.status;
    return state === 'failed' || state === 'disabled' ? lastError : undefined;
  }
}

function isFrames(frames: TestFrames): frames is readonly PoseFrame[] {
  return Array.isArray(frames);
}

function recorded(bytes: Uint8Array | ArrayBuffer): readonly PoseFrame[] {
  const recording = readRecording(bytes);
  if (!recording.ok) throw recording.error;
  if (!recording.value.complete) {
    throw new PoseCoachError(
      'BYTES_INVALID',
      'The recording is damaged or was cut short: a test that skips what is missing would prove less than it says.',
    );
  }
  return recording.value.frames;
}
