import { spawn } from 'node:child_process';
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

/** Starts the built server and waits for the addresses it prints. */
export async function startServer(port = 0): Promise<ServerProcess> {
  const child = spawn(process.execPath, [command, '--port', String(port), '--token', TEST_TOKEN], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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
    },
  };
}
