import type { Disposable } from '@pose-coach/core';
import type { Extensions } from '@pose-coach/core/extensions';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { EVENTS } from '../base/names.ts';

/** An element that shows something of the extensions it is given, or of those of a `<pose-coach>` on its page. */
export interface ExtensionsViewer extends ReactiveControllerHost, HTMLElement {
  readonly extensions: Extensions | undefined;
  /** The id of a `<pose-coach>`, as a label names its field. */
  readonly for: string | undefined;
}

/**
 * Keeps an element connected with the extensions it shows: those it was given, or those of the `<pose-coach>` that
 * `for` names, also when that appears later or changes its extensions. Listens only while the element is on a page.
 */
export class ExtensionsLink implements ReactiveController {
  readonly #viewer: ExtensionsViewer;
  readonly #listen: (extensions: Extensions) => readonly Disposable[];
  #current: Extensions | undefined;
  #listeners: readonly Disposable[] = [];
  #root: Node | undefined;
  #coach: Element | undefined;

  /** @param listen called with each new set of extensions; what it returns is disposed with the next or at the end */
  constructor(viewer: ExtensionsViewer, listen: (extensions: Extensions) => readonly Disposable[]) {
    this.#viewer = viewer;
    this.#listen = listen;
    viewer.addController(this);
  }

  /** What there is to show. */
  get current(): Extensions | undefined {
    return this.#current;
  }

  hostConnected(): void {
    this.#root = this.#viewer.getRootNode();
    // It bubbles up to here, whichever element it is that has them now.
    this.#root.addEventListener(EVENTS.extensions, this.refresh);
    this.refresh();
  }

  hostDisconnected(): void {
    this.#root?.removeEventListener(EVENTS.extensions, this.refresh);
    this.#root = undefined;
    this.#follow(undefined);
    this.#use(undefined);
  }

  /** Looks again, after the element's properties have changed. */
  readonly refresh = (): void => {
    if (!this.#root) return;
    const { extensions, for: id } = this.#viewer;
    const found = id ? (this.#root as Partial<Document>).getElementById?.(id) : undefined;
    const coach =
      found?.localName === 'pose-coach' ? (found as HTMLElementTagNameMap['pose-coach']) : undefined;
    this.#follow(coach);
    this.#use(extensions ?? coach?.coachExtensions);
  };

  /** One that has left the page is heard no more from above, and says then that it has none any more. */
  #follow(coach: Element | undefined): void {
    if (coach === this.#coach) return;
    this.#coach?.removeEventListener(EVENTS.extensions, this.refresh);
    this.#coach = coach;
    coach?.addEventListener(EVENTS.extensions, this.refresh);
  }

  #use(next: Extensions | undefined): void {
    if (next === this.#current) return;
    for (const listener of this.#listeners) listener.dispose();
    this.#current = next;
    this.#listeners = next ? this.#listen(next) : [];
    this.#viewer.requestUpdate();
  }
}
