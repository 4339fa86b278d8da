import { createHash, randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Answer, RecordedScenes } from './recorded-scenes.ts';

/** A request as it came in. */
export interface RecordedRequest {
  readonly requestType: string;
  readonly requestData: Readonly<Record<string, unknown>>;
}

/**
 * A peer that speaks obs-websocket 5 as its documentation and the real one have it, keeps what it was asked, and has
 * what Debian's OBS has not: browser sources, a virtual camera, chapters.
 */
export interface RecordedObs {
  readonly address: string;
  readonly scenes: RecordedScenes;
  /** What it was asked since it was looked at last. */
  taken(): readonly RecordedRequest[];
  /** Those of `taken` that change something. */
  changes(): readonly RecordedRequest[];
  /** Answers a request otherwise than usual; `undefined`: not at all. */
  answer(
    request: string,
    answer: ((data: RecordedRequest['requestData']) => Answer | undefined) | Answer,
  ): void;
  /** Tells everybody of something. */
  tell(eventType: string, eventData: object): void;
  /** How many are connected. */
  connections(): number;
  /** Ends every connection with this code. */
  drop(code: number): void;
  close(): Promise<void>;
}

export interface RecordedObsOptions {
  readonly password?: string;
  /** The version of its protocol; 1 is the only one there has ever been. */
  readonly rpcVersion?: number;
  /** Default: a free one. */
  readonly port?: number;
}

/** The requests that `GetVersion` lists, as far as they matter here. */
const AVAILABLE = ['GetVersion', 'CreateRecordChapter', 'PressInputPropertiesButton'];

const NO_SUCH_REQUEST: Answer = { code: 204, comment: 'Your request type is not valid.' };

/** Starts the peer. */
export async function startRecordedObs(options: RecordedObsOptions = {}): Promise<RecordedObs> {
  const { password, rpcVersion = 1 } = options;
  const scenes = new RecordedScenes();
  const requests: RecordedRequest[] = [];
  const answers = new Map<string, (data: RecordedRequest['requestData']) => Answer | undefined>();
  for (const [request, data] of Object.entries(USUAL_ANSWERS)) answers.set(request, () => ({ data }));
  const server = new WebSocketServer({
    port: options.port ?? 0,
    host: '127.0.0.1',
    handleProtocols: (offered) => (offered.has('obswebsocket.json') ? 'obswebsocket.json' : false),
  });
  await new Promise<void>((resolve) => server.once('listening', resolve));

  server.on('connection', (socket) => {
    const [salt, challenge] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
    send(socket, 0, {
      obsWebSocketVersion: '5.5.2',
      rpcVersion,
      ...(password === undefined ? {} : { authentication: { challenge, salt } }),
    });
    socket.on('message', (bytes: Buffer) => {
      const { op, d } = JSON.parse(bytes.toString()) as { op: number; d: Record<string, unknown> };
      if (op === 1) {
        const proof = password === undefined ? undefined : hash(hash(password + salt) + challenge);
        if (d.rpcVersion !== rpcVersion) socket.close(4010, 'Your requested RPC version is not supported.');
        else if (proof !== d.authentication) socket.close(4009, 'Authentication failed.');
        else send(socket, 2, { negotiatedRpcVersion: rpcVersion });
      }
      if (op !== 6) return;
      const request = {
        requestType: String(d.requestType),
        requestData: (d.requestData ?? {}) as object as Record<string, unknown>,
      };
      requests.push(request);
      const special = answers.get(request.requestType);
      const answer = special
        ? special(request.requestData)
        : (scenes.answer(request.requestType, request.requestData) ?? NO_SUCH_REQUEST);
      if (answer) send(socket, 7, response(request.requestType, d.requestId, answer));
    });
  });

  const taken = () => requests.splice(0);
  return {
    address: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    scenes,
    taken,
    changes: () => taken().filter(({ requestType }) => !requestType.startsWith('Get')),
    answer: (request, answer) => {
      answers.set(request, typeof answer === 'function' ? answer : () => answer);
    },
    tell: (eventType, eventData) => {
      for (const socket of server.clients) send(socket, 5, { eventType, eventIntent: 64, eventData });
    },
    connections: () => server.clients.size,
    drop: (code) => {
      for (const socket of server.clients) socket.close(code);
    },
    close: async () => {
      for (const socket of server.clients) socket.terminate();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const STILL = { outputActive: false, outputDuration: 0, outputTimecode: '00:00:00.000', outputBytes: 0 };

const USUAL_ANSWERS: Readonly<Record<string, object>> = {
  GetVersion: {
    obsVersion: '30.2.3',
    obsWebSocketVersion: '5.5.2',
    rpcVersion: 1,
    availableRequests: AVAILABLE,
    supportedImageFormats: ['png'],
    platform: 'windows',
    platformDescription: 'Windows 11',
  },
  GetVideoSettings: {
    baseWidth: 1920,
    baseHeight: 1080,
    outputWidth: 1280,
    outputHeight: 720,
    fpsNumerator: 60,
    fpsDenominator: 1,
  },
  GetSourceFilterDefaultSettings: { defaultFilterSettings: {} },
  GetVirtualCamStatus: { outputActive: false },
  GetRecordStatus: { ...STILL, outputPaused: false },
  GetStreamStatus: { ...STILL, outputReconnecting: false, outputCongestion: 0 },
};

function response(requestType: string, requestId: unknown, answer: Answer): object {
  const status =
    'code' in answer
      ? {
          result: false,
          code: answer.code,
          ...(answer.comment === undefined ? {} : { comment: answer.comment }),
        }
      : { result: true, code: 100 };
  const data = 'data' in answer ? { responseData: answer.data } : {};
  return { requestType, requestId, requestStatus: status, ...data };
}

function send(socket: WebSocket, op: number, d: object): void {
  socket.send(JSON.stringify({ op, d }));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
