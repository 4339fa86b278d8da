import type { PageMessage } from '../wire.ts';
import { confineRealm } from './realm.ts';

/*
 * How every worker of the frame begins, before foreign code is there, which may replace whatever it finds: what is
 * needed later is taken now, and the port to the page is kept to ourselves. All that the code can gain by tampering
 * is to break itself.
 */
const { apply } = Reflect;
const createUrl = URL.createObjectURL.bind(URL);
const revokeUrl = URL.revokeObjectURL.bind(URL);
const BlobHere = Blob;
const dataOf = getterOf(MessageEvent.prototype, 'data');
const reasonOf = getterOf(PromiseRejectionEvent.prototype, 'reason');
const errorOf = getterOf(ErrorEvent.prototype, 'error');
const messageOf = getterOf(ErrorEvent.prototype, 'message');

/** What runs in the worker, as the page and the platform see it. */
export interface Confined {
  handle(message: PageMessage): void;
  /** Something was thrown where nobody catches it. */
  report(what: string, thrown: unknown): void;
}

/**
 * Waits for the frame, which hands over the port, and says nothing else ever; then takes away from the realm all
 * that the code in it has no use for.
 * @param begin makes what is to run, with a way to post to the page and what the frame has given along
 * @param platform names beside those that every realm keeps
 */
export function beginConfined(
  begin: (post: (text: string) => void, given: unknown) => Confined,
  platform?: readonly string[],
): void {
  addEventListener(
    'message',
    ({ ports, data }: MessageEvent) => {
      const [port] = ports;
      if (!port) return;
      serve(port, begin(port.postMessage.bind(port), data));
      confineRealm(globalThis, platform);
    },
    { once: true },
  );
}

/** Imports a module's text; `import` is syntax, and cannot be replaced. */
export async function loadModule(text: string, name: string): Promise<unknown> {
  const url = createUrl(new BlobHere([text, `\n//# sourceURL=${name}\n`], { type: 'text/javascript' }));
  try {
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ url);
  } finally {
    revokeUrl(url);
  }
}

function serve(port: MessagePort, confined: Confined): void {
  addEventListener('error', (event) => {
    confined.report('code', apply(errorOf, event, []) ?? apply(messageOf, event, []));
  });
  addEventListener('unhandledrejection', (event) => {
    confined.report('code, in a rejection that nobody handles', apply(reasonOf, event, []));
  });
  port.addEventListener('message', (event) => {
    // Only the page can post here.
    confined.handle(apply(dataOf, event, []) as PageMessage);
  });
  port.start();
}

function getterOf(prototype: object, name: string): () => unknown {
  const getter = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (getter) return getter;
  throw new TypeError(`This browser has no ${name} of events.`);
}
