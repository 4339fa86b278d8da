import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers everybody, and counts whatever reaches it. */
export interface CountingServer {
  /** `http://127.0.0.1:40001` */
  readonly origin: string;
  /** Where UDP packets are counted. */
  readonly udpPort: number;
  /** Paths that were asked for, by HTTP or WebSocket. */
  readonly paths: string[];
  /** Connections that were opened, whether or not anything was asked for on them. */
  readonly connections: number;
  /** UDP packets that came: QUIC, STUN. */
  readonly packets: number;
  close(): void;
}

/**
 * Starts one on free loopback ports.
 * @param files what it answers by path; anything else it answers, too
 */
export async function startCountingServer(
  files: Readonly<Record<string, string>> = {},
): Promise<CountingServer> {
  const paths: string[] = [];
  let connections = 0;
  let packets = 0;
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    response.setHeader('access-control-allow-origin', '*');
    const isScript = /\.m?js$/.test(request.url ?? '');
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/plain');
    response.end(files[request.url ?? ''] ?? (isScript ? 'globalThis.postMessage?.("here");' : 'here'));
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.on('upgrade', (request, socket) => {
    paths.push(request.url ?? '');
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  const socket = createSocket('udp4');
  socket.on('message', () => {
    packets += 1;
  });
  await Promise.all([
    new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)),
    new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve)),
  ]);
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    udpPort: socket.address().port,
    paths,
    get connections() {
      return connections;
    },
    get packets() {
      return packets;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
      socket.close();
    },
  };
}
