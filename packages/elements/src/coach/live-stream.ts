import { type CoachFrame, type Disposable, toPoseCoachError } from '@pose-coach/core';
import type { LivePublisher } from '@pose-coach/core/live';
import { loadCode } from '../lazy/load-code.ts';
import type { LiveState } from './coach-state.ts';

/** Where a stream goes to. */
export interface LiveAddress {
  readonly url: string;
  readonly channel: string | undefined;
  readonly token: string;
}

/** A stream of poses to a server, from the click on “Go live” to the next. Its code is loaded then. */
export class LiveStream implements Disposable {
  readonly #tell: (state: LiveState) => void;
  #status: LiveState['status'] = 'off';
  #publisher: LivePublisher | undefined;
  #disposed = false;

  constructor(address: LiveAddress, tell: (state: LiveState) => void) {
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

  send({ frame }: CoachFrame): void {
    this.#publisher?.send(frame);
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#publisher?.dispose();
    this.#tell({ status: 'off' });
  }

  async #open({ url, channel, token }: LiveAddress): Promise<void> {
    const { publishPoses } = await loadCode(() => import('../lazy/live.ts'));
    if (this.#disposed) return;
    this.#publisher = publishPoses({ url, token, ...(channel ? { channel } : {}) });
    this.#publisher.status.subscribe((status) => {
      if (!this.#disposed) this.#tell(status);
    });
  }
}
