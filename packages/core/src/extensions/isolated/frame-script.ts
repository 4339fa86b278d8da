import type { FrameGreeting, FromFrame, StartWorker, ToFrame } from './frame-messages.ts';

/*
 * Runs inside the sandboxed frame, whose origin is nobody's. No extension's code runs here, only workers are
 * started from here, because from here they inherit the frame's origin and its content security policy.
 */
function serve(control: MessagePort, script: string): void {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const workers = new Map<number, Worker>();
  const say = (message: FromFrame) => control.postMessage(message);

  const start = ({ id, name, canvas }: StartWorker, ports: readonly MessagePort[]) => {
    try {
      const worker = new Worker(url, { name });
      workers.set(id, worker);
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        say({ kind: 'error', id, message: event.message || 'the worker could not be started' });
      });
      const given = canvas ? [wholeCanvas().transferControlToOffscreen()] : [];
      worker.postMessage(given[0] ?? null, [...ports, ...given]);
    } catch (error) {
      say({ kind: 'error', id, message: String(error) });
    }
  };

  control.onmessage = ({ data, ports }: MessageEvent<ToFrame>) => {
    if (data.kind === 'ping') say({ kind: 'pong', id: data.id });
    if (data.kind === 'start') start(data, ports);
    if (data.kind === 'end') {
      workers.get(data.id)?.terminate();
      workers.delete(data.id);
    }
  };
  say({ kind: 'ready' });
}

/** A canvas that fills the frame. Styled by properties, which the policy does not mind. */
function wholeCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.style.cssText = 'position:fixed;inset:0;width:100%;height:100%';
  document.body.append(canvas);
  return canvas;
}

const greeted = ({ source, data, ports }: MessageEvent<FrameGreeting>) => {
  const [control] = ports;
  if (source !== parent || data?.poseCoach !== 'extensions' || !control) return;
  removeEventListener('message', greeted);
  serve(control, data.worker);
};
addEventListener('message', greeted);
