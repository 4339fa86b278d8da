import type { StageController } from '@pose-coach/core/live';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Subscription } from 'rxjs';
import { textAttribute } from '../../base/attribute-values.ts';
import { define } from '../../base/define.ts';
import { TAGS } from '../../base/names.ts';
import { cameraChoices } from '../../coach/camera-choices.ts';
import type { CameraChoice } from '../../source-picker/pose-source-picker.ts';
import { insteadOf } from '../obs/set-up-event.ts';
import { Asking } from '../shared/asking.ts';
import { FollowedChannel } from '../shared/followed-channel.ts';
import { cameraStep } from './camera-step.ts';
import { checkList, hasFault, isAllGood, spokenCheck } from './check-list.ts';
import { FollowedCoach, isMirrored } from './followed-coach.ts';
import { rememberGuide, wasGuideClosed } from './guide-memory.ts';
import { liveStep } from './live-step.ts';
import { obsStep } from './obs-step.ts';
import { OverlayOfChannel } from './overlay-of-channel.ts';
import { poseGuideStyles } from './pose-guide.styles.ts';

const STEPS = ['Your camera', 'Light and framing', 'On air', 'Into OBS'] as const;
const CAMERA = 0;
const CHECK = 1;
const LIVE = 2;
const OBS = 3;

/**
 * The first steps of a streamer: a camera, a look at light and framing, going live, and the overlay in OBS. It looks
 * at what a `<pose-coach>` of the page tells, says what is good and what is not, and why. Closed once, it stays closed
 * in this browser, until it is asked for again.
 *
 * @element pose-guide
 * @attr {string} for - the id of the `<pose-coach>`
 * @csspart panel - the surface
 * @cssproperty [--pose-accent=#38bdf8] - main buttons, the step at hand, focus
 * @cssproperty [--pose-surface=rgb(11 17 32 / 0.92)] - background
 * @cssproperty [--pose-text=#f1f5f9] - text
 * @cssproperty [--pose-muted=#cbd5e1] - less important text
 * @cssproperty [--pose-danger=#fca5a5] - what went wrong
 */
export class PoseGuideElement extends LitElement {
  static override styles = poseGuideStyles;

  @property({ converter: textAttribute }) for: string | undefined;
  /** The connection to the channel, for the last step. Its maker disposes of it. */
  @property({ attribute: false }) controller: StageController | undefined;

  @state() private closed = wasGuideClosed();
  @state() private step = CAMERA;
  @state() private cameras: readonly CameraChoice[] = [];
  /** Whether everything was good once: a step forward that a turn of the dancer does not take back. */
  @state() private passed = false;
  /** Steps that were gone past without being done. */
  @state() private skipped: ReadonlySet<number> = new Set();
  /** What to do instead of what was not possible when the OBS that is connected was set up. */
  @state() private instead = '';
  /** What is told to screen readers alone. */
  @state() private spoken = '';

