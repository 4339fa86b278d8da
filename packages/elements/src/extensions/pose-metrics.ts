import type { Disposable, Reading } from '@pose-coach/core';
import type { Extensions } from '@pose-coach/core/extensions';
import { html, LitElement, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { Subject, type Subscription, throttleTime } from 'rxjs';
import { textAttribute } from '../base/attribute-values.ts';
import { define } from '../base/define.ts';
import { PARTS, TAGS } from '../base/names.ts';
import { ExtensionsLink } from './extensions-link.ts';
import { MetricHistory } from './metric-history.ts';
import { metricTile, missingTile } from './metric-tile.ts';
import { poseMetricsStyles } from './pose-metrics.styles.ts';

/** Metrics from which on a group has a row of its own; the styles know the widths of smaller ones. */
const WIDEST_GROUP = 4;

/** How often what is shown changes, in ms: bars seem to follow the body, and numbers can still be read. */
const READABLE_PERIOD = 100;

/**
 * The readings of extensions, each by its kind: a gauge, a bar, a word, a line over the last twenty seconds, or
 * something that happens; grouped by extension where they are not chosen. Every metric is listed before any code has
 * run; one that is not known says why.
 *
 * @element pose-metrics
 * @attr {string} for - the id of a `<pose-coach>` on the page whose extensions' metrics are shown
 * @attr {string} metrics - ids, parted by spaces: which, and in which order; by default all, by extension
 * @attr {number} pose-id - whose readings: the `id` of a pose; by default everybody's, or of the people in view who came first
 * @csspart panel - the surface of each extension's metrics
 * @csspart metric - the surface of each metric
 * @cssproperty [--pose-surface=#0b1120] - background
 * @cssproperty [--pose-accent=#38bdf8] - what is drawn
 * @cssproperty [--pose-text=#f1f5f9] - the values
 * @cssproperty [--pose-muted=#cbd5e1] - what the values mean
 */
export class PoseMetricsElement extends LitElement {
  static override styles = poseMetricsStyles;

  /** The extensions themselves: what `createExtensions` gives. They win over `for`. */
  @property({ attribute: false }) extensions: Extensions | undefined;
  @property({ converter: textAttribute }) for: string | undefined;
  @property({ converter: textAttribute }) metrics: string | undefined;
  @property({ attribute: 'pose-id', type: Number }) poseId: number | undefined;

  readonly #changes = new Subject<void>();
  readonly #history = new MetricHistory();
  readonly #watched = new Map<string, Disposable>();
  readonly #link = new ExtensionsLink(this, (extensions) => {
    this.#history.clear();
    return [
      extensions.onReadings((readings) => {
        this.#history.add(readings);
        this.#changes.next();
      }),
      extensions.onDidChangeContributions(({ point }) => {
        if (point === 'metrics') this.requestUpdate();
      }),
      { dispose: () => this.#watch(undefined, []) },
    ];
  });
  #painting: Subscription | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#painting = this.#changes
      .pipe(throttleTime(READABLE_PERIOD, undefined, { leading: true, trailing: true }))
      .subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#painting?.unsubscribe();
    this.#painting = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('extensions') || changed.has('for')) this.#link.refresh();
  }

  override render() {
    const extensions = this.#link.current;
    const ids = this.#ids(extensions);
    if (!extensions || ids.length === 0) return html`<p class="none glass">There are no metrics here.</p>`;
    const declared = new Map(extensions.contributions('metrics').map((one) => [one.value.id, one]));
    const titles = new Map(extensions.list.map(({ id, title }) => [id, title]));
    const tile = (id: string) => {
      const found = declared.get(id);
      if (!found) return missingTile(id);
      const reading = this.#reading(extensions.metrics.latest(id));
      return metricTile({
        metric: found.value,
        extension: titles.get(found.extension) ?? found.extension,
        reading,
        past: this.#history.of(id, reading?.poseId),
        now: this.#history.now,
      });
    };
    const tiles = (some: readonly string[], label: string) =>
      html`<ul class="list" aria-label=${label}>${repeat(some, (id) => id, tile)}</ul>`;
    if (this.#chosen.length > 0) return tiles(ids, 'Metrics');
    const owners = [...new Set(ids.map((id) => declared.get(id)?.extension ?? ''))];
    return html`<div class="groups">
      ${repeat(
        owners,
        (owner) => owner,
        (owner) => {
          const own = ids.filter((id) => declared.get(id)?.extension === owner);
          const title = titles.get(owner) ?? owner;
          return html`<section
            class=${`group glass of${Math.min(own.length, WIDEST_GROUP)}`}
            part=${PARTS.panel}
            aria-label=${title}
          >
            <h3>${title}</h3>
            ${tiles(own, `Metrics of ${title}`)}
          </section>`;
        },
      )}
    </div>`;
  }

  protected override updated(): void {
    const extensions = this.#link.current;
    const declared = new Set(extensions?.contributions('metrics').map(({ value }) => value.id));
    this.#watch(
      extensions,
      this.#ids(extensions).filter((id) => declared.has(id)),
    );
  }

  get #chosen(): readonly string[] {
    return [...new Set(this.metrics?.split(/\s+/).filter(Boolean))];
  }

  /** What is shown: what was chosen, or all there is, in the order of the extensions, whichever came first. */
  #ids(extensions: Extensions | undefined): readonly string[] {
    const chosen = this.#chosen;
    if (chosen.length > 0 || !extensions) return chosen;
    const all = extensions.contributions('metrics');
    return extensions.list.flatMap(({ id }) =>
      all.flatMap(({ extension, value }) => (extension === id ? value.id : [])),
    );
  }

  /** The reading about whom is looked at: who was chosen, or what is said of everybody, or else of who is there. */
  #reading(latest: readonly Reading[]): Reading | undefined {
    const everybody = latest.find(({ poseId }) => poseId === undefined);
    const about = (person: number) => latest.find(({ poseId }) => poseId === person);
    if (this.poseId !== undefined) return about(this.poseId) ?? everybody;
    const { person } = this.#history;
    return everybody ?? (person === undefined ? latest[0] : about(person));
  }

  /** Says which metrics are looked at, so that their extensions are activated; and stops saying so of the rest. */
  #watch(extensions: Extensions | undefined, ids: readonly string[]): void {
    for (const [id, watching] of this.#watched) {
      if (ids.includes(id)) continue;
      watching.dispose();
      this.#watched.delete(id);
    }
    for (const id of ids) {
      if (extensions && !this.#watched.has(id)) this.#watched.set(id, extensions.metrics.watch(id));
    }
  }
}

define(TAGS.metrics, PoseMetricsElement);

declare global {
  interface HTMLElementTagNameMap {
    'pose-metrics': PoseMetricsElement;
  }
}
