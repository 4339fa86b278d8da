import { PoseCoachError } from '../../../base/index.ts';
import type { OverlayMoment, OverlayPart } from '../../api/overlay-api.ts';
import type { MountOrder, PageMessage } from '../../isolated/wire.ts';
import type { PageLink } from '../../isolated/worker/page-link.ts';
import { extensionError, messageOf } from '../../runtime/index.ts';
import { OverlayRuntime } from '../overlay-runtime.ts';
import { PartCanvas } from '../part-canvas.ts';

/** A message that is answered. */
type Call = Extract<PageMessage, { id: number }>;

// Taken before any extension runs, which may replace what it finds.
const now = performance.now.bind(performance);

/** One part of the overlay in its worker. */
export class PartServer {
  readonly #link: PageLink;
  readonly #canvas: OffscreenCanvas;
  readonly #load: (text: string, name: string) => Promise<unknown>;
  #title = 'The extension';
  #metrics: OverlayMoment['metrics'] = {};
  #part: OverlayPart | undefined;
  #painted: PartCanvas | undefined;

  /** @param load imports a module's text */
  constructor(
    link: PageLink,
    canvas: OffscreenCanvas,
    load: (text: string, name: string) => Promise<unknown>,
  ) {
    this.#link = link;
    this.#canvas = canvas;
    this.#load = load;
  }

  handle(message: PageMessage): void {
    if (message.kind === 'answer') this.#link.settle(message.request, { value: message.value });
    else if (message.kind === 'refusal') this.#link.settle(message.request, { fault: message.fault });
    else if (message.kind === 'ping') this.#done(message);
    else if (message.kind === 'mount') {
      this.#mount(message.order).then(
        () => this.#done(message),
        (thrown: unknown) => this.#failed(message, thrown),
      );
    } else if (message.kind === 'paint') {
      try {
        const began = now();
        this.#paint(message);
        this.#done(message, now() - began);
      } catch (thrown) {
        this.#failed(message, thrown);
      }
    }
  }

  /** Something was thrown where nobody catches it. */
  report(what: string, thrown: unknown): void {
    this.#link.send({ kind: 'fault', message: extensionError(this.#title, what, thrown).message });
  }

  async #mount({ manifest, part, seed, text }: MountOrder): Promise<void> {
    this.#title = manifest.title;
    this.#painted = new PartCanvas(this.#canvas);
    const runtime = new OverlayRuntime(manifest, {
      log: (level, line) => this.#link.log(level, line),
      asset: (path) => this.#link.asset(path),
    });
    const path = (manifest.overlay ?? 'overlay.js').replace(/^\.\//, '');
    await runtime.activate(await this.#load(text, `${manifest.id}/${path}`));
    this.#part = runtime.create(part, seed);
  }

  #paint({ moment, metrics, pixelRatio }: Extract<PageMessage, { kind: 'paint' }>): void {
    const part = this.#part;
    if (metrics) this.#metrics = metrics;
    if (part) this.#painted?.paint(part, { ...moment, metrics: this.#metrics }, pixelRatio);
  }

  #done({ id }: Call, value?: number): void {
    this.#link.send({ kind: 'done', id, ...(value === undefined ? {} : { value }) });
  }

  #failed({ id }: Call, thrown: unknown): void {
    const fault =
      thrown instanceof PoseCoachError
        ? { code: thrown.code, message: thrown.message }
        : { code: 'EXTENSION_FAILED' as const, message: messageOf(thrown) };
    this.#link.send({ kind: 'failed', id, fault });
  }
}
