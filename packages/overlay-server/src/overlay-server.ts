import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Clock, PoseCoachError, systemClock } from '@pose-coach/core';
import {
  type CloseReasonName,
  DEFAULT_CHANNEL,
  isChannelName,
  WEBSOCKET_PATH,
} from '@pose-coach/core/protocol';
import { type WebSocket, WebSocketServer } from 'ws';
import { checkToken, createAccess, createToken } from './access.ts';
import { AddressGuard } from './address-guard.ts';
import { Channels } from './channels.ts';
import { ClientSession, type SessionContext } from './client-session.ts';
import { readExtensionFolders } from './extension-folders.ts';
import { type Health, healthOf } from './health.ts';
import { type HttpContext, handleRequest } from './http-handler.ts';
import { DEFAULT_LIMITS, type ServerLimits } from './limits.ts';
import { overlayLink, reachedBase, type ServerAddresses, serverAddresses } from './links.ts';
import { listenError } from './listen-error.ts';
import { createObsControl, type ObsControl } from './obs/index.ts';
import { type OriginPolicy, originPolicy } from './origin-policy.ts';
import type { OverlayServerOptions } from './overlay-server-options.ts';
import { EXTENSION_HEADERS } from './page-policy.ts';
import { Peer, type Traffic } from './peer.ts';
import { createSecureServer } from './secure-server.ts';
import { addFiles, buildSite } from './site.ts';
import { StageFolder } from './stage/stage-folder.ts';
import { rememberedStages, type StageStore } from './stage/stage-store.ts';
import { Webhooks } from './stage/webhooks.ts';
import { version } from './version.ts';

/**
 * Milliseconds between looks at every client: a ping each, or its end. Together with the second that a ping may stay
 * unanswered it is how long poses can pile up in front of a stalled client; more often would cost as much as poses do.
 */
const HEARTBEAT_PERIOD = 3000;

/** Where stages are kept, below the folder of data. */
const STAGES_FOLDER = 'stages';

/** Milliseconds that clients have to say goodbye when the server closes. */
const GOODBYE_WITHIN = 500;

export interface OverlayServer {
  /** The publisher token. */
  readonly token: string;
  /** Valid while the server listens. */
  readonly addresses: ServerAddresses;
  /** What `/health` answers. */
  health(): Health;
  /**
   * Starts listening.
   * @throws PoseCoachError `OPTION_INVALID`: port in use, host not of this machine, an extension’s folder that is none
   */
  listen(): Promise<ServerAddresses>;
  /** Tells every client that the server is going away, and releases everything. Calling it twice does nothing. */
  close(): Promise<void>;
}

/**
 * A relay for live poses and state, and the pages that make and show them.
 * @example
 * const server = createOverlayServer({ port: 8787 });
 * const { studio, overlay } = await server.listen();
 * @throws PoseCoachError `OPTION_INVALID`
 */
export function createOverlayServer(options: OverlayServerOptions = {}): OverlayServer {
  return new HttpOverlayServer(options);
}

class HttpOverlayServer implements OverlayServer {
  readonly token: string;
  readonly #host: string;
  readonly #port: number;
  readonly #channel: string;
  readonly #secure: boolean;
  readonly #clock: Clock;
  readonly #limits: ServerLimits;
  readonly #guard: AddressGuard;
  readonly #session: SessionContext;
  readonly #extensionFolders: readonly string[];
  #http: HttpContext;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;
  readonly #sessions = new Set<ClientSession>();
  readonly #store: StageStore;
  readonly #webhooks: Webhooks;
  readonly #obs: ObsControl;
  readonly #warn: (line: string) => void;
  readonly #obsAtStart: OverlayServerOptions['obs'];
  /** Connections so far, which numbers them. */
  #accepted = 0;
  /** Upgraded connections, which the HTTP server itself no longer knows. */
  readonly #connections = new Set<Duplex>();
  readonly #traffic: Traffic = { relayed: 0, delivered: 0, skipped: 0, refused: 0, ignored: 0 };
  #heartbeat: NodeJS.Timeout | undefined;
  #startedAt = 0;
  #addresses: ServerAddresses | undefined;

