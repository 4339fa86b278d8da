// A relay in a process of its own, so that its CPU time is its own: ours, or the least that `ws` can do.

import { WebSocketServer } from 'ws';
import { createOverlayServer } from '../../../packages/overlay-server/src/index.ts';

/** What the parent asks and this process answers. */
export type RelayAnswer =
  | { readonly kind: 'listening'; readonly url: string }
  /** Microseconds of CPU since the process began. */
  | { readonly kind: 'cpu'; readonly cpu: number };

const [kind, token = ''] = process.argv.slice(2);
const answer = (message: RelayAnswer) => process.send?.(message);

if (kind === 'ours') {
  const server = createOverlayServer({ port: 0, token, limits: { connectionsPerAddress: 1000 } });
  const { server: address } = await server.listen();
  answer({ kind: 'listening', url: `${address.replace('http', 'ws')}/ws` });
} else {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  server.on('connection', (socket, request) => {
    if (!request.url?.startsWith('/publish')) return;
    socket.on('message', (data) => {
      for (const client of server.clients) if (client !== socket) client.send(data as Buffer);
    });
  });
  server.on('listening', () => {
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    answer({ kind: 'listening', url: `ws://127.0.0.1:${port}` });
  });
}

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  answer({ kind: 'cpu', cpu: user + system });
});
process.on('disconnect', () => process.exit());
