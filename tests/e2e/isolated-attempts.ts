/*
 * What runs in a page to try the surroundings of isolated extensions. Each function is handed to the browser as it
 * stands, and so knows nothing but its argument.
 */

/** What became of each attempt, by its name. */
export type AttemptOutcomes = Readonly<Record<string, string>>;

export interface WorkerAttempt {
  /** A worker that is handed a port, and answers there the order that it gets there. */
  readonly worker: string;
  readonly base: string;
  readonly udpPort: number;
}

/** Opens the frame as the host does, and has it start a worker of ours instead of the host's, which confines. */
export async function attemptInFrame(order: WorkerAttempt & { frame: string }): Promise<AttemptOutcomes> {
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  element.srcdoc = order.frame;
  const loaded = new Promise((resolve) => {
    element.onload = resolve;
  });
  document.documentElement.append(element);
  await loaded;
  const control = new MessageChannel();
  const line = new MessageChannel();
  const outcomes = new Promise<AttemptOutcomes>((resolve) => {
    line.port1.onmessage = ({ data }) => resolve(data);
  });
  element.contentWindow?.postMessage({ poseCoach: 'extensions', worker: order.worker }, '*', [control.port2]);
  control.port1.postMessage({ kind: 'start', id: 1, name: 'probe' }, [line.port2]);
  line.port1.postMessage({ base: order.base, udpPort: order.udpPort });
  const found = await outcomes;
  element.remove();
  return found;
}

/** The same in a worker of the page itself, which has no policy. */
export async function attemptFreely({ worker, base, udpPort }: WorkerAttempt): Promise<AttemptOutcomes> {
  const free = new Worker(URL.createObjectURL(new Blob([worker], { type: 'text/javascript' })));
  const { port1, port2 } = new MessageChannel();
  const outcomes = new Promise<AttemptOutcomes>((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
  free.postMessage(null, [port2]);
  port1.postMessage({ base, udpPort });
  const found = await outcomes;
  free.terminate();
  return found;
}

/** Loads a page into a sandboxed frame and waits until its script says that it has tried everything. */
export async function attemptInDocument({ frame }: { frame: string }): Promise<void> {
  const element = document.createElement('iframe');
  element.setAttribute('sandbox', 'allow-scripts');
  const tried = new Promise<void>((resolve) => {
    addEventListener('message', ({ source }) => {
      if (source === element.contentWindow) resolve();
    });
  });
  element.srcdoc = frame;
  document.documentElement.append(element);
  await tried;
  element.remove();
}