  constructor(options: OverlayServerOptions) {
    const { host = '127.0.0.1', port = 8787, channel = DEFAULT_CHANNEL, clock = systemClock, tls } = options;
    const warn = options.warn ?? ((line: string) => console.error(line));
    this.#warn = warn;
    this.token = checkToken(options.token ?? createToken());
    if (!isChannelName(channel)) {
      throw new PoseCoachError('OPTION_INVALID', `"${channel}" is no channel name.`);
    }
    this.#host = host;
    this.#port = port;
    this.#channel = channel;
    this.#clock = clock;
    this.#secure = tls !== undefined;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#guard = new AddressGuard(this.#limits);
    const access = createAccess(this.token);
    this.#store =
      options.data === undefined
        ? rememberedStages()
        : new StageFolder({ folder: join(options.data, STAGES_FOLDER), clock, warn });
    this.#webhooks = new Webhooks(options.webhooks ?? []);
    this.#obsAtStart = options.obs;
    this.#obs = createObsControl({
      overlayLink: (scene) => overlayLink(this.#overlayBase(), access, channel, scene),
      sceneName: (scene) => this.#session.channels.find(channel)?.scene(scene)?.name,
      clock,
      ...(options.data === undefined ? {} : { dataFolder: options.data }),
    });
    this.#session = {
      access,
      channels: new Channels({
        clock,
        store: this.#store,
        webhooks: this.#webhooks,
        obs: this.#obs,
        obsChannel: channel,
        warn,
      }),
      limits: this.#limits,
      clock,
      traffic: this.#traffic,
      overlayLink: (name, scene, base) => overlayLink(base ?? this.#overlayBase(), access, name, scene),
    };
    this.#extensionFolders = options.extensions ?? [];
    this.#http = {
      extensions: [],
      site: buildSite(fileURLToPath(new URL('../dist/pages/', import.meta.url)), options.assets),
      access,
      secure: this.#secure,
      health: () => this.health(),
      overlayBase: () => this.#overlayBase(),
    };
    this.#server = tls ? createSecureServer(tls) : createHttpServer();
    this.#server.on('request', (request, response) => handleRequest(request, response, this.#http));
    // Those that are turned away with words count here too: beyond this, connections are not even answered.
    this.#server.maxConnections = 2 * this.#limits.connections;
    this.#sockets = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: this.#limits.messageBytes,
    });
    const origins = originPolicy(options.origins ?? [], host);
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head, origins));
  }

  get addresses(): ServerAddresses {
    if (this.#addresses) return this.#addresses;
    throw new PoseCoachError('OPTION_INVALID', 'The server has no address before `listen()`.');
  }

  health(): Health {
    const uptime = (this.#clock.now() - this.#startedAt) / 1000;
    const { status } = this.#obs.status;
    return healthOf(this.#session.channels, this.#traffic, version(), uptime, status);
  }

  async listen(): Promise<ServerAddresses> {
    await this.#addExtensions();
    const server = this.#server;
    await new Promise<void>((resolve, reject) => {
      const failed = (error: Error) => reject(listenError(error, this.#host, this.#port));
      server.once('error', failed);
      server.listen({ port: this.#port, host: this.#host }, () => {
        server.off('error', failed);
        resolve();
      });
    });
    const { port } = server.address() as AddressInfo;
    const listening = { host: this.#host, port, secure: this.#secure };
    this.#startedAt = this.#clock.now();
    this.#addresses = serverAddresses(listening, this.#session.access, this.token, this.#channel);
    this.#heartbeat = setInterval(() => this.#check(), HEARTBEAT_PERIOD);
    void this.#connectToObs();
    return this.#addresses;
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    for (const { peer } of this.#sessions) peer.close('goingAway', 'The server is shutting down.');
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    const impatient = setTimeout(() => {
      for (const connection of this.#connections) connection.destroy();
      this.#server.closeAllConnections();
    }, GOODBYE_WITHIN);
    await closed;
    clearTimeout(impatient);
    this.#webhooks.dispose();
    await this.#obs.dispose();
    await this.#store.close();
  }

  /** To the OBS that was named, or the one that was remembered. How it went is OBS's status, which controllers see. */
  async #connectToObs(): Promise<void> {
    try {
      if (this.#obsAtStart) await this.#obs.methods['obs.connect']({ ...this.#obsAtStart, remember: false });
      else await this.#obs.resume();
    } catch (error) {
      this.#warn(`OBS: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #addExtensions(): Promise<void> {
    const folders = await readExtensionFolders(this.#extensionFolders);
    const files = new Map(folders.flatMap((folder) => [...folder.files]));
    this.#http = {
      ...this.#http,
      extensions: folders.map(({ extension }) => extension),
      site: addFiles(this.#http.site, files, EXTENSION_HEADERS),
    };
  }

  /** Where overlays find the server when it is not known better. */
  #overlayBase(): string {
    return new URL(this.addresses.overlay).origin;
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, origins: OriginPolicy): void {
    this.#connections.add(socket);
    socket.once('close', () => this.#connections.delete(socket));
    // Until `ws` has the socket, an error on it would be nobody's and end the process.
    const ignore = () => {};
    socket.on('error', ignore);
    if (request.url?.split('?')[0] !== WEBSOCKET_PATH) {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (client) => {
      socket.off('error', ignore);
      this.#accept(client, socket, request, origins);
    });
  }

  #accept(client: WebSocket, connection: Duplex, request: IncomingMessage, origins: OriginPolicy): void {
    const { origin, host } = request.headers;
    const address = request.socket.remoteAddress ?? '';
    if (!origins.allows(origin, host)) {
      this.#turnAway(
        client,
        connection,
        'originRefused',
        `Pages of ${origin} may not connect: start the server with --origin ${origin}.`,
      );
      return;
    }
    if (!this.#guard.enter(address)) {
      this.#turnAway(client, connection, 'rateLimited', 'There are too many connections.');
      return;
    }
    this.#accepted += 1;
    const session = new ClientSession(
      { socket: client, connection, id: this.#accepted, base: reachedBase(host, this.#secure) },
      this.#session,
    );
    this.#sessions.add(session);
    client.once('close', () => {
      this.#sessions.delete(session);
      this.#guard.leave(address);
    });
  }

  /** Closes with words, which a refused upgrade could not carry to a page. */
  #turnAway(client: WebSocket, connection: Duplex, reason: CloseReasonName, words: string): void {
    this.#traffic.refused += 1;
    client.on('error', () => {});
    new Peer(client, connection, this.#traffic).close(reason, words);
  }

  #check(): void {
    const now = this.#clock.now();
    for (const { peer } of this.#sessions) peer.check(now, this.#limits.unresponsiveAfter);
  }
}
