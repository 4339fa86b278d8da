/** A canvas that is painted in one colour thirty times a second, as a camera would see a wall. For tests. */
export class PaintedCanvas {
  readonly canvas = document.createElement('canvas');
  /** Any CSS colour. */
  color = 'red';
  readonly #painting: ReturnType<typeof setInterval>;

  constructor(width = 320, height = 240) {
    this.resize(width, height);
    this.#painting = setInterval(() => this.#paint(), 1000 / 30);
  }

  resize(width: number, height: number): void {
    this.canvas.width = width;
    this.canvas.height = height;
    this.#paint();
  }

  dispose(): void {
    clearInterval(this.#painting);
  }

  #paint(): void {
    const context = this.canvas.getContext('2d');
    if (!context) return;
    context.fillStyle = this.color;
    context.fillRect(0, 0, this.canvas.width, this.canvas.height);
    // Something that moves: browsers leave out frames in which nothing changed.
    context.fillStyle = 'black';
    context.fillRect((performance.now() / 10) % this.canvas.width, 0, 4, 4);
  }
}

/** Which of red, green and blue the middle of a picture is. */
export function colorOf(image: CanvasImageSource): 'red' | 'green' | 'blue' {
  const context = new OffscreenCanvas(3, 3).getContext('2d');
  context?.drawImage(image, 0, 0, 3, 3);
  const [red = 0, green = 0, blue = 0] = context?.getImageData(1, 1, 1, 1).data ?? [];
  if (red > green && red > blue) return 'red';
  return green > blue ? 'green' : 'blue';
}

/**
 * A recorded clip of 160×120 pixels: `seconds` in each colour, one after the other. Recorded by the browser, so
 * that tests need no file.
 */
export async function recordClip(
  colors: readonly ('red' | 'green' | 'blue')[],
  seconds: number,
  mimeType = 'video/webm;codecs=vp8',
): Promise<Blob> {
  const painted = new PaintedCanvas(160, 120);
  const recorder = new MediaRecorder(painted.canvas.captureStream(), { mimeType });
  const parts: Blob[] = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const stopped = new Promise((resolve) => {
    recorder.onstop = resolve;
  });
  recorder.start();
  for (const color of colors) {
    painted.color = color;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
  recorder.stop();
  await stopped;
  painted.dispose();
  return new Blob(parts, { type: mimeType });
}
