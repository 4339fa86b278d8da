import { PoseCoachError } from '../../../base/index.ts';
import {
  copyStepOutput,
  copySummaries,
  ExtensionRuntime,
  extensionError,
  messageOf,
  type OutputRules,
  outputRules,
} from '../../runtime/index.ts';
import { unpackFrame } from '../packed-frame.ts';
import type { Fault, PackedStep, PageMessage, StartOrder } from '../wire.ts';
import type { PageLink } from './page-link.ts';

/** A message that is answered by its id. */
type Call = Extract<PageMessage, { id: number }>;

/** What is running, once it has been started. */
interface Served {
  readonly runtime: ExtensionRuntime;
  readonly rules: OutputRules;
}

/** Does for one extension what the page asks: the other end of `IsolatedExtension`. */
export class ExtensionServer {
  readonly #link: PageLink;
  readonly #load: (text: string, name: string) => Promise<unknown>;
  #served: Served | undefined;

  /** @param load imports the text of a module; `name` is what it is called in stack traces */
  constructor(link: PageLink, load: (text: string, name: string) => Promise<unknown>) {
    this.#link = link;
    this.#load = load;
  }

  handle(message: PageMessage): void {
    switch (message.kind) {
      case 'ping':
        this.#done(message, undefined);
        break;
      case 'step':
        this.#answer(message, () => this.#step(message.input));
        break;
      case 'answer':
        this.#link.settle(message.request, { value: message.value });
        break;
      case 'refusal':
        this.#link.settle(message.request, { fault: message.fault });
        break;
      case 'start':
        void this.#settle(message, () => this.#start(message.order));
        break;
      case 'command':
        void this.#settle(message, () => this.#running().runtime.runCommand(message.command, message.values));
        break;
      case 'finish':
        this.#answer(message, () => this.#finish());
        break;
      case 'configure':
        this.#configure(message);
        break;
      case 'stop':
        void this.#settle(message, async () => this.#served?.runtime.stop());
        break;
    }
  }

  /** Something was thrown where nobody catches it. */
  report(what: string, thrown: unknown): void {
    const { extension } = this.#served?.rules ?? { extension: 'The extension' };
    this.#link.send({ kind: 'fault', message: extensionError(extension, what, thrown).message });
  }

  async #start({ manifest, permissions, settings, text }: StartOrder): Promise<undefined> {
    const services = this.#link;
    const runtime = new ExtensionRuntime({ manifest, permissions, settings, services, trusted: false });
    this.#served = { runtime, rules: outputRules(manifest) };
    let module: unknown;
    try {
      module = await this.#load(text, `${manifest.id}/${(manifest.main ?? 'main.js').replace(/^\.\//, '')}`);
    } catch (thrown) {
      throw extensionError(
        manifest.title,
        'loading',
        `${placeOf(thrown)}${nameOf(thrown)}${messageOf(thrown)}`,
      );
    }
    await runtime.activate(module);
  }

  #step({ frame, beats, readings }: PackedStep): unknown {
    const { runtime, rules } = this.#running();
    return copyStepOutput(runtime.step({ frame: unpackFrame(frame), beats, readings }), rules);
  }

  #finish(): unknown {
    const { runtime, rules } = this.#running();
    return copySummaries(runtime.finish(), rules);
  }

  #configure({ settings, changed }: Extract<PageMessage, { kind: 'configure' }>): void {
    try {
      this.#running().runtime.configure(settings, changed);
    } catch (thrown) {
      this.#link.send({ kind: 'fault', message: faultOf(thrown).message });
    }
  }

  #running(): Served {
    if (this.#served) return this.#served;
    throw new PoseCoachError('EXTENSION_FAILED', 'The extension has not been started.');
  }

  /** Answers in this same turn: a step must not wait for anybody's promises. */
  #answer(call: Call, run: () => unknown): void {
    try {
      this.#done(call, run());
    } catch (thrown) {
      this.#failed(call, thrown);
    }
  }

  async #settle(call: Call, run: () => Promise<unknown>): Promise<void> {
    try {
      this.#done(call, await run());
    } catch (thrown) {
      this.#failed(call, thrown);
    }
  }

  #done({ id, kind }: Call, value: unknown): void {
    // What leaves was copied from plain JSON just before: the link refuses anything else.
    this.#link.send({ kind: 'done', id, ...(value === undefined ? {} : { value: value as null }) }, kind);
  }

  #failed({ id }: Call, thrown: unknown): void {
    this.#link.send({ kind: 'failed', id, fault: faultOf(thrown) });
  }
}

function faultOf(thrown: unknown): Fault {
  if (thrown instanceof PoseCoachError) return { code: thrown.code, message: thrown.message };
  return { code: 'EXTENSION_FAILED', message: messageOf(thrown) };
}

/** Where a syntax error is, which Firefox says and Chromium keeps to itself. */
function placeOf(thrown: unknown): string {
  if (!(thrown instanceof SyntaxError) || !('lineNumber' in thrown)) return '';
  const { lineNumber, columnNumber } = thrown as { lineNumber: unknown; columnNumber?: unknown };
  return `line ${Number(lineNumber)}, column ${Number(columnNumber)}: `;
}

function nameOf(thrown: unknown): string {
  return thrown instanceof SyntaxError ? 'SyntaxError: ' : '';
}
