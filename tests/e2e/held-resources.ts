import type { Frame, Page } from 'playwright-core';

/** What a page or a frame holds at a moment, by what its scripts have asked for and not given back. */
export interface Held {
  /** Of `window`, `document` and the other objects that live as long as the page. */
  readonly listeners: number;
  /** Timeouts that are still to come, intervals, animation frames. */
  readonly timers: number;
  /** Workers that were not terminated. */
  readonly workers: number;
  /** Object URLs that were not revoked. */
  readonly objectUrls: number;
  /** Message channels of which neither end was closed. */
  readonly channels: number;
  /** `<iframe>`s in the document, and elsewhere in it whatever else there is. */
  readonly elements: number;
}

declare global {
  interface Window {
    held(): Held;
  }
}

/** Counts from now on, in every document that the page will open, frames included. Call before `goto`. */
export async function countHeld(page: Page): Promise<void> {
  await page.addInitScript(installCounters);
}

/** What is held now. */
export async function held(page: Page | Frame): Promise<Held> {
  return await page.evaluate(() => window.held());
}

/** Runs in the page, before any code of its own. */
function installCounters(): void {
  const timers = new Set<string>();
  const pageLong: readonly unknown[] = [
    window,
    document,
    document.documentElement,
    navigator,
    visualViewport,
  ];
  const listeners = new Map<string, () => void>();
  const workers = new Set<Worker>();
  const urls = new Set<string>();
  const channels = new Set<MessageChannel>();
  const channelOf = new WeakMap<MessagePort, MessageChannel>();

  const { setTimeout, clearTimeout, setInterval, clearInterval } = window;
  const { requestAnimationFrame, cancelAnimationFrame } = window;
  const timed =
    (name: string, set: Window['setTimeout'], repeats: boolean) =>
    (callback: TimerHandler, delay?: number, ...values: unknown[]) => {
      const handle = set(
        (...passed: unknown[]) => {
          if (!repeats) timers.delete(`${name} ${handle}`);
          if (typeof callback === 'function') callback(...passed);
        },
        delay,
        ...values,
      );
      timers.add(`${name} ${handle}`);
      return handle;
    };
  const cleared = (clear: Window['clearTimeout']) => (handle?: number) => {
    // Timeouts and intervals share their numbers, and either may clear the other.
    timers.delete(`timeout ${handle}`);
    timers.delete(`interval ${handle}`);
    clear(handle);
  };
  Object.assign(window, {
    setTimeout: timed('timeout', setTimeout.bind(window), false),
    setInterval: timed('interval', setInterval.bind(window), true),
    clearTimeout: cleared(clearTimeout.bind(window)),
    clearInterval: cleared(clearInterval.bind(window)),
    requestAnimationFrame: (callback: FrameRequestCallback) => {
      const handle = requestAnimationFrame.call(window, (now) => {
        timers.delete(`repaint ${handle}`);
        callback(now);
      });
      timers.add(`repaint ${handle}`);
      return handle;
    },
    cancelAnimationFrame: (handle: number) => {
      timers.delete(`repaint ${handle}`);
      cancelAnimationFrame.call(window, handle);
    },
  });

  const numbers = new WeakMap<object, number>();
  let last = 0;
  const numberOf = (listener: object) => {
    const known = numbers.get(listener);
    if (known !== undefined) return known;
    last += 1;
    numbers.set(listener, last);
    return last;
  };
  const key = (target: unknown, type: string, listener: object, options: unknown) => {
    const capture = typeof options === 'object' ? Reflect.get(options ?? {}, 'capture') : options;
    return `${pageLong.indexOf(target)} ${type} ${numberOf(listener)} ${capture === true}`;
  };
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (this: EventTarget, type, listener, options) {
    const target = this ?? window;
    Reflect.apply(addEventListener, target, [type, listener, options]);
    if (!listener || !pageLong.includes(target)) return;
    const entry = key(target, type, listener, options);
    const forget = () => listeners.delete(entry);
    listeners.set(entry, () => Reflect.apply(removeEventListener, target, [type, forget, options]));
    if (typeof options !== 'object') return;
    options.signal?.addEventListener('abort', forget);
    if (options.once) Reflect.apply(addEventListener, target, [type, forget, options]);
  };
  EventTarget.prototype.removeEventListener = function (this: EventTarget, type, listener, options) {
    const target = this ?? window;
    Reflect.apply(removeEventListener, target, [type, listener, options]);
    if (!listener || !pageLong.includes(target)) return;
    const entry = key(target, type, listener, options);
    listeners.get(entry)?.();
    listeners.delete(entry);
  };

  const { createObjectURL, revokeObjectURL } = URL;
  URL.createObjectURL = (object) => {
    const url = createObjectURL.call(URL, object);
    urls.add(url);
    return url;
  };
  URL.revokeObjectURL = (url) => {
    urls.delete(url);
    revokeObjectURL.call(URL, url);
  };

  window.Worker = class extends Worker {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      workers.add(this);
    }
    override terminate(): void {
      workers.delete(this);
      super.terminate();
    }
  };

  const { close } = MessagePort.prototype;
  window.MessageChannel = class extends MessageChannel {
    constructor() {
      super();
      channels.add(this);
      channelOf.set(this.port1, this);
      channelOf.set(this.port2, this);
    }
  };
  MessagePort.prototype.close = function (this: MessagePort) {
    const channel = channelOf.get(this);
    if (channel) channels.delete(channel);
    close.call(this);
  };

  window.held = () => ({
    listeners: listeners.size,
    timers: timers.size,
    workers: workers.size,
    objectUrls: urls.size,
    channels: channels.size,
    elements: document.querySelectorAll('*').length,
  });
}
