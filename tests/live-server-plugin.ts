import { fileURLToPath } from 'node:url';
import { type Plugin, runnerImport } from 'vite';
import type { OverlayServer } from '../packages/overlay-server/src/index.ts';
import { workspaceAliases } from '../workspace-aliases.ts';

/** The server's module as Vite loads it: by the workspace's sources, which this configuration itself cannot. */
type ServerModule = typeof import('../packages/overlay-server/src/index.ts');

const SERVER_MODULE = fileURLToPath(new URL('../packages/overlay-server/src/index.ts', import.meta.url));

const TOKEN = 'a-token-for-browser-tests';

/**
 * A real overlay server for browser tests, which cannot start one. `POST /live-server/start` starts it (again, on
 * the same port, when it was stopped) and answers `{ server, token, overlay }`; `POST /live-server/stop` stops it.
 */
export function liveServerPlugin(): Plugin {
  return {
    name: 'live-server',
    configureServer(vite) {
      const held = new HeldServer();
      vite.httpServer?.once('close', () => void held.stop());
      vite.middlewares.use('/live-server', (request, response, next) => {
        const done =
          request.url === '/start' ? held.start() : request.url === '/stop' ? held.stop() : undefined;
        if (!done || request.method !== 'POST') return next();
        done.then((answer) => {
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify(answer));
        }, next);
      });
    },
  };
}

class HeldServer {
  #server: OverlayServer | undefined;
  #port = 0;

  async start(): Promise<{ readonly server: string; readonly overlay: string; readonly token: string }> {
    if (!this.#server) {
      const { module } = await runnerImport<ServerModule>(SERVER_MODULE, {
        configFile: false,
        logLevel: 'error',
        resolve: { alias: workspaceAliases },
      });
      this.#server = module.createOverlayServer({ port: this.#port, token: TOKEN });
      await this.#server.listen();
    }
    const { server, overlay } = this.#server.addresses;
    this.#port = Number(new URL(server).port);
    return { server, overlay, token: TOKEN };
  }

  async stop(): Promise<object> {
    await this.#server?.close();
    this.#server = undefined;
    return {};
  }
}
