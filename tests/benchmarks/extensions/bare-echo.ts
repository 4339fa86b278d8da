// The reference of the round trip: workers that answer every message with the same bytes, and nothing else.

/** Messages of one step, as they went over the isolated host's port. */
export interface StepMessages {
  readonly sent: unknown;
  readonly answer: unknown;
}

/** Workers that answer: over a port each, as extensions do. */
export interface BareEcho {
  readonly trips: readonly (() => Promise<void>)[];
  dispose(): void;
}

/** The worker: it is given a port and the answer, and gives that whenever the port brings something. */
const WORKER = `onmessage = ({ data: { answer }, ports: [port] }) => {
  port.onmessage = () => port.postMessage(answer);
};`;

/** A sandboxed page that starts such a worker for every port that it is given. */
const FRAME = `<!doctype html><script>
const url = URL.createObjectURL(new Blob([${JSON.stringify(WORKER)}], { type: 'text/javascript' }));
onmessage = ({ data, ports }) => new Worker(url).postMessage(data, [...ports]);
</script>`;

/**
 * @param where beside the page, or in a sandboxed frame: browsers run that in a process of its own
 */
export async function bareEcho(
  count: number,
  where: 'page' | 'frame',
  messages: StepMessages,
): Promise<BareEcho> {
  const start = where === 'page' ? beside() : await within();
  const ports = Array.from({ length: count }, () => {
    const { port1, port2 } = new MessageChannel();
    start.worker({ answer: messages.answer }, port2);
    return port1;
  });
  return {
    trips: ports.map((port) => () => {
      const answered = new Promise<void>((resolve) => {
        port.onmessage = () => resolve();
      });
      port.postMessage(messages.sent);
      return answered;
    }),
    dispose: () => {
      for (const port of ports) port.close();
      start.dispose();
    },
  };
}

interface Starter {
  worker(data: { readonly answer: unknown }, port: MessagePort): void;
  dispose(): void;
}

function beside(): Starter {
  const url = URL.createObjectURL(new Blob([WORKER], { type: 'text/javascript' }));
  const workers: Worker[] = [];
  return {
    worker: (data, port) => {
      const worker = new Worker(url);
      workers.push(worker);
      worker.postMessage(data, [port]);
    },
    dispose: () => {
      for (const worker of workers) worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}

async function within(): Promise<Starter> {
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-scripts');
  frame.hidden = true;
  frame.srcdoc = FRAME;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  await loaded;
  return {
    worker: (data, port) => frame.contentWindow?.postMessage(data, '*', [port]),
    dispose: () => frame.remove(),
  };
}