  readonly #asking = new Asking(this);
  readonly #coach: FollowedCoach = new FollowedCoach(this, () => this.#coachChanged());
  readonly #channel = new FollowedChannel(this, () => this.controller, {
    obs: ({ status }) => {
      if (status !== 'connected') this.instead = '';
    },
  });
  readonly #overlay = new OverlayOfChannel(this, this.#asking);
  #cameraList: Subscription | undefined;
  #wasRunning = false;
  #wasLive = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopListing();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  protected override willUpdate(): void {
    const open = !this.closed && this.isConnected;
    if (open && this.step === CAMERA) this.#listCameras();
    else this.#stopListing();
    this.#coach.checks = open && this.step === CHECK;
    this.#overlay.watch(open && this.step === OBS ? this.controller : undefined);
    const { check } = this.#coach;
    if (check) {
      this.passed ||= isAllGood(check);
      this.spoken = spokenCheck(check);
    }
    const skipped = [...this.skipped].filter((step) => !this.#isDone(step));
    if (skipped.length < this.skipped.size) this.skipped = new Set(skipped);
  }

  protected override render() {
    if (this.closed) {
      return html`<button type="button" class="small reopen" @click=${() => this.#close(false)}>Show the first steps</button>`;
    }
    return html`<section class="card glass" part="panel" aria-labelledby="title">
      <div class="top">
        <h3 id="title">First steps</h3>
        <button type="button" class="small" aria-label="Close the first steps" @click=${() => this.#close(true)}>
          Close
        </button>
      </div>
      <ol class="plain">
        ${STEPS.map((title, step) => this.#step(title, step))}
      </ol>
      <div class="only-read" role="status">${this.spoken}</div>
    </section>`;
  }

  #step(title: string, step: number) {
    const [now, done] = [step === this.step, this.#isDone(step)];
    const skipped = !now && !done && this.skipped.has(step);
    return html`<li aria-current=${now ? 'step' : nothing}>
      <button
        type="button"
        class="header ${done ? 'done' : skipped ? 'skipped' : ''}"
        aria-expanded=${now ? 'true' : 'false'}
        aria-controls=${now ? 'body' : nothing}
        @click=${() => this.#show(step)}
      >
        <span class="number" aria-hidden="true">${done ? '✓' : skipped ? '–' : step + 1}</span>
        <span>${title}<span class="only-read">${done ? ', done' : ''}</span></span>
        ${skipped ? html`<span class="badge">skipped</span>` : nothing}
      </button>
      ${now ? html`<div class="body-of-step ${step === OBS ? 'of-obs' : ''}" id="body">${this.#body()}</div>` : nothing}
    </li>`;
  }

  #body(): TemplateResult {
    switch (this.step) {
      case CAMERA:
        return this.#camera();
      case CHECK:
        return this.#check();
      case LIVE:
        return html`${liveStep(this.#live, this.#isRunning, () => this.#goLive())}
        ${this.#isDone(LIVE) ? this.#next('Next: into OBS') : nothing}`;
      default:
        return html`${obsStep({
          controller: this.controller,
          asking: this.#asking,
          overlay: this.#overlay,
          instead: this.instead,
          setUp: ({ detail }) => {
            this.instead = insteadOf(detail);
          },
          field: () => this.renderRoot.querySelector('input'),
        })}
        <div class="next">
          <button type="button" class=${this.#isDone(OBS) ? 'primary' : ''} @click=${() => this.#close(true)}>
            Done
          </button>
        </div>`;
    }
  }

  #camera() {
    const { coach } = this.#coach;
    return html`${cameraStep({
      state: coach?.state,
      isCamera: coach?.source === 'camera',
      cameras: this.cameras,
      start: (deviceId) => {
        if (!coach) return;
        coach.source = 'camera';
        coach.device = deviceId;
        coach.start();
      },
    })}
    ${this.#isRunning ? this.#next('Next: light and framing') : nothing}`;
  }

  #check() {
    const { coach, check } = this.#coach;
    if (!this.#isRunning || !coach) {
      return html`<p>There is nothing to look at yet. First start your camera.</p>
        <div class="row"><button type="button" @click=${() => this.#show(CAMERA)}>To the camera</button></div>`;
    }
    if (!check) return html`<p>One moment: looking at the picture.</p>`;
    return html`${checkList(check, isMirrored(coach))}
    ${this.#next(hasFault(check) ? 'Go on all the same' : 'Next: on air', !hasFault(check))}`;
  }

  #next(words: string, primary = true) {
    return html`<div class="next">
      <button type="button" class=${primary ? 'primary' : ''} @click=${() => this.#show(this.step + 1)}>${words}</button>
    </div>`;
  }

  #isDone(step: number): boolean {
    switch (step) {
      case CAMERA:
        return this.#isRunning;
      case CHECK:
        return this.passed;
      case LIVE:
        return this.#live.status === 'live';
      default:
        return this.#overlay.isSeen || this.#hasOverlayInObs;
    }
  }

  get #isRunning(): boolean {
    return this.#coach.coach?.state?.status === 'running';
  }

  get #live() {
    return this.#coach.coach?.liveState ?? { status: 'off' as const };
  }

  get #hasOverlayInObs(): boolean {
    const { obs } = this.#channel.now;
    return obs.status === 'connected' && obs.overlays.length > 0;
  }

  /** A step that is done while it is looked at leads to the next. */
  #coachChanged(): void {
    const [running, live] = [this.#isRunning, this.#live.status === 'live'];
    if (running && !this.#wasRunning && this.step === CAMERA) this.#show(CHECK);
    if (live && !this.#wasLive && this.step === LIVE) this.#show(OBS);
    this.#wasRunning = running;
    this.#wasLive = live;
  }

  #show(step: number): void {
    // The button that was pressed may go: then the keyboard goes on at the step's own.
    const had = this.shadowRoot?.activeElement;
    const passed = [...STEPS.keys()].filter((each) => each < step && !this.#isDone(each));
    this.skipped = new Set([...this.skipped, ...passed]);
    this.step = step;
    this.spoken = '';
    void this.updateComplete.then(() => {
      if (had && !had.isConnected) this.renderRoot.querySelectorAll<HTMLElement>('.header')[step]?.focus();
    });
  }

  #close(closed: boolean): void {
    this.closed = closed;
    rememberGuide(closed);
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(closed ? '.reopen' : '.header')?.focus(),
    );
  }

  #goLive(): void {
    const { coach } = this.#coach;
    if (!coach) return;
    // Where it was refused before, it is asked for anew.
    coach.live = false;
    void coach.updateComplete.then(() => {
      coach.live = true;
    });
  }

  #listCameras(): void {
    this.#cameraList ??= cameraChoices().subscribe((cameras) => {
      this.cameras = cameras;
    });
  }

  #stopListing(): void {
    this.#cameraList?.unsubscribe();
    this.#cameraList = undefined;
  }
}

define(TAGS.guide, PoseGuideElement);

declare global {
  interface HTMLElementTagNameMap {
    'pose-guide': PoseGuideElement;
  }
}
