import {
  type CoachFrame,
  type Disposable,
  type JsonValue,
  PoseCoachError,
  type PoseFrame,
  toPoseCoachError,
} from '@pose-coach/core';
import type { Extensions } from '@pose-coach/core/extensions';
import type { CoachExtensions } from '../extensions/coach-extensions.ts';
import type { ExtensionsInput } from '../extensions/extensions-input.ts';
import { loadCode } from '../lazy/load-code.ts';
import type { PoseCoachElement } from './pose-coach.ts';

/**
 * The extensions of one element. Their code is loaded when the first is named; until then, and without any, frames
 * pass as they are.
 */
export class LazyExtensions implements Disposable {
  readonly #element: PoseCoachElement;
  readonly #failed: (error: PoseCoachError) => void;
  #input: ExtensionsInput | undefined;
  #loading = false;
  #loaded: CoachExtensions | undefined;

  constructor(element: PoseCoachElement, failed: (error: PoseCoachError) => void) {
    this.#element = element;
    this.#failed = failed;
  }

  get current(): Extensions | undefined {
    return this.#loaded?.extensions;
  }

  /** Readings and cues of a frame; never waits. */
  step(frame: PoseFrame): CoachFrame {
    return this.#loaded?.step(frame) ?? { frame, readings: [], cues: [] };
  }

  /** Runs a command that somebody asked for from elsewhere. */
  execute(command: string, values: readonly JsonValue[]): void {
    const { current } = this;
    const run = current
      ? current.commands.execute(command, ...values)
      : Promise.reject(
          new PoseCoachError('COMMAND_NOT_FOUND', `No extension here has a command ${command}.`),
        );
    run.catch((thrown: unknown) => {
      this.#failed(toPoseCoachError(thrown, 'COMMAND_FAILED', `The command ${command} failed.`));
    });
  }

  /** Has these extensions from now on, and no others; none: the same as `dispose`. */
  use(input: ExtensionsInput | undefined): void {
    this.#input = input || undefined;
    if (!this.#input) {
      this.#loaded?.dispose();
      this.#loaded = undefined;
    } else if (this.#loaded) this.#loaded.use(this.#input);
    else if (!this.#loading) void this.#load();
  }

  dispose(): void {
    this.use(undefined);
  }

  async #load(): Promise<void> {
    this.#loading = true;
    try {
      const { CoachExtensions } = await loadCode(() => import('../lazy/extensions.ts'));
      if (!this.#input) return;
      this.#loaded = new CoachExtensions(this.#element, this.#failed);
      this.#loaded.use(this.#input);
    } catch (thrown) {
      this.#failed(toPoseCoachError(thrown, 'EXTENSION_FAILED', 'The extensions could not be started.'));
    } finally {
      this.#loading = false;
    }
  }
}
