import type { MetricDeclaration } from '@pose-coach/core';
import type { StageController } from '@pose-coach/core/live';
import type { ControlParams, DelayMeasurement } from '@pose-coach/core/protocol';
import type { ObsBinding, ObsSetupStep, ObsSource, ObsStatus, Scene, Stage } from '@pose-coach/core/stage';
import { html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { define } from '../../base/define.ts';
import { TAGS } from '../../base/names.ts';
import { emptyState } from '../editor/empty-state.ts';
import { askButton, askFault } from '../shared/ask-button.ts';
import { Asking } from '../shared/asking.ts';
import { FollowedChannel } from '../shared/followed-channel.ts';
import { knownMetrics } from '../shared/known-metrics.ts';
import { type AirPanel, outputsPanel, overlayPanel, scenesPanel } from './air-panel.ts';
import { bindingFault, newBinding, withBinding } from './binding-draft.ts';
import { bindingPanel } from './binding-panel.ts';
import { CONNECT, connectPanel, DISCONNECT } from './connect-panel.ts';
import { delayPanel, likelyCamera } from './delay-panel.ts';
import { type ConnectedObs, missingAbilities, type ObsView } from './obs-view.ts';
import { poseObsStyles } from './pose-obs.styles.ts';
import { SET_UP_EVENT, type SetUpEvent } from './set-up-event.ts';
import { type SetupChoice, setupPanel } from './setup-panel.ts';

/** Milliseconds between two updates of the recording's length. */
const TICK = 1000;

/**
 * OBS Studio under control: connect to it, put the overlay into it with one press, switch scenes, record and stream,
 * hold the camera back until its skeleton is there, and have texts and filters follow metrics. Everything is done by
 * the server; passwords go there and stay there.
 *
 * @element pose-obs
 * @attr {boolean} compact - only the connection and setting up, for where there is little room
 * @fires {CustomEvent<readonly ObsSetupStep[]>} pose-obs-set-up - setting up was tried: its steps
 * @cssproperty [--pose-accent=#38bdf8] - the main buttons, focus
 * @cssproperty [--pose-surface=#0b1120] - the cards
 * @cssproperty [--pose-text=#f1f5f9] - text
 * @cssproperty [--pose-muted=#cbd5e1] - less important text
 * @cssproperty [--pose-danger=#fca5a5] - what went wrong
 * @cssproperty [--pose-live=#e11d48] - what is on air
 */
export class PoseObsElement extends LitElement {
  static override styles = poseObsStyles;

  /** The connection to the channel. Its maker disposes of it. */
  @property({ attribute: false }) controller: StageController | undefined;
  /** What is known to be read once somebody is live, so that it can be chosen before. */
  @property({ attribute: false }) metrics: readonly MetricDeclaration[] = [];
  /** Whether only the connection and setting up are shown. */
  @property({ type: Boolean, reflect: true }) compact = false;

  @state() private remember = true;
  @state() private found: string | undefined;
  @state() private choice: SetupChoice = { scene: '', stageScene: '' };
  @state() private steps: readonly ObsSetupStep[] | undefined;
  @state() private sources: readonly ObsSource[] | undefined;
  @state() private confirming: 'start' | 'stop' | undefined;
  @state() private told: string | undefined;
  @state() private measured: DelayMeasurement | undefined;
  @state() private delay = { source: '', milliseconds: 0 };
  @state() private delayStep: ObsSetupStep | undefined;
  /** The scene whose bindings are shown; until one is chosen it is the one on the stream. */
  @state() private boundScene: string | undefined;
  @state() private binding: ObsBinding | undefined;
  @state() private bindingFault: string | undefined;

  readonly #asking = new Asking(this);
  readonly #channel = new FollowedChannel(this, () => this.controller, {
    begun: () => this.#forget(),
    obs: (status) => this.#obsChanged(status),
  });
  #wasConnected = false;
  #ticking: ReturnType<typeof setInterval> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#tick(false);
  }

  protected override render() {
    const { stage, connection, obs } = this.#channel.now;
    const { controller } = this;
    if (!controller || !stage) return emptyState(connection);
    if (connection?.status !== 'connected') return emptyState(connection);
    const view = this.#view(controller, stage);
    const scene = this.#scene(stage);
    return html`${obs.status === 'connected' ? this.#connected({ ...view, obs }, scene) : this.#unconnected(obs, view, scene)}`;
  }

  #unconnected(status: Exclude<ObsStatus, { readonly status: 'connected' }>, view: ObsView, scene: Scene) {
    return html`<div class="column">
      ${connectPanel({
        status,
        asking: this.#asking,
        remember: this.remember,
        found: this.found,
        setRemember: (on) => {
          this.remember = on;
        },
        connectHere: () => void this.#connectHere(view.controller),
        connectTo: (address, password) =>
          void this.#connect(view.controller, {
            address,
            remember: this.remember,
            ...(password === '' ? {} : { password }),
          }),
        stop: () => void this.#disconnect(view.controller),
      })}
      ${scene.bindings.length > 0 && !this.compact ? this.#bindings(view, scene) : nothing}
    </div>`;
  }

  #connected(view: ObsView & { readonly obs: ConnectedObs }, scene: Scene) {
    if (this.compact) return html`${this.#stateBar(view)} ${this.#setupPanel(view)}`;
    const air = this.#air(view);
    return html`${this.#stateBar(view)}
      <div class="cards">
        <div class="column">
          ${this.#setupPanel(view)} ${overlayPanel(air)}
          ${delayPanel({
            view,
            measured: this.measured,
            ...this.delay,
            step: this.delayStep,
            measure: () => void this.#measure(view.controller),
            choose: (source, milliseconds) => {
              this.delay = { source, milliseconds };
            },
            set: () => void this.#setDelay(view.controller),
          })}
        </div>
        <div class="column">${scenesPanel(air)} ${outputsPanel(air)} ${this.#bindings(view, scene)}</div>
      </div>`;
  }

  #setupPanel(view: ObsView & { readonly obs: ConnectedObs }) {
    return setupPanel({
      view,
      choice: this.choice,
      steps: this.steps,
      choose: (choice) => {
        this.choice = choice;
      },
      setUp: () => void this.#setUp(view.controller),
    });
  }

  #stateBar({ obs, controller }: ObsView & { readonly obs: ConnectedObs }) {
    const missing = missingAbilities(obs);
    return html`<header class="state glass">
      <h3><span class="dot" aria-hidden="true"></span>OBS ${obs.obsVersion} is connected</h3>
      <span class="help">${obs.address}, WebSocket server ${obs.websocketVersion}${obs.virtualCamera ? ', virtual camera on' : ''}</span>
      ${askButton(this.#asking, {
        about: DISCONNECT,
        words: 'Disconnect and forget password',
        kind: 'small',
        run: () => void this.#disconnect(controller),
      })}
      ${
        missing.length > 0
          ? html`<details>
              <summary>What this OBS cannot do (${missing.length})</summary>
              <ul>
                ${missing.map((each) => html`<li>${each}</li>`)}
              </ul>
            </details>`
          : nothing
      }
      ${askFault(this.#asking, DISCONNECT, 'sources')}
    </header>`;
  }

  #bindings(view: ObsView, scene: Scene) {
    const { lost } = this.#channel.now;
    return html`${bindingPanel({
      view,
      scene,
      draft: this.binding,
      fault: this.bindingFault,
      chooseScene: (id) => {
        this.boundScene = id;
        this.#write(undefined);
      },
      add: (kind) => this.#write(newBinding(kind, scene, view.metrics)),
      edit: (binding) => this.#write(binding),
      remove: ({ id }) => view.keep({ ...scene, bindings: scene.bindings.filter((each) => each.id !== id) }),
      change: (binding) => {
        this.binding = binding;
        if (this.bindingFault !== undefined) this.bindingFault = bindingFault(binding, scene);
      },
      save: () => this.#saveBinding(view, scene),
      cancel: () => this.#write(undefined),
    })}
    ${lost === undefined ? nothing : html`<p class="fault" role="alert">${lost}</p>`}`;
  }

  #view(controller: StageController, stage: Stage): ObsView {
    return {
      controller,
      stage,
      asking: this.#asking,
      metrics: knownMetrics(this.#channel.now.declared, this.metrics),
      sources: this.sources,
      keep: (scene) => this.#channel.change({ scenes: [scene] }),
      readSources: () => void this.#readSources(controller),
    };
  }

  #air(view: ObsView & { readonly obs: ConnectedObs }): AirPanel {
    const { controller } = view;
    return {
      view,
      recorded: this.#recorded(view.obs),
      confirming: this.confirming,
      told: this.told,
      ask: (about, question) => void this.#asking.ask(about, question),
      record: (to) => void this.#record(controller, to),
      confirm: (to) => {
        this.confirming = to;
        if (to) this.#focus('.confirm .yes');
      },
      chapter: (title) => void this.#chapter(controller, title),
    };
  }

  /** What OBS said last, and the time since. */
  #recorded({ recordedFor }: ConnectedObs): number | undefined {
    return recordedFor === undefined ? undefined : recordedFor + Date.now() - this.#channel.now.obsSince;
  }

  #scene(stage: Stage): Scene {
    const of = (wanted: string | undefined) => stage.scenes.find(({ id }) => id === wanted);
    const scene = of(this.boundScene) ?? of(stage.current) ?? stage.scenes[0];
    if (!scene) throw new Error('A stage has at least one scene.');
    return scene;
  }

  #forget(): void {
    this.#wasConnected = false;
    this.#tick(false);
    this.found = undefined;
    this.steps = undefined;
    this.sources = undefined;
    this.confirming = undefined;
    this.told = undefined;
    this.measured = undefined;
    this.delay = { source: '', milliseconds: 0 };
    this.delayStep = undefined;
    this.boundScene = undefined;
    this.#write(undefined);
  }

  #obsChanged(status: ObsStatus): void {
    const isConnected = status.status === 'connected';
    this.#tick(isConnected && status.recording);
    if (isConnected && !this.#wasConnected && this.controller) {
      this.found = undefined;
      void this.#readSources(this.controller);
    }
    if (!isConnected) this.sources = undefined;
    this.#wasConnected = isConnected;
  }

  #tick(on: boolean): void {
    if (on === (this.#ticking !== undefined)) return;
    clearInterval(this.#ticking);
    this.#ticking = on ? setInterval(() => this.requestUpdate(), TICK) : undefined;
  }

  async #connectHere(controller: StageController): Promise<void> {
    this.found = undefined;
    const found = await this.#asking.ask(CONNECT, () => controller.request('obs.find', {}));
    if (!found) return;
    if (found.address === undefined) this.found = found.message;
    else await this.#connect(controller, { remember: this.remember });
  }

  async #connect(controller: StageController, params: ControlParams<'obs.connect'>): Promise<void> {
    this.found = undefined;
    await this.#asking.ask(CONNECT, () => controller.request('obs.connect', params));
  }

  async #disconnect(controller: StageController): Promise<void> {
    await this.#asking.ask(DISCONNECT, () => controller.request('obs.disconnect', {}));
  }

  async #readSources(controller: StageController): Promise<void> {
    const answer = await this.#asking.ask('sources', () => controller.request('obs.sources', {}));
    if (!answer || !this.#wasConnected) return;
    this.sources = answer.sources;
    if (this.delay.source === '') this.delay = { ...this.delay, source: likelyCamera(answer.sources) };
  }

  async #setUp(controller: StageController): Promise<void> {
    const { scene, stageScene } = this.choice;
    const answer = await this.#asking.ask('setup', () =>
      controller.request('obs.setup', {
        ...(scene === '' ? {} : { scene }),
        ...(stageScene === '' ? {} : { stageScene }),
      }),
    );
    this.steps = answer?.steps;
    if (!answer) return;
    const event: SetUpEvent = new CustomEvent(SET_UP_EVENT, { detail: answer.steps });
    this.dispatchEvent(event);
    await this.#readSources(controller);
  }

  async #record(controller: StageController, to: 'start' | 'stop'): Promise<void> {
    this.told = undefined;
    const answer = await this.#asking.ask('record', () => controller.request('obs.record', { to }));
    if (answer?.file !== undefined) this.told = `Recorded: ${answer.file}`;
  }

  async #chapter(controller: StageController, title: string): Promise<void> {
    if (title === '') return;
    this.told = undefined;
    const answer = await this.#asking.ask('chapter', () => controller.request('obs.chapter', { title }));
    if (!answer) return;
    this.told =
      answer.how === 'chapter'
        ? `“${title}” is a chapter of the recording.`
        : `This OBS has no chapters: “${title}” is written down with its time${answer.file === undefined ? '' : ` in ${answer.file}`}.`;
  }

  async #measure(controller: StageController): Promise<void> {
    const answer = await this.#asking.ask('measure', () => controller.request('delay.measure', {}));
    this.measured = answer;
    if (answer?.median !== undefined) {
      this.delay = { ...this.delay, milliseconds: Math.min(500, Math.round(answer.median)) };
    }
  }

  async #setDelay(controller: StageController): Promise<void> {
    const answer = await this.#asking.ask('delay', () => controller.request('obs.delay', this.delay));
    this.delayStep = answer?.step;
  }

  #write(binding: ObsBinding | undefined): void {
    const before = this.binding;
    this.binding = binding;
    this.bindingFault = undefined;
    if (binding) this.#focus('.binding select');
    else if (before) this.#focus(`[data-edit="${before.id}"]`, `.add-${before.kind}`);
  }

  #saveBinding(view: ObsView, scene: Scene): void {
    const { binding } = this;
    if (!binding) return;
    this.bindingFault = bindingFault(binding, scene);
    if (this.bindingFault !== undefined) return;
    view.keep(withBinding(scene, binding));
    this.#write(undefined);
  }

  /** Gives the keyboard to the first of these that is there after the next update. */
  #focus(...selectors: readonly string[]): void {
    void this.updateComplete.then(() => {
      const found = selectors.map((selector) => this.shadowRoot?.querySelector<HTMLElement>(selector));
      found.find((element) => element)?.focus();
    });
  }
}

define(TAGS.obs, PoseObsElement);

declare global {
  interface HTMLElementTagNameMap {
    'pose-obs': PoseObsElement;
  }
}
