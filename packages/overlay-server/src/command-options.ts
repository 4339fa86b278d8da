import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { PoseCoachError } from '@pose-coach/core';
import type { OverlayServerOptions } from './overlay-server-options.ts';

/** The name the token may have in the environment, where other users of the machine do not see it. */
const TOKEN_VARIABLE = 'POSE_COACH_TOKEN';

/** The same for OBS's password. */
const OBS_PASSWORD_VARIABLE = 'POSE_COACH_OBS_PASSWORD';

export const HELP = `Usage: overlay-server [options]

Streams live skeletons and what they tell from the studio page into overlays for OBS, and controls OBS.

  --port <number>       Port to listen on (default 8787; 0 for any free one)
  --host <address>      Address to listen on (default 127.0.0.1; 0.0.0.0 for the whole network)
  --channel <name>      Channel of the printed links (default main)
  --token <text>        Publisher token, 16 characters or more (or ${TOKEN_VARIABLE} in the environment;
                        by default one is made at the first start and kept)
  --new-token           Make a new token; every link of the old one stops working
  --tls-cert <file>     Certificate, PEM: browsers give a camera on other machines to HTTPS pages only
  --tls-key <file>      Its key, PEM
  --origin <origin>     Let pages of another site connect: https://example.org (may be repeated)
  --connections-per-address <number>
                        Connections allowed from one address (default 100); raise it behind a proxy
  --data <folder>       Where stages are kept (default: beside the token, in your configuration folder)
  --obs <address>       Connect to the OBS at this address at once: ws://127.0.0.1:4455
  --obs-password <text> Its password (better ${OBS_PASSWORD_VARIABLE} in the environment, which others do not see)
  --webhook <origin>    Let triggers post to this site: https://example.org (may be repeated)
  --extension <folder>  Give an extension to studio and overlay, which run it isolated (may be repeated)
  --assets <folder>     Folder with models/ and wasm/ to serve instead of the built-in ones
  --help                Show this
  --version             Show the version`;

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'serve';
      readonly options: OverlayServerOptions;
      /** Whether a token has to be read from, or written to, the kept one. */
      readonly keepToken: boolean;
      readonly newToken: boolean;
    };

/**
 * Reads the command line.
 * @throws PoseCoachError `OPTION_INVALID` with one line of words
 */
export function readCommand(args: readonly string[], environment: NodeJS.ProcessEnv): Command {
  const values = parse(args);
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const token = values.token ?? environment[TOKEN_VARIABLE];
  const tls = readTls(values['tls-cert'], values['tls-key']);
  const perAddress = values['connections-per-address'];
  const newToken = values['new-token'] ?? false;
  const obs = readObs(values.obs, values['obs-password'], environment[OBS_PASSWORD_VARIABLE]);
  if (newToken && token !== undefined)
    throw invalid('--new-token makes a token of its own: leave --token out.');
  const options: OverlayServerOptions = {
    ...(values.port === undefined ? {} : { port: wholeNumber('--port', values.port, 0, 65_535) }),
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values.channel === undefined ? {} : { channel: values.channel }),
    ...(values.assets === undefined ? {} : { assets: values.assets }),
    ...(values.data === undefined ? {} : { data: values.data }),
    ...(values.origin === undefined
      ? {}
      : { origins: values.origin.map((origin) => checkOrigin('--origin', origin)) }),
    ...(values.webhook === undefined
      ? {}
      : { webhooks: values.webhook.map((origin) => checkOrigin('--webhook', origin)) }),
    ...(values.extension === undefined ? {} : { extensions: values.extension }),
    ...(obs ? { obs } : {}),
    ...(perAddress === undefined
      ? {}
      : {
          limits: {
            connectionsPerAddress: wholeNumber('--connections-per-address', perAddress, 1, 100_000),
          },
        }),
    ...(token === undefined ? {} : { token }),
    ...(tls ? { tls } : {}),
  };
  return { kind: 'serve', options, keepToken: token === undefined, newToken };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        channel: { type: 'string' },
        token: { type: 'string' },
        'new-token': { type: 'boolean' },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
        origin: { type: 'string', multiple: true },
        'connections-per-address': { type: 'string' },
        assets: { type: 'string' },
        data: { type: 'string' },
        obs: { type: 'string' },
        'obs-password': { type: 'string' },
        webhook: { type: 'string', multiple: true },
        extension: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    }).values;
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    // After its first sentence Node gives advice that would only confuse here.
    throw invalid(`${words.split(/\.\s/)[0]?.replace(/\.$/, '')}. See --help.`, cause);
  }
}

function readTls(
  cert: string | undefined,
  key: string | undefined,
): { cert: string; key: string } | undefined {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) throw invalid('--tls-cert and --tls-key are needed together.');
  return { cert: readPem('certificate', '--tls-cert', cert), key: readPem('key', '--tls-key', key) };
}

function readPem(what: string, option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw invalid(
      `The ${what} "${file}" ${missing ? 'does not exist' : 'cannot be read'}: see ${option}.`,
      cause,
    );
  }
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw invalid(`${option} must be a whole number from ${least} to ${most}, and is "${text}".`);
}

function checkOrigin(option: string, text: string): string {
  if (URL.canParse(text)) {
    const { protocol, origin } = new URL(text);
    if (/^https?:$/.test(protocol) && origin === text.replace(/\/$/, '').toLowerCase()) return text;
  }
  throw invalid(`${option} must be like https://example.org, without a path, and is "${text}".`);
}

/** @param kept the password in the environment */
function readObs(
  address: string | undefined,
  given: string | undefined,
  kept: string | undefined,
): OverlayServerOptions['obs'] {
  if (address === undefined) {
    if (given === undefined) return undefined;
    throw invalid('--obs-password needs --obs and the address: ws://127.0.0.1:4455.');
  }
  // What stands in an address is shown: a password there would be, too.
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^wss?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw invalid('--obs must be an address like ws://127.0.0.1:4455, without a password in it.');
  }
  const password = given ?? kept;
  return { address, ...(password === undefined ? {} : { password }) };
}

function invalid(words: string, cause?: unknown): PoseCoachError {
  return new PoseCoachError('OPTION_INVALID', words, cause === undefined ? {} : { cause });
}
