import { type CoachFrame, type Disposable, toPoseCoachError } from '@pose-coach/core';
import type { Extensions } from '@pose-coach/core/extensions';
import type { LivePublisher } from '@pose-coach/core/live';
import { loadCode } from '../lazy/load-code.ts';
import type { LiveState } from './coach-state.ts';
import type { LazyExtensions } from './lazy-extensions.ts';

/** Where a stream goes to. */
export interface LiveAddress {
  readonly url: string;
  readonly channel: string | undefined;
  readonly token: string;
}

/**
 * A stream of poses, readings and cues to a server, from the click on “Go live” to the next. Its code is loaded then.
 * What extensions declare goes with it, and commands for them come back.
 */
export class LiveStream implements Disposable {
  readonly #tell: (state: LiveState) => void;
  #status: LiveState['status'] = 'off';
  readonly #extensions: LazyExtensions;
  #publisher: LivePublisher | undefined;
  /** Those whose metrics are declared. */
  #declared: Extensions | undefined;
  #listening: Disposable | undefined;
  #disposed = false;

  constructor(address: LiveAddress, extensions: LazyExtensions, tell: (state: LiveState) => void) {
    this.#extensions = extensions;
    // Connecting begins with loading the code; the publisher says so again.
    this.#tell = (state) => {
      const repeated = state.status === 'connecting' && this.#status === 'connecting';
      this.#status = state.status;
      if (!repeated) tell(state);
    };
    this.#tell({ status: 'connecting' });
    this.#open(address).catch((thrown: unknown) => {
      const error = toPoseCoachError(
        thrown,
        'CONNECTION_LOST',
        'Going live failed. Check the server address, then try again.',
      );
      if (!this.#disposed) this.#tell({ status: 'refused', error });
    });
  }

  send({ frame, readings, cues }: CoachFrame): void {
    const publisher = this.#publisher;
    if (!publisher) return;
    const extensions = this.#extensions.current;
    if (extensions !== this.#declared) this.#follow(publisher, extensions);
    publisher.send(frame);
    publisher.tell(readings, cues);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#listening?.dispose();
    this.#publisher?.dispose();
    this.#tell({ status: 'off' });
  }

  async #open({ url, channel, token }: LiveAddress): Promise<void> {
    const { publishPoses } = await loadCode(() => import('../lazy/live.ts'));
    if (this.#disposed) return;
    const publisher = publishPoses({ url, token, ...(channel ? { channel } : {}) });
    this.#publisher = publisher;
    this.#follow(publisher, this.#extensions.current);
    publisher.status.subscribe((status) => {
      if (!this.#disposed) this.#tell(status);
    });
    publisher.commands.subscribe(({ command, values }) => this.#extensions.execute(command, values));
  }

  /** Declares what these extensions read, now and whenever one comes or goes. */
  #follow(publisher: LivePublisher, extensions: Extensions | undefined): void {
    this.#listening?.dispose();
    this.#declared = extensions;
    this.#listening = extensions?.onDidChangeContributions(({ point }) => {
      if (point === 'metrics') declare(publisher, extensions);
    });
    declare(publisher, extensions);
  }
}

/** Without extensions, too: the publisher before may have declared something. */
function declare(publisher: LivePublisher, extensions: Extensions | undefined): void {
  const metrics = extensions?.contributions('metrics').map(({ value }) => value) ?? [];
  publisher.declare(metrics);
}
