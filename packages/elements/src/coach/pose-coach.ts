import type { Coach, CoachFrame, CoachStats, PoseCoachError, PoseFrame } from '@pose-coach/core';
import type { Extensions } from '@pose-coach/core/extensions';
import type { PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import { Subject, type Subscription } from 'rxjs';
import { define } from '../base/define.ts';
import type { PoseCoachEventMap } from '../base/events.ts';
import { EVENTS, TAGS } from '../base/names.ts';
import type { CameraChoice } from '../source-picker/pose-source-picker.ts';
import type { SourceRequest } from '../source-picker/source-request.ts';
import { announcement, liveAnnouncement } from './announcement.ts';
import { cameraChoices } from './camera-choices.ts';
import { CoachSession } from './coach-session.ts';
import { canPause, hasGivenUp, type LiveState, type PoseCoachState } from './coach-state.ts';
import { type ControlCommand, shortcut } from './control-bar.ts';
import { RefusedEngines, switchAnnouncement } from './engine-switch.ts';
import type { ErrorAction } from './error-advice.ts';
import { LazyExtensions } from './lazy-extensions.ts';
import { LiveStream } from './live-stream.ts';
import { NobodyWatch } from './nobody-watch.ts';
import { poseCoachStyles } from './pose-coach.styles.ts';
import {
  ENGINE_PROPERTIES,
  LIVE_PROPERTIES,
  PoseCoachProperties,
  SOURCE_PROPERTIES,
} from './pose-coach-properties.ts';
import { rendered, stage } from './stage.ts';
import { VideoPicture } from './video-picture.ts';

/**
 * The drop-in: a camera, the skeleton of whoever is in front of it, live numbers, and a button to stream it. It
 * asks for the camera when its button is pressed, and lets it go when it leaves the page.
 *
 * @element pose-coach
 * @attr {'camera' | 'sample' | string} [source=camera] - `camera`, `sample`, or the address of a video or a recording (`.poses`)
 * @attr {string} device - the id of a certain camera
 * @attr {'lite' | 'full' | 'heavy'} [model=lite] - larger is more exact and slower
 * @attr {'auto' | 'mediapipe' | 'onnx'} [engine=auto] - what finds the poses; like `model` it can be changed while running
 * @attr {boolean} [hands=true] - whether to follow hands; `hands="false"` turns it off
 * @attr {number} [max-poses=1] - people to follow
 * @attr {boolean} mirror - by default a camera is mirrored and everything else is not; `mirror="false"` turns it off
 * @attr {'contain' | 'cover' | 'crop'} [fit=contain] - how the picture lies in the element
 * @attr {boolean} trails - wrists and ankles leave trails
 * @attr {boolean} loop - begin again at the end; by default the sample does
 * @attr {boolean} autostart - start without a click; the browser asks for the camera at once
 * @attr {boolean} [controls=true] - the bar of buttons; `controls="false"` hides it
 * @attr {boolean} [stats=true] - results per second, delay, dropped frames
 * @attr {boolean} angles - joint angles
 * @attr {string} assets - address of the folder with `models/`, `wasm/` and the sample; default: the script's own
 * @attr {string} worker-url - folder with the engines' workers (or the worker's own address), of the page's own origin, where a content security policy forbids workers from blobs
 * @attr {string} sample - address of the sample recording; default: `sample-dance.poses` in `assets`
 * @attr {string} publish - address of an overlay server: shows the button “Go live”
 * @attr {string} channel - channel on that server
 * @attr {string} token - that server's publisher token
 * @attr {boolean} live - whether to be live; the button changes it
 * @attr {string} extensions - addresses of extensions (of their package.json or its folder), parted by spaces
 * @attr {string} frame-url - address of `extension-frame.html`, where a content security policy forbids scripts in the document
 * @fires {CustomEvent<CoachFrame>} pose-frame - a smoothed frame
 * @fires {CustomEvent<PoseCoachState>} pose-state - the state has changed
 * @fires {CustomEvent<CoachStats>} pose-stats - numbers, twice a second
 * @fires {CustomEvent<PoseCoachError>} pose-error - something went wrong; it is shown, too
 * @fires {CustomEvent<LiveState>} pose-live - the stream's status has changed
 * @fires {CustomEvent<SourceRequest>} pose-source-request - somebody chose another source; cancel to decide yourself
 * @fires {CustomEvent<Extensions | null>} pose-extensions - its extensions are there, are others, or are gone
 * @fires {CustomEvent<PermissionQuestion>} pose-permission-request - an extension asks; cancel to answer yourself
 * @slot idle - instead of the card before the start; call `start()` from it
 * @slot controls - more buttons for the bar
 * @slot overlay - on top of picture and skeleton
 * @csspart stage - everything that is seen
 * @csspart video - the picture
 * @csspart skeleton - the skeleton
 * @csspart panel - cards and panels
 * @csspart controls - the bar of buttons
 * @csspart button - every button
 * @csspart badge - the small signs at the top
 * @csspart cue - what an extension says
 * @cssproperty [--pose-accent=#38bdf8] - main buttons, focus, progress
 * @cssproperty [--pose-on-accent=#04121f] - text on it
 * @cssproperty [--pose-background=#0b1120] - where there is no picture
 * @cssproperty [--pose-surface=rgb(8 14 28 / 0.8)] - the glass
 * @cssproperty [--pose-edge=rgb(148 163 184 / 0.28)] - its edge
 * @cssproperty [--pose-text=#f1f5f9] - text
 * @cssproperty [--pose-muted=#cbd5e1] - less important text
 * @cssproperty [--pose-danger=#fca5a5] - titles of errors
 * @cssproperty [--pose-live=#e11d48] - on air
 * @cssproperty [--pose-radius=14px] - corners
 * @cssproperty [--pose-blur=14px] - how much the glass blurs what is behind it
 * @cssproperty --pose-font - the typeface
 */
export class PoseCoachElement extends PoseCoachProperties {
  static override styles = poseCoachStyles;

  @state() private currentState: PoseCoachState = { status: 'idle' };
  @state() private currentLive: LiveState = { status: 'off' };
  @state() private currentStats: CoachStats | undefined;
  @state() private hasStream = false;
  @state() private recordingLabel: string | undefined;
  @state() private notice: string | undefined;
  @state() private nobody = false;
  @state() private pickerOpen = false;
  @state() private cameras: readonly CameraChoice[] = [];
  @state() private announced = '';

  readonly #extensions = new LazyExtensions(this, (error) => this.#notify(error));
  readonly #frames = new Subject<PoseFrame>();
  readonly #picture = new VideoPicture(() => rendered(this.renderRoot, 'video'));
  #session: CoachSession | undefined;
  #liveStream: LiveStream | undefined;
  #cameraList: Subscription | undefined;
  #nobodyWatch = new NobodyWatch();
  readonly #refused = new RefusedEngines();
  #openWanted = false;
  #lastFrame: PoseFrame | undefined;

  /** What the element is doing. */
  get state(): PoseCoachState {
    return this.currentState;
  }

  /** How the stream to a server stands. */
  get liveState(): LiveState {
    return this.currentLive;
  }

  /** The pipeline beneath, while started: for recorders and whatever else wants its frames. */
  get coach(): Coach | undefined {
    return this.#session?.coach;
  }

  /** Its extensions, once the first has been named and their code is there: see `pose-extensions`. */
  get coachExtensions(): Extensions | undefined {
    return this.#extensions.current;
  }

  /** Starts, or starts again. The browser asks for the camera, if that is the source. */
  start(): void {
    this.#openWanted = true;
    this.requestUpdate();
  }

  /** Lets everything go: camera, engine and stream. */
  stop(): void {
    this.live = false;
    this.#release();
  }

  /** Lets the source go and keeps the engine. */
  pause(): void {
    this.#session?.coach.pause();
  }

  resume(): void {
    this.#session?.coach.resume();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#extensions.use(this.extensions);
    if (this.autostart) this.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#release();
    this.#extensions.dispose();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    if (changed.has('extensions')) this.#extensions.use(this.extensions);
    if (changed.has('autostart') && this.autostart && !this.#session) this.#openWanted = true;
    const sourceChanged = SOURCE_PROPERTIES.some((name) => changed.has(name));
    const session = this.#session;
    if (this.#openWanted || (session && sourceChanged)) this.#open();
    if (session && ENGINE_PROPERTIES.some((name) => changed.has(name))) {
      this.notice = undefined;
      session.setEngine(this.engineSettings);
    }
    if (LIVE_PROPERTIES.some((name) => changed.has(name))) this.#updateLive();
  }

  override render() {
    return stage({
      state: this.currentState,
      live: this.currentLive,
      stats: this.currentStats,
      frames: this.#frames,
      lastFrame: this.#lastFrame,
      kind: this.kind,
      hasStream: this.hasStream,
      recordingLabel: this.recordingLabel,
      notice: this.notice,
      nobody: this.nobody,
      cameras: this.cameras,
      selectedSource: typeof this.source === 'string' ? this.source : undefined,
      deviceId: this.device,
      mirror: this.mirrored,
      fit: this.fit,
      trails: this.trails,
      showControls: this.controls ?? true,
      showStats: this.stats ?? true,
      showAngles: this.angles ?? false,
      showPicker: this.pickerOpen,
      canGoLive: Boolean(this.publish),
      announced: this.announced,
      ...this.#actions,
    });
  }

  readonly #actions = {
    onKey: (event: KeyboardEvent): void => this.#onKey(event),
    onSourceRequest: (event: CustomEvent<SourceRequest>): void => {
      // The page hears of it from this element, and may decide otherwise.
      event.stopPropagation();
      this.#togglePicker();
      this.#look(event.detail);
    },
    command: (command: ControlCommand): void => this.#command(command),
    start: (): void => this.#fromCard(() => this.start()),
    resume: (): void => this.#fromCard(() => this.resume()),
    act: (action: ErrorAction): void => this.#act(action),
    dismissNotice: (): void => {
      this.notice = undefined;
    },
    dismissLive: (): void => {
      this.live = false;
    },
  };

  #open(): void {
    this.#openWanted = false;
    this.nobody = false;
    this.notice = undefined;
    this.#lastFrame = undefined;
    this.#nobodyWatch = new NobodyWatch();
    this.#session ??= new CoachSession(this.engineSettings, this.#picture, this.#extensions, {
      state: (next) => this.#tellState(next),
      frame: (frame) => this.#tellFrame(frame),
      stats: (stats) => {
        // Of a recording there is no delay to tell: its moments are long over.
        const told = this.kind === 'recording' ? { ...stats, delay: undefined } : stats;
        this.currentStats = told;
        this.#dispatch(EVENTS.stats, told);
      },
      stream: (stream) => {
        this.hasStream = stream !== undefined;
      },
      recordingLabel: (label) => {
        this.recordingLabel = label;
      },
      estimator: (event) => {
        if (event.type === 'recovered') this.notice = undefined;
        else this.#notify(event.error);
      },
    });
    this.#session.open(this.sourceSettings);
    this.#session.coach.resume();
    if (!this.#liveStream) this.#updateLive();
  }

  #release(): void {
    this.#openWanted = false;
    this.#liveStream?.dispose();
    this.#liveStream = undefined;
    this.#cameraList?.unsubscribe();
    this.#cameraList = undefined;
    this.pickerOpen = false;
    this.hasStream = false;
    this.currentStats = undefined;
    const session = this.#session;
    this.#session = undefined;
    session?.dispose();
    if (session) this.#tellState({ status: 'idle' });
  }

  #notify(error: PoseCoachError): void {
    this.notice = error.message;
    this.announced = error.message;
    this.#dispatch(EVENTS.error, error);
  }

  #tellState(next: PoseCoachState): void {
    const before = this.currentState;
    this.currentState = next;
    if (before.status !== next.status) this.announced = announcement(next, this.kind);
    this.announced = switchAnnouncement(before, next) ?? this.announced;
    this.#dispatch(EVENTS.state, next);
    const failed = next.status === 'error' || next.status === 'reconnecting';
    if (failed && before !== next) this.#dispatch(EVENTS.error, next.error);
    const refused = this.#refused.see(next);
    if (refused) this.#notify(refused);
  }

  #tellFrame(coachFrame: CoachFrame): void {
    const { frame } = coachFrame;
    this.nobody = this.#nobodyWatch.see(frame);
    this.#liveStream?.send(coachFrame);
    this.#lastFrame = frame;
    this.#frames.next(frame);
    this.#dispatch(EVENTS.frame, coachFrame);
  }

  #updateLive(): void {
    const { publish, channel, token } = this;
    this.#liveStream?.dispose();
    this.#liveStream = undefined;
    if (!this.live || !publish || !this.#session) return;
    const address = { url: publish, channel, token: token ?? '' };
    this.#liveStream = new LiveStream(address, this.#extensions, (next) => {
      this.currentLive = next;
      this.announced = liveAnnouncement(next);
      this.#dispatch(EVENTS.live, next);
      if ('error' in next) this.#dispatch(EVENTS.error, next.error);
    });
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && this.pickerOpen) {
      this.#togglePicker();
      this.#stage.focus();
      return;
    }
    const command = shortcut(event);
    if (!command) return;
    event.preventDefault();
    this.#command(command);
  }

  #command(command: ControlCommand): void {
    if (command === 'pause') this.#pauseOrGo();
    else if (command === 'mirror') this.mirror = !this.mirrored;
    else if (command === 'stats') this.stats = !(this.stats ?? true);
    else if (command === 'angles') this.angles = !this.angles;
    else if (command === 'source') this.#togglePicker();
    else if (this.live && hasGivenUp(this.currentLive)) this.#updateLive();
    else if (this.publish) this.live = !this.live;
  }

  #pauseOrGo(): void {
    const { status } = this.currentState;
    if (canPause(status)) this.pause();
    else if (status === 'paused') this.resume();
    else this.start();
  }

  #togglePicker(): void {
    this.pickerOpen = !this.pickerOpen;
    this.#cameraList?.unsubscribe();
    this.#cameraList = this.pickerOpen
      ? cameraChoices().subscribe((cameras) => {
          this.cameras = cameras;
        })
      : undefined;
  }

  #act(action: ErrorAction): void {
    if (action === 'reload') location.reload();
    else if (action === 'source') this.#togglePicker();
    else if (action === 'sample') this.#look({ kind: 'sample' });
    else this.#fromCard(() => this.start());
  }

  #look(request: SourceRequest): void {
    if (!this.#dispatch(EVENTS.sourceRequest, request)) return;
    this.#fromCard(() => {
      this.device = request.kind === 'camera' ? request.deviceId : undefined;
      this.source =
        request.kind === 'file' ? request.file : request.kind === 'url' ? request.url : request.kind;
      this.start();
    });
  }

  /** Does what a card's button asks for. The button goes with the card, so the focus is put where it can stay. */
  #fromCard(act: () => void): void {
    this.#stage.focus();
    act();
  }

  get #stage(): HTMLElement {
    return rendered(this.renderRoot, 'div');
  }

  /** @returns false if a listener has cancelled it */
  #dispatch<K extends keyof PoseCoachEventMap>(type: K, detail: PoseCoachEventMap[K]['detail']): boolean {
    const cancelable = type === EVENTS.sourceRequest;
    const event = new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable });
    return this.dispatchEvent(event);
  }
}

define(TAGS.coach, PoseCoachElement);

declare global {
  interface HTMLElementTagNameMap {
    'pose-coach': PoseCoachElement;
  }
}
