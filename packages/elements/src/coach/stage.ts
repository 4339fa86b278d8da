import type { CoachStats, PoseFrame } from '@pose-coach/core';
import { html, nothing, type TemplateResult } from 'lit';
import type { Observable } from 'rxjs';
import { PARTS, SLOTS } from '../base/names.ts';
import type { Fit } from '../draw/index.ts';
import '../angles/pose-angles.ts';
import '../skeleton/pose-skeleton.ts';
import '../source-picker/pose-source-picker.ts';
import type { CameraChoice } from '../source-picker/pose-source-picker.ts';
import '../stats/pose-stats.ts';
import type { SourceRequest } from '../source-picker/source-request.ts';
import { badges } from './badges.ts';
import type { LiveState, PoseCoachState, SourceKind } from './coach-state.ts';
import { type ControlCommand, controlBar } from './control-bar.ts';
import type { ErrorAction } from './error-advice.ts';
import { stateCard } from './state-card.ts';

/** Everything that is to be seen of a `<pose-coach>` at one moment, and what is called when somebody uses it. */
export interface StageView {
  readonly state: PoseCoachState;
  readonly live: LiveState;
  readonly stats: CoachStats | undefined;
  readonly frames: Observable<PoseFrame>;
  /** The last of them, of this source. */
  readonly lastFrame: PoseFrame | undefined;
  readonly kind: SourceKind;
  readonly hasStream: boolean;
  readonly recordingLabel: string | undefined;
  readonly notice: string | undefined;
  readonly nobody: boolean;
  readonly cameras: readonly CameraChoice[];
  readonly selectedSource: string | undefined;
  readonly deviceId: string | undefined;
  readonly mirror: boolean;
  readonly fit: Fit;
  readonly trails: boolean | undefined;
  readonly showControls: boolean;
  readonly showStats: boolean;
  readonly showAngles: boolean;
  readonly showPicker: boolean;
  readonly canGoLive: boolean;
  readonly announced: string;
  onKey(event: KeyboardEvent): void;
  onSourceRequest(event: CustomEvent<SourceRequest>): void;
  command(command: ControlCommand): void;
  start(): void;
  resume(): void;
  act(action: ErrorAction): void;
  dismissNotice(): void;
  dismissLive(): void;
}

/** Draws the view. Whatever needs the keys or the focus lies inside the stage. */
export function stage(view: StageView): TemplateResult {
  const { status } = view.state;
  const hasPicture = view.hasStream || view.kind === 'video';
  // The whole picture, and none of it under the bar, where there is height enough: the styles know how much.
  const apart = view.showControls && view.fit === 'contain';
  const dimmed = hasPicture && (status === 'paused' || status === 'ended' || status === 'error');
  return html`<div
      class="stage ${status} ${hasPicture ? '' : 'plain'} ${apart ? 'apart' : ''}"
      part=${PARTS.stage}
      role="group"
      tabindex="0"
      aria-label="Pose Coach"
      @keydown=${view.onKey}
    >
      <video
        part=${PARTS.video}
        class="${view.fit} ${view.mirror ? 'mirror' : ''} ${hasPicture ? '' : 'none'}"
        .muted=${true}
        playsinline
        tabindex="-1"
        aria-hidden="true"
      ></video>
      <pose-skeleton
        class="skeleton"
        part=${PARTS.skeleton}
        .frames=${view.frames}
        .fit=${view.fit}
        .mirror=${view.mirror}
        .trails=${view.trails}
      ></pose-skeleton>
      <slot name=${SLOTS.overlay}></slot>
      ${dimmed ? html`<div class="dim"></div>` : nothing}
      <div class="top">${badges(view)}${statsPanel(view)}</div>
      ${
        view.showPicker
          ? picker(view)
          : html`${anglesPanel(view)}${stateCard(view.state, { ...view, hasPicture })}`
      }
      ${showsBar(view) ? controlBar(view) : nothing}
    </div>
    <div class="only-read" role="status">${view.announced}</div>`;
}

/** Where there is nothing to steer the card says what can be done; while live the stream must be easy to end. */
function showsBar(view: StageView): boolean {
  const idle = ['idle', 'ended', 'error'].includes(view.state.status);
  return view.showControls && (!idle || view.live.status !== 'off');
}

function statsPanel(view: StageView) {
  const shown = view.showStats && (view.state.status === 'running' || view.state.status === 'reconnecting');
  return shown ? html`<pose-stats .stats=${view.stats}></pose-stats>` : nothing;
}

/** Angles are of what is to be seen: moving, or standing still while its last moment is still there. */
function anglesPanel(view: StageView) {
  const { status } = view.state;
  const standsStill =
    (status === 'paused' || status === 'ended') && (view.kind !== 'camera' || view.hasStream);
  if (!view.showAngles || !(status === 'running' || standsStill)) return nothing;
  // It scrolls where it is higher than the element, so the keyboard must reach it.
  return html`<div class="angles" tabindex="0" role="group" aria-label="Joint angles, scrollable">
    <pose-angles .frames=${view.frames} .frame=${view.lastFrame}></pose-angles>
  </div>`;
}

function picker(view: StageView) {
  return html`<div class="picker ${showsBar(view) ? '' : 'middle'}" id="picker">
    <pose-source-picker
      .cameras=${view.cameras}
      .selected=${view.selectedSource}
      .deviceId=${view.deviceId}
      @pose-source-request=${view.onSourceRequest}
    >
      <button type="button" part=${PARTS.button} @click=${() => view.command('source')}>Back</button>
    </pose-source-picker>
  </div>`;
}

/** The first element of a kind in what was rendered. */
export function rendered<K extends 'div' | 'video'>(
  root: HTMLElement | DocumentFragment,
  tag: K,
): HTMLElementTagNameMap[K] {
  const found = root.querySelector(tag);
  if (!found) throw new Error(`<pose-coach> has not been rendered: there is no <${tag}> in it.`);
  return found;
}
