// The reference of the pipeline benchmark: MediaPipe and nothing else, in a worker, with one waiting slot.
import { FilesetResolver, PoseLandmarker } from '@mediapipe/tasks-vision';

interface Start {
  readonly readable: ReadableStream<VideoFrame>;
  readonly model: string;
  readonly wasm: string;
}

self.onmessage = async ({ data }: MessageEvent<Start>) => {
  const landmarker = await PoseLandmarker.createFromOptions(
    await FilesetResolver.forVisionTasks(data.wasm, true),
    {
      baseOptions: { modelAssetPath: data.model, delegate: 'CPU' },
      canvas: new OffscreenCanvas(1, 1),
      runningMode: 'VIDEO',
    },
  );
  let waiting: VideoFrame | undefined;
  let wake: (() => void) | undefined;
  let last = 0;
  void (async () => {
    const reader = data.readable.getReader();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      waiting?.close();
      waiting = value;
      wake?.();
    }
  })();
  // A message to oneself lets the frames that arrived during detection be read before the next one is taken.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => void next();
  const next = async () => {
    if (!waiting) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const frame = waiting;
    waiting = undefined;
    if (frame) {
      const timestamp = Math.max(frame.timestamp / 1000, last + 0.001);
      last = timestamp;
      landmarker.detectForVideo(frame, timestamp);
      frame.close();
      self.postMessage({ type: 'result' });
    }
    port2.postMessage(null);
  };
  self.postMessage({ type: 'ready' });
  port2.postMessage(null);
};
