import type { Clock } from '@pose-coach/core';
import type { ServerLimits } from './limits.ts';

export interface OverlayServerOptions {
  /** Default: 8787; 0 takes any free one. */
  readonly port?: number;
  /** Default: `127.0.0.1`, which other machines cannot reach. */
  readonly host?: string;
  /** What publishers must show: 16 characters or more. Default: a new one at every start. */
  readonly token?: string;
  /** Certificate and key, as PEM: browsers give a camera on other machines to HTTPS pages only. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Origins of other sites' pages that may connect: `https://example.org`. */
  readonly origins?: readonly string[];
  /** A folder to serve below `/assets/`. Default: what the models package carries. */
  readonly assets?: string;
  /** The channel of the links in `addresses`. Default: `main`. */
  readonly channel?: string;
  /** A folder to keep stages in, made when it is needed. Default: none, and stages live as long as the server. */
  readonly data?: string;
  /** The OBS to connect to at the start. Default: the one that was remembered, if one was. */
  readonly obs?: { readonly address: string; readonly password?: string };
  /** Folders of extensions to give to the pages, which run them isolated. Default: none. */
  readonly extensions?: readonly string[];
  /** Origins that triggers may post webhooks to: `https://example.org`. Default: none. */
  readonly webhooks?: readonly string[];
  readonly limits?: Partial<ServerLimits>;
  /** Is told, in one line, what goes wrong while the server runs and ends nothing. Default: the console's errors. */
  readonly warn?: (line: string) => void;
  /** Default: the platform's clock. */
  readonly clock?: Clock;
}
