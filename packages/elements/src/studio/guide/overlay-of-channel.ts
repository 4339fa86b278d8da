import type { StageController } from '@pose-coach/core/live';
import type { DelayMeasurement } from '@pose-coach/core/protocol';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Subscription, timer } from 'rxjs';
import type { Asking } from '../shared/asking.ts';

/** Milliseconds between two questions whether an overlay shows anything: overlays tell the server once a second. */
const MEASURE_PERIOD = 2000;

/** The overlay of a channel: its address, and whether anybody shows it. Asked for only while it is watched. */
export class OverlayOfChannel implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #asking: Asking;
  #controller: StageController | undefined;
  #ticks: Subscription | undefined;
  #link: string | undefined;
  #measured: DelayMeasurement | undefined;
  #copied = '';

  constructor(host: ReactiveControllerHost, asking: Asking) {
    this.#host = host;
    this.#asking = asking;
    host.addController(this);
  }

  get link(): string | undefined {
    return this.#link;
  }

  /** How late overlays paint, where any does; undefined as long as nobody has said. */
  get measured(): DelayMeasurement | undefined {
    return this.#measured;
  }

  /** Whether some overlay paints what is sent, or did when it was watched last. */
  get isSeen(): boolean {
    return this.#measured?.median !== undefined;
  }

  /** Whether the address was copied, in words. */
  get copied(): string {
    return this.#copied;
  }

  hostDisconnected(): void {
    this.watch(undefined);
  }

  /** @param controller of the channel to watch; undefined: none for now, and what is known stays known */
  watch(controller: StageController | undefined): void {
    if (controller === this.#controller) return;
    this.#ticks?.unsubscribe();
    this.#ticks = undefined;
    this.#controller = controller;
    this.#copied = '';
    if (!controller) return;
    this.fetchLink();
    this.#ticks = timer(0, MEASURE_PERIOD).subscribe(() => void this.#measure(controller));
  }

  fetchLink(): void {
    if (this.#controller) void this.#fetchLink(this.#controller);
  }

  /** @param field shows the address: selected, so that it can be copied by hand where the page may not */
  async copy(field: HTMLInputElement | null): Promise<void> {
    field?.select();
    try {
      await navigator.clipboard.writeText(this.#link ?? '');
      this.#copied = 'Copied.';
    } catch {
      this.#copied = 'The browser does not let this page copy: press Ctrl+C (⌘C on a Mac).';
    }
    this.#host.requestUpdate();
  }

  async #fetchLink(controller: StageController): Promise<void> {
    const answer = await this.#asking.ask('overlay.link', () => controller.request('overlay.link', {}));
    if (this.#controller !== controller) return;
    this.#link = answer?.overlay;
    this.#host.requestUpdate();
  }

  async #measure(controller: StageController): Promise<void> {
    const measured = await this.#asking.ask('delay.measure', () => controller.request('delay.measure', {}));
    if (this.#controller !== controller) return;
    this.#measured = measured;
    this.#host.requestUpdate();
  }
}
