import {
  type CoachFrame,
  type Disposable,
  PoseCoachError,
  type PoseFrame,
  toPoseCoachError,
} from '@pose-coach/core';
import {
  createExtensions,
  type ExtensionSource,
  type Extensions,
  type Permission,
  type PermissionRequest,
} from '@pose-coach/core/extensions';
import { EVENTS } from '../base/names.ts';
import type { PoseCoachElement } from '../coach/pose-coach.ts';
import { CoachLayer } from './coach-layer.ts';
import { type ExtensionsInput, extensionSources, sourceKey } from './extensions-input.ts';
import { keybindingFor } from './key-combination.ts';
import type { PermissionQuestion } from './permission-question.ts';
import { shortened } from './shortened.ts';
import { isSought, onSought } from './sought.ts';

/**
 * Everything that extensions add to a `<pose-coach>`: they themselves, their keys, their questions and what they
 * say. Loaded when the first is named.
 */
export class CoachExtensions implements Disposable {
  readonly #element: PoseCoachElement;
  readonly #failed: (error: PoseCoachError) => void;
  readonly #layer: CoachLayer;
  #extensions: Extensions | undefined;
  /** Ours to dispose: made here, not given. */
  #own: Extensions | undefined;
  /** Ids of what was named, as soon as they are known. */
  readonly #added = new Map<unknown, Promise<string>>();
  #removing: Promise<unknown> = Promise.resolve();
  #listening: readonly Disposable[] = [];

  /** @param failed told of what cannot be told anywhere else: a command behind a key that fails */
  constructor(element: PoseCoachElement, failed: (error: PoseCoachError) => void) {
    this.#element = element;
    this.#failed = failed;
    this.#layer = new CoachLayer(element);
    element.addEventListener('keydown', this.#onKey);
  }

  get extensions(): Extensions | undefined {
    return this.#extensions;
  }

  /** Has these from now on, and no others. Those that were there before go on undisturbed. */
  use(input: ExtensionsInput): void {
    const sources = extensionSources(input);
    if (!sources) {
      const ready = input as Extensions;
      if (ready === this.#extensions) return;
      this.#disposeOwn();
      this.#show(ready);
      return;
    }
    if (!this.#own) {
      const { frameUrl } = this.#element;
      this.#own = createExtensions({
        onPermission: (request) => this.#ask(request),
        ...(frameUrl ? { frameUrl: new URL(frameUrl, document.baseURI).href } : {}),
      });
      this.#name(sources, this.#own);
      this.#show(this.#own);
    } else this.#name(sources, this.#own);
  }

  step(frame: PoseFrame): CoachFrame {
    const result = this.#extensions?.step(frame) ?? { frame, readings: [], cues: [] };
    if (result.cues.length > 0) this.#layer.say(result.cues);
    return result;
  }

  dispose(): void {
    this.#element.removeEventListener('keydown', this.#onKey);
    this.#disposeOwn();
    this.#show(undefined);
    this.#layer.dispose();
  }

  #show(extensions: Extensions | undefined): void {
    for (const each of this.#listening) each.dispose();
    this.#extensions = extensions;
    this.#listening = extensions
      ? [
          onSought(extensions, (id) => this.#layer.seek(id)),
          extensions.onDidChange(() => {
            const waiting = extensions.list.filter(({ enabled }) => enabled).map(({ id }) => id);
            this.#layer.dropQuestions((id) => waiting.includes(id));
          }),
        ]
      : [];
    this.#element.dispatchEvent(
      new CustomEvent<Extensions | null>(EVENTS.extensions, {
        detail: extensions ?? null,
        bubbles: true,
        composed: true,
      }),
    );
  }

  #disposeOwn(): void {
    this.#own?.dispose();
    this.#own = undefined;
    this.#added.clear();
    this.#removing = Promise.resolve();
    this.#layer.dropQuestions(() => false);
  }

  /** Adds what is new and removes what is no longer named. */
  #name(sources: readonly ExtensionSource[], own: Extensions): void {
    const base = document.baseURI;
    const named = new Map(sources.map((source) => [sourceKey(source, base), source]));
    for (const [key, added] of this.#added) {
      if (named.has(key)) continue;
      this.#added.delete(key);
      const removed = added.then((id) => own.remove(id));
      this.#removing = Promise.all([this.#removing, removed.catch(this.#tell)]);
    }
    // The same one may come back under another address: its prefix must be free by then.
    const free = this.#removing;
    for (const [key, source] of named) {
      if (this.#added.has(key)) continue;
      const added = free.then(() => {
        if (own !== this.#own) throw new PoseCoachError('DISPOSED', 'The extensions are gone already.');
        return own.add(source);
      });
      this.#added.set(key, added);
      added.catch(this.#tell);
    }
  }

  readonly #tell = (thrown: unknown): void => {
    const error = toPoseCoachError(thrown, 'EXTENSION_FAILED', 'An extension could not be added or removed.');
    if (error.code !== 'DISPOSED') this.#failed(error);
  };

  /** The page may answer itself; otherwise the person in front of it is asked. */
  #ask(request: PermissionRequest): Promise<readonly Permission[]> {
    return new Promise((resolve, reject) => {
      const question: PermissionQuestion = {
        request,
        answer: (granted) => {
          this.#layer.removeQuestion(question);
          resolve(request.permissions.filter((permission) => granted.includes(permission)));
        },
      };
      // Nothing is remembered of a question that nobody has answered: it is asked again.
      const withdraw = () =>
        reject(new PoseCoachError('ABORTED', 'The extension was switched off before the answer.'));
      let answered = false;
      const detail: PermissionQuestion = {
        request,
        answer: (granted) => {
          answered = true;
          question.answer(granted);
        },
      };
      const event = new CustomEvent(EVENTS.permissionRequest, {
        detail,
        bubbles: true,
        composed: true,
        cancelable: true,
      });
      if (this.#element.dispatchEvent(event) && !answered) {
        const extensions = this.#extensions;
        this.#layer.ask(question, withdraw, extensions !== undefined && isSought(extensions));
      }
    });
  }

  /** Keys that extensions have claimed, where the element itself has no use for them. */
  readonly #onKey = (event: KeyboardEvent): void => {
    const extensions = this.#extensions;
    if (!extensions) return;
    const bindings = extensions.contributions('keybindings').map(({ value }) => value);
    const binding = keybindingFor(event, bindings);
    if (!binding) return;
    event.preventDefault();
    extensions.commands.execute(binding.command, ...(binding.values ?? [])).then(
      (result) => {
        if (typeof result === 'string' && extensions === this.#extensions)
          this.#layer.tell(shortened(result));
      },
      (thrown: unknown) => {
        this.#failed(toPoseCoachError(thrown, 'COMMAND_FAILED', `The command ${binding.command} failed.`));
      },
    );
  };
}
