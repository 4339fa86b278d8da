import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isChannelName } from '@pose-coach/core/protocol';
import type { Access } from './access.ts';
import type { ServedExtension } from './extension-folders.ts';
import type { Health } from './health.ts';
import { overlayLink, reachedBase } from './links.ts';
import { COMMON_HEADERS, contentSecurityPolicy, ISOLATION_HEADERS } from './page-policy.ts';
import type { Site, SiteFile } from './site.ts';

/** Seconds in a year: as long as caches keep anything. */
const FOR_EVER = 31_536_000;

const BEARER = /^Bearer (\S+)$/i;

export interface HttpContext {
  readonly site: Site;
  /** Extensions that the operator named. */
  readonly extensions: readonly ServedExtension[];
  readonly access: Access;
  readonly secure: boolean;
  /** Present state of the server. */
  health(): Health;
  /** The overlay's base address when the request does not tell a good one. */
  overlayBase(): string;
}

/** Answers everything that is not a WebSocket: health, the overlay's link, extensions, and the fixed set of files. */
export function handleRequest(
  request: IncomingMessage,
  response: ServerResponse,
  context: HttpContext,
): void {
  setHeaders(response, COMMON_HEADERS);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    answerText(response, 405, 'Only GET and HEAD are answered here.');
    return;
  }
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const plain = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  switch (plain) {
    case '/':
      response.setHeader('location', '/studio');
      answerText(response, 302, 'The studio is at /studio.');
      break;
    case '/health':
      answerJson(response, 200, context.health());
      break;
    case '/api/extensions':
      // To the server's own pages, which no other site can read: there is no header that would let it.
      answerJson(response, 200, context.extensions);
      break;
    case '/api/overlay-link':
      answerOverlayLink(request, response, new URLSearchParams(query), context);
      break;
    default: {
      const file = context.site.get(plain);
      if (file) answerFile(request, response, file);
      else
        answerText(
          response,
          404,
          'There is nothing here. The pages are /studio, /overlay, /dock and /health.',
        );
    }
  }
}

/** `GET /api/overlay-link?channel=main` with the publisher token as bearer: the link to paste into OBS. */
function answerOverlayLink(
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  context: HttpContext,
): void {
  const { access } = context;
  const channel = query.get('channel') ?? '';
  if (!access.mayPublish(BEARER.exec(request.headers.authorization ?? '')?.[1])) {
    response.setHeader('www-authenticate', 'Bearer');
    answerJson(response, 401, { error: 'UNAUTHORIZED', message: 'The publisher token is missing or wrong.' });
  } else if (!isChannelName(channel)) {
    answerJson(response, 400, { error: 'OPTION_INVALID', message: '`channel` is not a channel’s name.' });
  } else {
    const base = reachedBase(request.headers.host, context.secure) ?? context.overlayBase();
    answerJson(response, 200, { channel, overlay: overlayLink(base, access, channel) });
  }
}

function answerFile(request: IncomingMessage, response: ServerResponse, file: SiteFile): void {
  response.setHeader('etag', file.etag);
  response.setHeader('cache-control', file.immutable ? `public, max-age=${FOR_EVER}, immutable` : 'no-cache');
  if (file.contentType.startsWith('text/html')) {
    response.setHeader('content-security-policy', contentSecurityPolicy(request.headers.host));
  }
  if (file.isolated) setHeaders(response, ISOLATION_HEADERS);
  if (file.headers) setHeaders(response, file.headers);
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304).end();
    return;
  }
  response.writeHead(200, { 'content-type': file.contentType, 'content-length': file.bytes });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const stream = createReadStream(file.file);
  // The head is out already: cutting the connection is how HTTP says that the rest is missing.
  stream.on('error', () => response.destroy());
  response.on('close', () => stream.destroy());
  stream.pipe(response);
}

function setHeaders(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function answerJson(response: ServerResponse, status: number, body: object): void {
  response.setHeader('cache-control', 'no-store');
  answer(response, status, 'application/json; charset=utf-8', `${JSON.stringify(body, undefined, 2)}\n`);
}

function answerText(response: ServerResponse, status: number, text: string): void {
  answer(response, status, 'text/plain; charset=utf-8', `${text}\n`);
}

function answer(response: ServerResponse, status: number, contentType: string, body: string): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length });
  // For HEAD, Node leaves the body out by itself.
  response.end(bytes);
}
