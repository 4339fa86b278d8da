import { type Clock, type Disposable, PoseCoachError } from '../../base/index.ts';
import type { ExtensionServices } from '../host.ts';
import { extensionError } from '../runtime/index.ts';
import { secondsText } from '../seconds-text.ts';
import { type CallContent, Calls } from './calls.ts';
import { Intake } from './intake.ts';
import { RequestDesk } from './request-desk.ts';
import { Watchdog } from './watchdog.ts';
import type { PageMessage } from './wire.ts';

/** Milliseconds of silence after which it is asked whether it still runs. */
const QUIET = 1000;

export interface WorkerLineParts {
  /** The extension's title, for errors. */
  readonly title: string;
  /** What it may ask of the page. */
  readonly services: ExtensionServices;
  /** The channel to its worker. */
  readonly port: MessagePort;
  readonly clock: Clock;
  /** Milliseconds for a sign of life while nothing is asked of it. */
  readonly heartbeat: number;
  /** It does not answer in time: to be judged, and then ended. */
  readonly onSilent: (error: PoseCoachError) => void;
  /** It broke the protocol, or threw where nobody catches it: to be ended. */
  readonly onFault: (error: PoseCoachError) => void;
}

/**
 * The page's end of the line to a worker of the frame: asks, waits no longer than may be, reads what comes and
 * answers what is asked. Whatever comes from there is checked.
 */
export class WorkerLine implements Disposable {
  readonly #parts: WorkerLineParts;
  readonly #watchdog: Watchdog;
  readonly #requests: RequestDesk;
  readonly #calls: Calls;
  readonly #intake: Intake;
  #lastHeard: number;
  #watched = false;

  constructor(parts: WorkerLineParts) {
    this.#parts = parts;
    const { port, clock, services } = parts;
    this.#lastHeard = clock.now();
    this.#watchdog = new Watchdog(clock, () => this.#askIfQuiet());
    this.#calls = new Calls(clock, this.#watchdog, (message) => this.post(message));
    this.#intake = new Intake(this.#calls, clock);
    this.#requests = new RequestDesk(services, clock, (message, transfer) => this.post(message, transfer));
    port.onmessage = ({ data }: MessageEvent<unknown>) => this.#receive(data);
    port.onmessageerror = () => this.#breach(new Error('it posted something that cannot be read'));
  }

  /** Since when it has owed an answer, in ms of the clock; undefined when it owes none. */
  get silentSince(): number | undefined {
    return this.#calls.owedSince;
  }

  /** From now on it is asked for a sign of life when there was none for a while. */
  watch(): void {
    this.#watched = true;
  }

  /**
   * Asks for something without which it cannot go on.
   * @param what the name of it in an error
   * @throws PoseCoachError what the answer or `end` says; `OPTION_INVALID` for what cannot be posted
   */
  call(content: CallContent, milliseconds: number, what: string): Promise<unknown> {
    return this.#calls.make(content, milliseconds, () => this.#silent(what, milliseconds));
  }

  /** Asks for something, and gives only that up when it takes too long. @throws PoseCoachError `tooLate()`, and as `call` */
  attempt(content: CallContent, milliseconds: number, tooLate: () => PoseCoachError): Promise<unknown> {
    return this.#calls.make(content, milliseconds, (id) => this.#calls.giveUp(id, tooLate()));
  }

  post(message: PageMessage, transfer: Transferable[] = []): void {
    this.#parts.port.postMessage(message, transfer);
  }

  /** Hears and says nothing more. What is under way is settled by `settle`. */
  dispose(): void {
    const { port } = this.#parts;
    port.onmessage = null;
    port.onmessageerror = null;
    port.close();
    this.#requests.dispose();
    this.#watchdog.dispose();
  }

  /** Answers all that is under way with this error. */
  settle(error: PoseCoachError): void {
    this.#calls.endAll(error);
  }

  #silent(what: string, milliseconds: number): void {
    const { title, onSilent } = this.#parts;
    const said = `no answer within ${secondsText(milliseconds)}, so it was terminated`;
    onSilent(extensionError(title, what, said));
  }

  /** Asks for a sign of life when there was none for a while, and nothing is under way that may take longer. */
  #askIfQuiet(): void {
    const { clock, heartbeat } = this.#parts;
    if (!this.#watched || clock.now() - this.#lastHeard < QUIET) return;
    if (this.#calls.owedSince !== undefined) return;
    this.call({ kind: 'ping' }, heartbeat, 'thread, which does something without end').catch(() => undefined);
  }

  #receive(data: unknown): void {
    const { clock, onFault } = this.#parts;
    this.#lastHeard = clock.now();
    try {
      const message = this.#intake.read(data);
      if (message.kind === 'done') this.#calls.answered(message.id)?.resolve(message.value);
      else if (message.kind === 'failed') {
        this.#calls
          .answered(message.id)
          ?.reject(new PoseCoachError(message.fault.code, message.fault.message));
      } else if (message.kind === 'fault') onFault(new PoseCoachError('EXTENSION_FAILED', message.message));
      else if (message.kind === 'log') this.#requests.log(message.level, message.message);
      else this.#requests.answer(message.id, message.request);
    } catch (error) {
      this.#breach(error);
    }
  }

  #breach(thrown: unknown): void {
    const { title, onFault } = this.#parts;
    onFault(extensionError(title, 'thread, which broke the protocol', thrown));
  }
}
