import type { MetricDeclaration } from '@pose-coach/core';
import type { StageController } from '@pose-coach/core/live';
import type { OverlayParts } from '@pose-coach/core/overlay-parts';
import type { FiredMessage } from '@pose-coach/core/protocol';
import type { Scene, Stage, Trigger } from '@pose-coach/core/stage';
import { html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { define } from '../../base/define.ts';
import { TAGS } from '../../base/names.ts';
import { emptyState } from '../editor/empty-state.ts';
import { itemTitle } from '../editor/item-words.ts';
import { Asking } from '../shared/asking.ts';
import { choiceField } from '../shared/fields.ts';
import { FollowedChannel } from '../shared/followed-channel.ts';
import { knownMetrics } from '../shared/known-metrics.ts';
import { type Firing, firingLog } from './firing-log.ts';
import { poseTriggersStyles } from './pose-triggers.styles.ts';
import { draftFault, draftOf, type TriggerDraft, triggerOf, withTrigger } from './trigger-draft.ts';
import { triggerForm } from './trigger-form.ts';
import { type TriggerTest, triggerRow } from './trigger-row.ts';
import { EMPTY_TEMPLATE, TRIGGER_TEMPLATES, type TriggerTemplate } from './trigger-templates.ts';
import type { KnownCommand, TriggerView } from './trigger-view.ts';

/** Firings that are listed. */
const LISTED = 30;

/** Milliseconds for which a trigger that has fired is marked. */
const MARKED_FOR = 3000;

/** A trigger that was taken out, and where it stood. */
interface Removed {
  readonly scene: string;
  readonly trigger: Trigger;
  readonly place: number;
}

/**
 * The triggers of a channel's scenes: when something holds of the readings, something is done. Written in sentences,
 * tried dry or for good, and kept with the scene.
 *
 * @element pose-triggers
 * @cssproperty [--pose-accent=#38bdf8] - switches, focus, the trigger that is written
 * @cssproperty [--pose-surface=#0b1120] - the cards
 * @cssproperty [--pose-text=#f1f5f9] - text
 * @cssproperty [--pose-muted=#cbd5e1] - less important text
 * @cssproperty [--pose-danger=#fca5a5] - what went wrong
 */
export class PoseTriggersElement extends LitElement {
  static override styles = poseTriggersStyles;

  /** The connection to the channel. Its maker disposes of it. */
  @property({ attribute: false }) controller: StageController | undefined;
  /** What the widgets of the scene are called. Its maker disposes of it. */
  @property({ attribute: false }) parts: OverlayParts | undefined;
  /** What is known to be read once somebody is live, so that it can be chosen before. */
  @property({ attribute: false }) metrics: readonly MetricDeclaration[] = [];
  /** Commands that can be chosen; without any, a command's id is typed. */
  @property({ attribute: false }) commands: readonly KnownCommand[] = [];

  /** The scene that was chosen; until then it is the one on the stream. */
  @state() private chosen: string | undefined;
  @state() private draft: TriggerDraft | undefined;
  /** Why the draft cannot be kept, once somebody has tried. */
  @state() private fault: string | undefined;
  @state() private removed: Removed | undefined;
  @state() private origins: readonly string[] | undefined;
  @state() private log: readonly Firing[] = [];
  /** Those that have just fired, as `scene trigger`. */
  @state() private marked: ReadonlySet<string> = new Set();
  @state() private tests: ReadonlyMap<string, TriggerTest> = new Map();

  readonly #asking = new Asking(this);
  readonly #channel = new FollowedChannel(this, () => this.controller, {
    begun: (controller) => this.#begun(controller),
    fired: (message) => this.#fired(message),
  });
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.marked = new Set();
  }

  protected override render() {
    const { stage, connection } = this.#channel.now;
    const scene = stage && this.#scene(stage);
    if (!stage || !scene) return emptyState(connection);
    const view = this.#view(stage, scene);
    const { draft } = this;
    const isNew = draft !== undefined && !scene.triggers.some(({ id }) => id === draft.id);
    return html`<div class="layout">
      <div class="column">
        ${this.#head(stage, scene)} ${this.#notices(scene)}
        ${
          scene.triggers.length === 0 && !draft
            ? html`<p class="card glass none">This scene has no triggers yet. Begin with one of these:</p>`
            : nothing
        }
        ${repeat(
          scene.triggers,
          ({ id }) => id,
          (trigger) => (draft?.id === trigger.id ? this.#form(draft, view, false) : this.#row(trigger, view)),
        )}
        ${draft && isNew ? this.#form(draft, view, true) : nothing}
        ${draft ? nothing : this.#templates(view)}
      </div>
      ${firingLog(this.log, (id) => {
        const of = stage.scenes.find((each) => each.id === id);
        return of && this.#view(stage, of);
      })}
    </div>`;
  }

  #head(stage: Stage, scene: Scene) {
    const isOnStream = scene.id === stage.current;
    return html`<div class="head">
      ${choiceField({
        title: 'Triggers of the scene',
        value: scene.id,
        choices: new Map(
          stage.scenes.map(({ id, name }) => [id, id === stage.current ? `${name} (on the stream)` : name]),
        ),
        choose: (id) => {
          this.chosen = id;
          this.#close();
        },
      })}
      <p class="help">
        ${
          isOnStream
            ? 'They are at work while somebody is live.'
            : 'They are at work when this scene is on the stream, and somebody is live.'
        }
      </p>
    </div>`;
  }

  #notices(scene: Scene) {
    const { connection, lost } = this.#channel.now;
    const { removed } = this;
    return html`<div role="status">
        ${
          connection?.status === 'connected'
            ? nothing
            : html`<p class="fault">
                The overlay server does not answer: what you change is kept here, and sent when it is back.
              </p>`
        }
        ${
          removed?.scene === scene.id
            ? html`<div class="removed">
                <p>“${removed.trigger.name}” is deleted.</p>
                <button type="button" class="small" @click=${() => this.#restore(scene, removed)}>Undo</button>
              </div>`
            : nothing
        }
      </div>
      ${lost === undefined ? nothing : html`<p class="fault" role="alert">${lost}</p>`}`;
  }

  #form(draft: TriggerDraft, view: TriggerView, isNew: boolean) {
    return triggerForm({
      draft,
      isNew,
      view,
      fault: this.fault,
      change: (changed) => {
        this.draft = changed;
        // What was wrong is looked at again; nobody is told off before they have tried.
        if (this.fault !== undefined) this.fault = draftFault(changed, view.scene);
      },
      save: () => this.#save(view.scene),
      cancel: () => this.#close(),
    });
  }

  #row(trigger: Trigger, view: TriggerView) {
    const { scene } = view;
    return triggerRow({
      trigger,
      view,
      asking: this.#asking,
      fired: this.marked.has(`${scene.id} ${trigger.id}`),
      test: this.tests.get(`${scene.id} ${trigger.id}`),
      enable: (enabled) => this.#keep(withTrigger(scene, { ...trigger, enabled })),
      edit: () => this.#open(draftOf(trigger)),
      remove: () => this.#remove(scene, trigger),
      tryOut: (dry) => void this.#tryOut(scene.id, trigger.id, dry),
    });
  }

  #templates(view: TriggerView) {
    const button = (template: TriggerTemplate) =>
      html`<button type="button" @click=${() => this.#open(template.make(view))}>
        <span class="what">${template.title}</span>
        <span class="help">${template.description}</span>
      </button>`;
    return html`<section class="card glass" aria-labelledby="new-title">
      <h3 id="new-title">New trigger</h3>
      <div class="templates">${[...TRIGGER_TEMPLATES, EMPTY_TEMPLATE].map(button)}</div>
    </section>`;
  }

  #scene(stage: Stage): Scene | undefined {
    const of = (wanted: string | undefined) => stage.scenes.find(({ id }) => id === wanted);
    return of(this.chosen) ?? of(stage.current);
  }

  #view(stage: Stage, scene: Scene): TriggerView {
    const { declared, obs } = this.#channel.now;
    const { commands, origins, parts } = this;
    return {
      stage,
      scene,
      obs,
      commands,
      origins,
      metrics: knownMetrics(declared, this.metrics),
      item: (id) => {
        const item = scene.items.find((each) => each.id === id);
        return item && itemTitle(item, parts);
      },
      command: (id) => commands.find((each) => each.id === id)?.title,
    };
  }

  #begun(controller: StageController | undefined): void {
    this.draft = undefined;
    this.removed = undefined;
    this.origins = undefined;
    this.log = [];
    this.tests = new Map();
    if (controller) void this.#askOrigins(controller);
  }

  async #askOrigins(controller: StageController): Promise<void> {
    const answer = await this.#asking.ask('origins', () => controller.request('webhook.origins', {}));
    if (controller === this.controller) this.origins = answer?.origins;
  }

  #fired(message: FiredMessage): void {
    this.#list({ ...message, isTest: false });
    const key = `${message.scene} ${message.trigger}`;
    this.marked = new Set([...this.marked, key]);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.marked = new Set([...this.marked].filter((each) => each !== key));
    }, MARKED_FOR);
    this.#timers.add(timer);
  }

  #list(firing: Firing): void {
    this.log = [firing, ...this.log].slice(0, LISTED);
  }

  #open(draft: TriggerDraft): void {
    this.draft = draft;
    this.fault = undefined;
    this.removed = undefined;
    // Not known yet when there was no connection at first.
    if (this.origins === undefined && this.controller) void this.#askOrigins(this.controller);
    this.#focus('[name=trigger-name]');
  }

  #close(): void {
    const { draft } = this;
    this.draft = undefined;
    this.fault = undefined;
    if (draft) this.#focus(`[data-edit="${draft.id}"]`, '.templates button');
  }

  #save(scene: Scene): void {
    const { draft } = this;
    if (!draft) return;
    this.fault = draftFault(draft, scene);
    if (this.fault !== undefined) return;
    this.#keep(withTrigger(scene, triggerOf(draft)));
    this.#close();
  }

  #remove(scene: Scene, trigger: Trigger): void {
    this.removed = { scene: scene.id, trigger, place: scene.triggers.indexOf(trigger) };
    this.#keep({ ...scene, triggers: scene.triggers.filter((each) => each !== trigger) });
    this.#focus('.removed button');
  }

  #restore(scene: Scene, { trigger, place }: Removed): void {
    this.removed = undefined;
    const triggers = scene.triggers.filter(({ id }) => id !== trigger.id);
    this.#keep({ ...scene, triggers: [...triggers.slice(0, place), trigger, ...triggers.slice(place)] });
    this.#focus(`[data-edit="${trigger.id}"]`);
  }

  #keep(scene: Scene): void {
    this.#channel.change({ scenes: [scene] });
  }

  async #tryOut(scene: string, trigger: string, dry: boolean): Promise<void> {
    const { controller } = this;
    if (!controller) return;
    const key = `${scene} ${trigger}`;
    const answer = await this.#asking.ask(`${dry ? 'dry' : 'test'} ${trigger}`, () =>
      controller.request('trigger.test', { scene, trigger, dry }),
    );
    const tests = new Map(this.tests);
    if (answer) tests.set(key, { dry, outcomes: answer.outcomes });
    else tests.delete(key);
    if (answer && !dry) {
      this.#list({ scene, trigger, at: Date.now(), outcomes: answer.outcomes, isTest: true });
    }
    this.tests = tests;
  }

  /** Gives the keyboard to the first of these that is there after the next update. */
  #focus(...selectors: readonly string[]): void {
    void this.updateComplete.then(() => {
      const found = selectors.map((selector) => this.shadowRoot?.querySelector<HTMLElement>(selector));
      found.find((element) => element)?.focus();
    });
  }
}

define(TAGS.triggers, PoseTriggersElement);

declare global {
  interface HTMLElementTagNameMap {
    'pose-triggers': PoseTriggersElement;
  }
}
