import { type CoachFrame, type JointAngles, jointAngles, type PoseFrame } from '@pose-coach/core';
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Observable, Subscription } from 'rxjs';
import { throttleTime } from 'rxjs';
import { define } from '../base/define.ts';
import { PARTS, TAGS } from '../base/names.ts';
import { theme } from '../base/theme.ts';
import { ANGLE_ROWS, type AngleRow, UNKNOWN_REASONS } from './angle-rows.ts';

/** How often the numbers change, in ms: faster cannot be read. */
const READABLE_PERIOD = 200;
/** From this angle of view on (degrees from frontal) published errors grow: see `JointAngles.view`. */
const SIDE_VIEW_FROM = 45;

/**
 * The joint angles of one person in degrees, left beside right, each with how sure it is. What is not known is
 * shown as unknown, with the reason.
 *
 * @element pose-angles
 * @csspart panel - the surface behind the table
 * @csspart table - the table
 * @cssproperty [--pose-surface=rgb(8 14 28 / 0.8)] - background of the panel
 * @cssproperty [--pose-accent=#38bdf8] - the bars that tell how sure an angle is
 */
export class PoseAnglesElement extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: inline-block;
        font-size: 13px;
      }
      .panel {
        padding: 8px 12px;
      }
      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
      }
      th {
        font-weight: 500;
        color: var(--_muted);
        text-align: start;
        padding: 2px 12px 2px 0;
      }
      thead th {
        font-size: 12px;
        text-align: end;
        padding: 0 0 4px 14px;
      }
      td {
        text-align: end;
        padding: 2px 0 2px 14px;
        min-width: 4.5em;
        font-weight: 650;
      }
      /* What the body has one of belongs to neither side. */
      td[colspan='2'] {
        text-align: center;
      }
      [colspan='2'] .sure {
        margin-inline: auto;
      }
      .unknown {
        color: var(--_muted);
        font-weight: 400;
      }
      .sure {
        display: block;
        width: 3.4em;
        height: 2px;
        margin: 1px 0 0 auto;
        fill: var(--_accent);
      }
      /* Takes its width from the table and gives it none. */
      p {
        width: 0;
        min-width: 100%;
        margin: 6px 0 0;
        color: var(--_muted);
      }
    `,
  ];

  /** A stream of frames; the element subscribes while it is in the document. */
  @property({ attribute: false }) frames: Observable<CoachFrame | PoseFrame> | undefined;
  /** One frame; beside `frames`, what is shown until they bring their first. */
  @property({ attribute: false }) frame: PoseFrame | undefined;
  /** Whose angles: the `id` of a pose. By default the first person's. */
  @property({ attribute: 'pose-id', type: Number }) poseId: number | undefined;

  @state() private shown: PoseFrame | undefined;
  #subscription: Subscription | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#connectFrames();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('frames')) this.#connectFrames();
  }

  override render() {
    const poses = (this.shown ?? this.frame)?.poses;
    const pose =
      this.poseId === undefined ? poses?.[0] : poses?.find((candidate) => candidate.id === this.poseId);
    const angles = pose && jointAngles(pose);
    return html`<div class="panel glass" part=${PARTS.panel} role="group" aria-label="Joint angles">
      <table part=${PARTS.table}>
        <thead>
          <tr>
            <th scope="col"><span class="only-read">Joint</span></th>
            <th scope="col">Left</th>
            <th scope="col">Right</th>
          </tr>
        </thead>
        <tbody>
          ${ANGLE_ROWS.map((row) => this.#row(row, angles))}
        </tbody>
      </table>
      ${angles ? viewNote(angles) : html`<p>Nobody in view.</p>`}
    </div>`;
  }

  #row(row: AngleRow, angles: JointAngles | undefined) {
    return html`<tr>
      <th scope="row">${row.title}</th>
      ${
        row.right === undefined
          ? cell(angles, row.left, 2)
          : html`${cell(angles, row.left, 1)}${cell(angles, row.right, 1)}`
      }
    </tr>`;
  }

  #connectFrames(): void {
    this.#subscription?.unsubscribe();
    this.#subscription = undefined;
    this.shown = undefined;
    if (!this.isConnected || !this.frames) return;
    this.#subscription = this.frames
      .pipe(throttleTime(READABLE_PERIOD, undefined, { leading: true, trailing: true }))
      .subscribe({
        next: (value) => {
          this.shown = 'frame' in value ? value.frame : value;
        },
        // The owner of the stream tells what went wrong; here there is nothing more to show.
        error: () => {
          this.shown = undefined;
        },
        complete: () => {
          this.shown = undefined;
        },
      });
  }
}

function cell(angles: JointAngles | undefined, joint: keyof JointAngles['joints'], columns: number) {
  const angle = angles?.joints[joint];
  if (angle?.degrees === undefined) {
    const reason = angle?.reason ? UNKNOWN_REASONS[angle.reason] : 'nobody in view';
    return html`<td class="unknown" colspan=${columns} title=${reason}>
      <span aria-hidden="true">–</span><span class="only-read">unknown: ${reason}</span>
    </td>`;
  }
  const sure = Math.round(angle.confidence * 100);
  return html`<td colspan=${columns} title=${`${sure} % sure`}>
    ${Math.round(angle.degrees)}°<span class="only-read">, ${sure} % sure</span
    >${sureBar(sure)}
  </td>`;
}

/** How sure an angle is, as a line. Drawn, because pages may forbid style attributes. */
function sureBar(percent: number) {
  return html`<svg class="sure" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
    <rect x=${100 - percent} width=${percent} height="1"></rect>
  </svg>`;
}

function viewNote(angles: JointAngles) {
  const { degrees } = angles.view;
  if (degrees === undefined) return nothing;
  const side = degrees >= SIDE_VIEW_FROM;
  return html`<p>Seen ${side ? 'from the side' : 'from the front or back'} (${Math.round(degrees)}°).</p>`;
}

define(TAGS.angles, PoseAnglesElement);

declare global {
  interface HTMLElementTagNameMap {
    'pose-angles': PoseAnglesElement;
  }
}
