import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(
  new URL('../../packages/overlay-server/bin/overlay-server.js', import.meta.url),
);

/** A publisher token for tests: nothing is kept on this machine. */
export const TEST_TOKEN = 'a-token-for-end-to-end-tests';

/** The overlay server in a process of its own, as a streamer starts it. */
export interface ServerProcess {
  readonly studio: string;
  readonly overlay: string;
  readonly health: string;
  readonly host: string;
  readonly port: number;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Default: any free one. */
  readonly port?: number;
  /** Where it keeps stages; default: a folder of its own, gone when it stops. */
  readonly data?: string;
  /** What else is on the command line. */
  readonly more?: readonly string[];
}

/** Starts the built server and waits for the addresses it prints. */
export async function startServer({ port = 0, data, more = [] }: ServerOptions = {}): Promise<ServerProcess> {
  const folder = data ?? mkdtempSync(join(tmpdir(), 'pose-coach-stages-'));
  const options = ['--port', String(port), '--token', TEST_TOKEN, '--data', folder, ...more];
  const child = spawn(process.execPath, [command, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const addresses = new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('Health:')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exited.then(() => reject(new Error(`The overlay server ended: ${printed}`)));
  });
  await addresses;
  const address = (name: string) => new RegExp(`${name}:\\s+(\\S+)`).exec(printed)?.[1] ?? '';
  const { host, port: given } = new URL(address('Health'));
  return {
    studio: address('Studio'),
    overlay: address('Overlay'),
    health: address('Health'),
    host,
    port: Number(given),
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      if (data === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
