import type { PageMessage } from '../wire.ts';
import { PageLink } from './page-link.ts';
import { confineRealm } from './realm.ts';
import { ExtensionServer } from './serve-extension.ts';

/*
 * The worker in which one isolated extension runs: a classic one, because Chromium starts no module worker from a
 * blob inside a sandboxed frame. What it needs later it takes before the extension's code is there, which may
 * replace whatever it finds; and it keeps the port to the page to itself. All that the extension can gain by
 * tampering is to break itself.
 */
const { apply } = Reflect;
const createUrl = URL.createObjectURL.bind(URL);
const revokeUrl = URL.revokeObjectURL.bind(URL);
const BlobHere = Blob;
const dataOf = getterOf(MessageEvent.prototype, 'data');
const reasonOf = getterOf(PromiseRejectionEvent.prototype, 'reason');
const errorOf = getterOf(ErrorEvent.prototype, 'error');
const messageOf = getterOf(ErrorEvent.prototype, 'message');

/** Imports a module's text; `import` is syntax, and cannot be replaced. */
async function load(text: string, name: string): Promise<unknown> {
  const url = createUrl(new BlobHere([text, `\n//# sourceURL=${name}\n`], { type: 'text/javascript' }));
  try {
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ url);
  } finally {
    revokeUrl(url);
  }
}

function serve(port: MessagePort): void {
  const server = new ExtensionServer(new PageLink(port.postMessage.bind(port)), load);
  addEventListener('error', (event) => {
    server.report('code', apply(errorOf, event, []) ?? apply(messageOf, event, []));
  });
  addEventListener('unhandledrejection', (event) => {
    server.report('code, in a rejection that nobody handles', apply(reasonOf, event, []));
  });
  port.addEventListener('message', (event) => {
    // Only the page can post here.
    server.handle(apply(dataOf, event, []) as PageMessage);
  });
  port.start();
}

function getterOf(prototype: object, name: string): () => unknown {
  const getter = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (getter) return getter;
  throw new TypeError(`This browser has no ${name} of events.`);
}

// The frame hands over the port, and says nothing else ever.
addEventListener(
  'message',
  ({ ports }: MessageEvent) => {
    const [port] = ports;
    if (!port) return;
    serve(port);
    confineRealm(globalThis);
  },
  { once: true },
);
