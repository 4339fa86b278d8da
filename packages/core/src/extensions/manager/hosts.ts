import type { Clock } from '../../base/index.ts';
import type { ExtensionHost } from '../host.ts';
import { inlineHost } from '../inline/index.ts';

export interface HostOptions {
  readonly clock: Clock;
  readonly inlineHost?: ExtensionHost;
  readonly isolatedHost?: ExtensionHost;
  /** Where the sandboxed frame lies on pages whose policy forbids scripts in the document. */
  readonly frameUrl?: string;
}

/** The two places where code runs, given or made when the first extension needs them. */
export class Hosts {
  readonly #options: HostOptions;
  #inline: ExtensionHost | undefined;
  #isolated: Promise<ExtensionHost> | undefined;

  constructor(options: HostOptions) {
    this.#options = options;
    // Those that were given are ours to dispose, used or not.
    this.#inline = options.inlineHost;
    if (options.isolatedHost !== undefined) this.#isolated = Promise.resolve(options.isolatedHost);
  }

  async get(trust: 'trusted' | 'isolated'): Promise<ExtensionHost> {
    if (trust === 'trusted') {
      this.#inline ??= inlineHost({ clock: this.#options.clock });
      return this.#inline;
    }
    // Loaded when needed: Node, and pages with trusted extensions only, do not carry it.
    this.#isolated ??= this.#makeIsolated().catch((error: unknown) => {
      // The next one who asks tries again: a connection may come back.
      this.#isolated = undefined;
      throw error;
    });
    return this.#isolated;
  }

  dispose(): void {
    this.#inline?.dispose();
    // One that never came up has told whoever asked for it.
    this.#isolated?.then(
      (host) => host.dispose(),
      () => undefined,
    );
  }

  async #makeIsolated(): Promise<ExtensionHost> {
    const { clock, frameUrl } = this.#options;
    const { isolatedHost } = await import('../isolated/index.ts');
    return isolatedHost({ clock, ...(frameUrl === undefined ? {} : { frameUrl }) });
  }
}
