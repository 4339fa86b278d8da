import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/manual-clock.ts';
import { heardServices } from './isolated-host.test-support.ts';
import { RequestDesk } from './request-desk.ts';
import type { ExtensionRequest, PageMessage } from './wire.ts';

/** Waits until all promises that can settle have settled. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('The desk at which an isolated extension asks the page', () => {
  /** Of the requests that services are at work on: what ends each of them. */
  let underWay: ((outcome: 'done' | 'failed') => void)[];
  let said: [message: PageMessage, transfer: Transferable[]][];
  let desk: RequestDesk;
  let lastId: number;

  beforeEach(() => {
    underWay = [];
    said = [];
    lastId = 0;
    const work = <T>(result: () => T) =>
      new Promise<T>((resolve, reject) => {
        underWay.push((outcome) => (outcome === 'done' ? resolve(result()) : reject(new Error('gone'))));
      });
    const services = heardServices({
      asset: () => work(() => new ArrayBuffer(8)),
      fetch: () => work(() => ({ status: 200, headers: {}, body: new ArrayBuffer(8) })),
      stateGet: async () => 'kept',
    });
    desk = new RequestDesk(services, new ManualClock(), (message, transfer) =>
      said.push([message, transfer]),
    );
  });

  const ask = (request: ExtensionRequest) => {
    lastId += 1;
    desk.answer(lastId, request);
  };
  const askForFile = () => ask({ name: 'asset', path: './song.mp3' });
  const askServer = () => ask({ name: 'fetch', url: 'https://a.example/' });
  const answered = () => said.map(([message]) => ('request' in message ? message.request : 0));

  it('hands over the bytes of files and answers, and keeps no copy of them', async () => {
    askForFile();
    askServer();
    await settled();
    for (const end of underWay) end('done');
    await settled();
    const [file, answer] = said;
    expect(file?.[0]).toEqual({ kind: 'answer', request: 1, value: file?.[1][0] });
    expect(answer?.[0]).toMatchObject({ request: 2, value: { status: 200, body: answer?.[1][0] } });
    expect(answer?.[1][0]).toBeInstanceOf(ArrayBuffer);
  });

  it('has one file of 50 MB on its way at a time, and an answer of 10 MB beside it, and lets the others wait', async () => {
    for (let count = 0; count < 30; count += 1) askForFile();
    await settled();
    expect(underWay).toHaveLength(1);
    underWay[0]?.('done');
    await settled();
    expect(underWay).toHaveLength(2);
    expect(answered()).toEqual([1]);
  });

  it('has six answers of servers on their way at a time', async () => {
    for (let count = 0; count < 30; count += 1) askServer();
    await settled();
    expect(underWay).toHaveLength(6);
    underWay[3]?.('failed');
    underWay[4]?.('done');
    await settled();
    expect(underWay).toHaveLength(8);
    expect(answered().sort()).toEqual([4, 5]);
  });

  it('answers everything in the end, in the order in which it was asked, also behind what failed', async () => {
    for (let count = 0; count < 20; count += 1) askForFile();
    for (let index = 0; index < 20; index += 1) {
      await settled();
      underWay[index]?.(index % 3 === 0 ? 'failed' : 'done');
    }
    await settled();
    expect(answered()).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('lets nothing small wait behind files', async () => {
    askForFile();
    askForFile();
    ask({ name: 'stateGet', key: 'k' });
    await settled();
    expect(answered()).toEqual([3]);
  });

  it('begins nothing more once the extension has ended', async () => {
    askForFile();
    askForFile();
    await settled();
    desk.dispose();
    underWay[0]?.('done');
    await settled();
    expect(underWay).toHaveLength(1);
    expect(said).toEqual([]);
  });
});
