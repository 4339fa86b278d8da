import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PoseCoachError } from '@pose-coach/core';
import { afterEach, describe, expect, it } from 'vitest';
import { Webhooks } from './webhooks.ts';

interface Site {
  readonly origin: string;
  readonly seen: {
    readonly method: string;
    readonly url: string;
    readonly type: string;
    readonly body: string;
  }[];
}

const servers: Server[] = [];
const hooks: Webhooks[] = [];

afterEach(() => {
  for (const each of hooks.splice(0)) each.dispose();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** A site that takes webhooks. */
async function site(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Site> {
  const seen: Site['seen'] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, type: headers['content-type'] ?? '', body });
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

function webhooks(origins: readonly string[], answerWithin?: number): Webhooks {
  const made = new Webhooks(origins, answerWithin);
  hooks.push(made);
  return made;
}

async function failure(promise: Promise<unknown>): Promise<PoseCoachError> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof PoseCoachError) return thrown;
  throw new Error(`Rejected with ${String(thrown)}.`);
}

describe('webhooks', () => {
  it('are posted as JSON', async () => {
    const target = await site((_, response) => response.writeHead(204).end());
    await webhooks([target.origin]).post(`${target.origin}/lights?on=1`, { channel: 'main', at: 5 });
    expect(target.seen).toEqual([
      { method: 'POST', url: '/lights?on=1', type: 'application/json', body: '{"channel":"main","at":5}' },
    ]);
  });

  it('go nowhere that was not allowed, and the flag that would is named', async () => {
    const target = await site((_, response) => response.end());
    const made = webhooks(['https://example.org']);
    const { code, message } = await failure(made.post(`${target.origin}/x`, null));
    expect(code).toBe('PERMISSION_DENIED');
    expect(message).toContain(`--webhook ${target.origin}`);
    // A name that only begins alike, another port, another protocol, a user's name that looks like the host.
    for (const address of [
      'https://example.org.evil.example/',
      'https://example.org:444/',
      'http://example.org/',
      'https://example.org@evil.example/',
      'not an address',
    ]) {
      expect((await failure(made.post(address, null))).code, address).toBe('PERMISSION_DENIED');
    }
    expect(target.seen).toEqual([]);
  });

  it.each(['example.org', 'data:text/plain,x', 'file:///etc/passwd', ''])(
    'are to no origin like %j',
    (origin) => {
      expect(() => webhooks([origin])).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    },
  );

  it('follow no redirect', async () => {
    const inner = await site((_, response) => response.end());
    const outer = await site((_, response) =>
      response.writeHead(307, { location: `${inner.origin}/secret` }).end(),
    );
    const { message } = await failure(webhooks([outer.origin]).post(outer.origin, null));
    expect(message).toContain('redirect (307)');
    expect(inner.seen).toEqual([]);
  });

  it('say what went wrong: a bad answer, none in time, nobody there', async () => {
    const broken = await site((_, response) => response.writeHead(500).end());
    const silent = await site(() => {});
    const made = webhooks([broken.origin, 'http://127.0.0.1:1']);
    expect((await failure(made.post(broken.origin, null))).message).toContain('status 500');
    const hasty = webhooks([silent.origin], 100);
    expect((await failure(hasty.post(silent.origin, null))).message).toContain('did not answer within 0.1 s');
    expect((await failure(made.post('http://127.0.0.1:1', null))).message).toContain('cannot be reached');
  });

  it('are five at once at most, and can be sent again when some are done', async () => {
    const waiting: ServerResponse[] = [];
    const target = await site((_, response) => waiting.push(response));
    const made = webhooks([target.origin]);
    const five = [1, 2, 3, 4, 5].map((number) => made.post(target.origin, number));
    const { code, message } = await failure(made.post(target.origin, 6));
    expect(code).toBe('RATE_LIMITED');
    expect(message).toContain('cool-down');
    await expect.poll(() => waiting.length).toBe(5);
    for (const response of waiting.splice(0)) response.end();
    await Promise.all(five);
    const again = made.post(target.origin, 7);
    await expect.poll(() => waiting.length).toBe(1);
    waiting[0]?.end();
    await again;
    expect(target.seen.map(({ body }) => body).sort()).toEqual(['1', '2', '3', '4', '5', '7']);
  });

  it('are broken off when the server ends', async () => {
    const target = await site(() => {});
    const made = webhooks([target.origin]);
    const underway = failure(made.post(target.origin, null));
    await expect.poll(() => target.seen.length).toBe(1);
    made.dispose();
    expect((await underway).code).toBe('CONNECTION_LOST');
  });
});
