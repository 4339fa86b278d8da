// The overlay server in a process of its own, so that its memory is its own.
import { createOverlayServer } from '../../../packages/overlay-server/src/index.ts';

/** What this process tells its parent. */
export type DayAnswer =
  | { readonly kind: 'listening'; readonly url: string }
  /** Bytes in use after a collection. */
  | { readonly kind: 'memory'; readonly heap: number; readonly external: number; readonly resident: number };

const [token = ''] = process.argv.slice(2);
const answer = (message: DayAnswer) => process.send?.(message);

// A day's messages come in minutes: their limits are not what is measured.
const unlimited = 1e9;
const server = createOverlayServer({
  port: 0,
  token,
  limits: {
    publisherMessages: unlimited,
    subscriberMessages: unlimited,
    controllerMessages: unlimited,
    unresponsiveAfter: unlimited,
  },
});
const { server: address } = await server.listen();
answer({ kind: 'listening', url: `${address.replace('http', 'ws')}/ws` });

process.on('message', () => {
  // Twice, so that what the first one's finalisers let go is gone as well.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  answer({ kind: 'memory', heap: heapUsed, external, resident: rss });
});
process.on('disconnect', () => process.exit());
