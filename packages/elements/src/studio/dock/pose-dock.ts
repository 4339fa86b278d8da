import type { LiveReadings, LiveSubscriber, StageController } from '@pose-coach/core/live';
import type { ControlMethod, ControlParams } from '@pose-coach/core/protocol';
import { COMBO_METRIC, type ObsConnected, type ObsStatus, SCORE_METRIC } from '@pose-coach/core/stage';
import { html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { type Subscription, timer } from 'rxjs';
import { define } from '../../base/define.ts';
import { TAGS } from '../../base/names.ts';
import { askButton, askFault } from '../shared/ask-button.ts';
import { Asking } from '../shared/asking.ts';
import { FollowedChannel } from '../shared/followed-channel.ts';
import { connectionTrouble, obsTrouble } from './channel-words.ts';
import { choiceList } from './choices.ts';
import { cueList } from './cue-list.ts';
import { outputs } from './outputs.ts';
import { poseDockStyles } from './pose-dock.styles.ts';
import { PoseRate } from './pose-rate.ts';
import { addCues, type RecentCue } from './recent-cues.ts';

/** Milliseconds in which “End stream” must be pressed again: long enough to read it, too short to forget it. */
const SURE_FOR = 5000;

/**
 * The dock: a channel at a glance and under one thumb, 300 × 500 CSS pixels and up, for a custom browser dock of OBS.
 * Who is live and how well, recording and streaming, scenes of the overlay and of OBS, hiding the overlay, what was
 * said last, points. Without OBS everything that does not need it works.
 *
 * In a list of scenes the arrow keys go from one to the next.
 *
 * @element pose-dock
 * @csspart panel - each card
 * @cssproperty [--pose-accent=#38bdf8] - what is chosen, focus
 * @cssproperty [--pose-live=#e11d48] - what is on air
 * @cssproperty [--pose-surface=rgb(11 17 32 / 0.92)] - the cards
 * @cssproperty [--pose-text=#f1f5f9] - text
 * @cssproperty [--pose-muted=#cbd5e1] - less important text
 * @cssproperty [--pose-danger=#fca5a5] - what went wrong
 */
export class PoseDockElement extends LitElement {
  static override styles = poseDockStyles;

  /** The connection to the channel. Its maker disposes of it. */
  @property({ attribute: false }) controller: StageController | undefined;
  /** For how many poses arrive, and how late; without it that is not shown. Its maker disposes of it. */
  @property({ attribute: false }) subscriber: LiveSubscriber | undefined;

  @state() private cues: readonly RecentCue[] = [];
  @state() private score: number | undefined;
  @state() private combo: number | undefined;
  /** Whether “End stream” was pressed once. */
  @state() private sure = false;

  readonly #asking = new Asking(this);
  readonly #rate = new PoseRate(this, () => this.subscriber);
  readonly #channel = new FollowedChannel(this, () => this.controller, {
    begun: (controller) => this.#follow(controller),
    obs: () => this.#unsure(),
  });
  #readings: Subscription | undefined;
  #sureTimer: Subscription | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsure();
  }

  protected override render() {
    const { connection, live, obs, lost } = this.#channel.now;
    const trouble = connectionTrouble(connection);
    return html`<div class="dock">
      <div class="status">
        <span role="status" class="badge ${live ? 'on-air' : ''}">${live ? 'Live' : 'Nobody is live'}</span>
        <span role="status" class="badge ${obs.status === 'connected' ? 'good' : ''}">
          ${obs.status === 'connected' ? 'OBS connected' : 'No OBS'}
        </span>
        ${live ? this.#numbers() : nothing}
      </div>
      ${trouble === undefined ? nothing : html`<p class="trouble" role="alert">${trouble}</p>`}
      ${this.#onAir(obs, trouble === undefined)}
      ${this.#overlay(obs, trouble === undefined)}
      ${obs.status === 'connected' ? this.#obsScenes(obs, trouble === undefined) : nothing}
      ${this.#points(trouble === undefined)}
      ${this.#said()}
      ${lost === undefined ? nothing : html`<p class="fault" role="alert">${lost}</p>`}
    </div>`;
  }

  #numbers() {
    const rate = this.#rate.now;
    if (!rate) return nothing;
    const age = rate.age === undefined ? '' : ` · delay ${Math.round(rate.age)} ms`;
    return html`<span class="numbers">${rate.perSecond} poses/s${age}</span>`;
  }

  #onAir(obs: ObsStatus, reachable: boolean) {
    const words = obsTrouble(obs);
    return html`<section class="card glass" part="panel" aria-labelledby="on-air">
      <h3 id="on-air">Recording and stream</h3>
      ${
        obs.status === 'connected'
          ? outputs({
              obs,
              obsSince: this.#channel.now.obsSince,
              asking: this.#asking,
              disabled: !reachable,
              sure: this.sure,
              record: (to) => this.#ask('obs.record', { to }),
              stream: (to) => this.#stream(to),
            })
          : html`<p>${words}</p>
              <div class="pair">
                ${askButton(this.#asking, {
                  about: 'obs.connect',
                  words: 'Connect OBS',
                  disabled: !reachable || obs.status === 'connecting',
                  run: () => this.#ask('obs.connect', { remember: true }),
                })}
              </div>
              <p class="help">
                It reads port and password from the settings of the OBS beside the server. They stay there.
              </p>`
      }
      ${askFault(this.#asking, 'obs.connect', 'obs.record', 'obs.stream')}
    </section>`;
  }

  #overlay(obs: ObsStatus, reachable: boolean) {
    const { stage } = this.#channel.now;
    if (!stage) return nothing;
    return html`<section class="card glass" part="panel" aria-labelledby="overlay">
      <h3 id="overlay">Overlay</h3>
      ${choiceList({
        label: 'Scenes of the overlay',
        choices: stage.scenes,
        current: stage.current,
        disabled: !reachable,
        choose: ({ id }) => this.#channel.change({ current: id }),
      })}
      <div class="pair">
        <button
          type="button"
          aria-pressed=${stage.hidden ? 'true' : 'false'}
          ?disabled=${!reachable}
          @click=${() => this.#channel.change({ hidden: !stage.hidden })}
        >
          Hide overlay
        </button>
        ${
          obs.status === 'connected'
            ? askButton(this.#asking, {
                about: 'obs.refresh',
                words: 'Refresh overlay',
                disabled: !reachable,
                run: () => this.#ask('obs.refresh', {}),
              })
            : nothing
        }
      </div>
      ${askFault(this.#asking, 'obs.refresh')}
    </section>`;
  }

  #obsScenes(obs: ObsConnected, reachable: boolean) {
    return html`<section class="card glass" part="panel" aria-labelledby="scenes">
      <h3 id="scenes">OBS scenes</h3>
      ${choiceList({
        label: 'Scenes of OBS',
        choices: obs.scenes.map((name) => ({ id: name, name })),
        current: obs.scene,
        disabled: !reachable,
        choose: ({ id }) => this.#ask('obs.scene', { scene: id }),
      })}
      ${askFault(this.#asking, 'obs.scene')}
    </section>`;
  }

  #points(reachable: boolean) {
    return html`<section class="card glass" part="panel" aria-label="Points">
      <div class="points">
        <dl>
          <div>
            <dt>Score</dt>
            <dd>${this.score ?? '–'}</dd>
          </div>
          <div>
            <dt>Combo</dt>
            <dd>${this.combo ?? '–'}</dd>
          </div>
        </dl>
        ${askButton(this.#asking, {
          about: 'score.reset',
          words: 'Reset scores',
          kind: 'small',
          disabled: !reachable,
          run: () => this.#ask('score.reset', {}),
        })}
      </div>
      ${askFault(this.#asking, 'score.reset')}
    </section>`;
  }

  #said() {
    return html`<section class="card glass" part="panel" aria-labelledby="said">
      <h3 id="said">Said last</h3>
      ${this.cues.length === 0 ? html`<p class="none">Nothing yet.</p>` : cueList(this.cues)}
    </section>`;
  }

  #stream(to: 'start' | 'stop'): void {
    if (to === 'stop' && !this.sure) {
      this.sure = true;
      this.#sureTimer = timer(SURE_FOR).subscribe(() => this.#unsure());
      return;
    }
    this.#unsure();
    this.#ask('obs.stream', { to });
  }

  #unsure(): void {
    this.#sureTimer?.unsubscribe();
    this.#sureTimer = undefined;
    this.sure = false;
  }

  /** Asks a question whose answer is seen by what changes. */
  #ask<Method extends ControlMethod>(method: Method, params: ControlParams<Method>): void {
    const { controller } = this;
    if (controller) void this.#asking.ask(method, () => controller.request(method, params));
  }

  #follow(controller: StageController | undefined): void {
    this.#readings?.unsubscribe();
    this.#unsure();
    this.cues = [];
    this.score = undefined;
    this.combo = undefined;
    this.#readings = controller?.readings.subscribe((told) => this.#tell(told));
  }

  #tell({ readings, cues }: LiveReadings): void {
    this.cues = addCues(this.cues, cues, Date.now());
    for (const { metric, value } of readings) {
      if (metric === SCORE_METRIC) this.score = numberOf(value);
      else if (metric === COMBO_METRIC) this.combo = numberOf(value);
    }
  }
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? Math.round(value) : undefined;
}

define(TAGS.dock, PoseDockElement);

declare global {
  interface HTMLElementTagNameMap {
    'pose-dock': PoseDockElement;
  }
}
