// What the isolated host really sends for one step, and what comes back: the reference sends the same.
import type { StepMessages } from './bare-echo.ts';

/** Hears what passes over the message ports that the page makes while `work` runs; gives the last step of it. */
export async function overheardStep(work: () => Promise<unknown>): Promise<StepMessages> {
  const Channel = window.MessageChannel;
  const { postMessage } = MessagePort.prototype;
  const sent = new WeakMap<MessagePort, unknown>();
  let step: StepMessages | undefined;
  const listen = (port: MessagePort) => {
    port.addEventListener('message', ({ data }) => {
      if (sent.has(port)) step = { sent: sent.get(port), answer: data };
      sent.delete(port);
    });
  };
  window.MessageChannel = class extends Channel {
    constructor() {
      super();
      listen(this.port1);
      listen(this.port2);
    }
  };
  MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown, ...rest: unknown[]) {
    if (holdsBuffer(message)) sent.set(this, message);
    Reflect.apply(postMessage, this, [message, ...rest]);
  };
  try {
    await work();
  } finally {
    window.MessageChannel = Channel;
    MessagePort.prototype.postMessage = postMessage;
  }
  if (!step) throw new Error('No frame went over a port that the page made.');
  return step;
}

/** Frames travel as bytes; whatever else the host says does not. */
function holdsBuffer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return true;
  return Object.values(value).some((part) => holdsBuffer(part));
}
