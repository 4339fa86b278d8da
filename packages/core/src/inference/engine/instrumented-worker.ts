/** The real engine's code, wrapped so that a test can count what it closes and do to it what cannot be ordered. */
export interface InstrumentedWorker {
  /** To be given as `workerUrl`. */
  readonly url: string;
  /** Throws an error out of the event loop of every engine's thread. */
  crash(): void;
  /** Takes away every WebGL context and every graphics device that engines have made. */
  loseContext(): void;
  /** `close()` calls on frames so far, in all engines together. */
  closed(): Promise<number>;
}

/** Milliseconds in which all engines that run answer a count. */
const ANSWER_TIME = 100;

let channels = 0;

/**
 * Wraps an engine's code; the address stays good until the page is gone.
 * @param source the text of its worker
 * @param prelude JavaScript to be run before it, such as one that takes something away
 */
export function instrumentWorker(source: string, prelude = ''): InstrumentedWorker {
  channels += 1;
  const name = `instrumented-${channels}-${Math.random()}`;
  const instruments = `
    ${prelude}
    const channel = new BroadcastChannel(${JSON.stringify(name)});
    const contexts = [];
    for (const type of [VideoFrame, ImageBitmap]) {
      const close = type.prototype.close;
      type.prototype.close = function () {
        // Without pixels it is handed over or closed already.
        const open = this instanceof VideoFrame ? this.format !== null : this.width > 0;
        if (open) channel.postMessage({ closed: 1 });
        close.call(this);
      };
    }
    for (const type of [OffscreenCanvas, globalThis.HTMLCanvasElement].filter(Boolean)) {
      const getContext = type.prototype.getContext;
      type.prototype.getContext = function (...parameters) {
        const context = getContext.apply(this, parameters);
        if (parameters[0] === 'webgl2' && context) contexts.push(context);
        return context;
      };
    }
    const devices = [];
    if (globalThis.GPUAdapter) {
      const requestDevice = GPUAdapter.prototype.requestDevice;
      GPUAdapter.prototype.requestDevice = async function (...parameters) {
        const device = await requestDevice.apply(this, parameters);
        devices.push(device);
        return device;
      };
    }
    channel.onmessage = ({ data }) => {
      if (data === 'lose') for (const device of devices.splice(0)) device.destroy();
      if (data === 'crash') setTimeout(() => { throw new Error('a crash that a test ordered'); });
      if (data === 'lose') for (const context of contexts.splice(0)) context.getExtension('WEBGL_lose_context')?.loseContext();
    };
  `;
  // Modules run in the order they are imported in: the instruments are there before the engine looks around.
  const code = `import ${JSON.stringify(script(instruments))}; export { serve } from ${JSON.stringify(script(source))};`;
  const channel = new BroadcastChannel(name);
  let closed = 0;
  channel.onmessage = ({ data }: MessageEvent<{ closed?: number }>) => {
    closed += data.closed ?? 0;
  };
  return {
    url: script(code),
    crash: () => channel.postMessage('crash'),
    loseContext: () => channel.postMessage('lose'),
    closed: async () => {
      await new Promise((resolve) => setTimeout(resolve, ANSWER_TIME));
      return closed;
    },
  };
}

function script(code: string): string {
  return URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
}
