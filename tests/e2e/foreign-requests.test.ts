import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { foreignRequests, launchChromium } from './chromium.ts';

// Every proof that nothing leaves the page's host rests on this watch: engines run in workers from blobs.
it('The watch over requests sees those of a worker that was started from a blob, sockets included', async () => {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>page</title><link rel="icon" href="data:,">');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const foreign = foreignRequests(page, host);
    await page.goto(`http://${host}/`);
    await page.evaluate(async () => {
      // Nobody listens on port 1: the requests are made, and fail.
      const source = `fetch('${location.origin}/own').then(() => fetch('http://localhost:1/foreign')).catch(() => {
        new WebSocket('ws://localhost:1/socket').onerror = () => postMessage('done');
      });`;
      const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })), {
        type: 'module',
      });
      await new Promise((resolve) => {
        worker.onmessage = resolve;
      });
    });
    expect(foreign).toEqual(['http://localhost:1/foreign', 'ws://localhost:1/socket']);
  } finally {
    await browser.close();
    server.close();
  }
});
