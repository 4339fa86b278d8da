import { html, nothing, type TemplateResult } from 'lit';
import { PARTS } from '../base/names.ts';
import { liveLabel } from './announcement.ts';
import type { LiveState, PoseCoachState, SourceKind } from './coach-state.ts';
import { ERROR_ADVICE } from './error-advice.ts';
import { ICONS } from './icons.ts';

export interface BadgesContext {
  readonly state: PoseCoachState;
  readonly live: LiveState;
  readonly kind: SourceKind | undefined;
  /** What the recording says of itself. */
  readonly recordingLabel: string | undefined;
  /** Nobody has been in view for a while. */
  readonly nobody: boolean;
  /** Something the engine gave up or had to do, in words. */
  readonly notice: string | undefined;
  dismissNotice(): void;
}

/** The small signs in the upper corner: on air, a recording, nobody in view, a notice. */
export function badges(context: BadgesContext): TemplateResult {
  const { state, kind, notice } = context;
  const running = state.status === 'running';
  return html`<div class="badges">
    ${liveBadge(context.live)}
    ${
      kind === 'recording' && (running || state.status === 'paused')
        ? html`<span class="badge glass" part=${PARTS.badge}>
            ${recordingName(context.recordingLabel)}
          </span>`
        : nothing
    }
    ${
      running && context.nobody
        ? html`<span class="badge glass" part=${PARTS.badge}>
            Nobody in view. Step back until all of you is in the picture.
          </span>`
        : nothing
    }
    ${
      notice
        ? html`<span class="badge glass" part=${PARTS.badge}>
            ${notice}
            <button type="button" aria-label="Dismiss" @click=${context.dismissNotice}>${ICONS.close}</button>
          </span>`
        : nothing
    }
  </div>`;
}

/** A recording is always called one, whatever its maker called it. */
function recordingName(label: string | undefined): string {
  if (label === undefined) return 'Recording: poses only, no picture';
  return /recording/i.test(label) ? label : `Recording: ${label}`;
}

function liveBadge(live: LiveState): TemplateResult | typeof nothing {
  if (live.status === 'off') return nothing;
  const advice =
    live.status === 'refused' || live.status === 'replaced'
      ? ERROR_ADVICE[live.error.code].advice
      : undefined;
  return html`<span class="badge glass ${live.status === 'live' ? 'live' : ''}" part=${PARTS.badge}>
    <span class="dot"></span>
    <span>${liveLabel(live)}${advice ? html`. ${advice}` : nothing}</span>
  </span>`;
}
