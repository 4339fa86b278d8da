// All the clients of a relay, in a process of their own: they count frames and how long each took to arrive.
import { WebSocket } from 'ws';
import { peekWireHeader } from '../../../packages/core/src/codec/index.ts';

export type WatchersRequest =
  | { readonly kind: 'connect'; readonly url: string; readonly count: number; readonly hello?: object }
  /** Forget what was counted so far. */
  | { readonly kind: 'reset' }
  | { readonly kind: 'report' };

export type WatchersAnswer =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'counted';
      readonly frames: number;
      /** ms from publisher to arrival: a sample of all. */
      readonly delays: readonly number[];
    };

/** Of every so many frames one delay is kept: more would cost the clients more than receiving does. */
const SAMPLE = 7;

let frames = 0;
let delays: number[] = [];

function received(data: Buffer): void {
  frames += 1;
  if (frames % SAMPLE !== 0) return;
  const header = peekWireHeader(data);
  if (header.ok) delays.push(performance.timeOrigin + performance.now() - header.value.capturedAt);
}

async function connect(url: string, hello: object | undefined): Promise<void> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => {
      if (hello) socket.send(JSON.stringify(hello));
      else resolve();
    });
    socket.on('message', (data, isBinary) => {
      if (isBinary) received(data as Buffer);
      else resolve();
    });
  });
}

process.on('message', async (request: WatchersRequest) => {
  const answer = (message: WatchersAnswer) => process.send?.(message);
  switch (request.kind) {
    case 'connect':
      for (let index = 0; index < request.count; index += 1) await connect(request.url, request.hello);
      answer({ kind: 'ready' });
      break;
    case 'reset':
      frames = 0;
      delays = [];
      answer({ kind: 'ready' });
      break;
    case 'report':
      answer({ kind: 'counted', frames, delays });
  }
});
process.on('disconnect', () => process.exit());
