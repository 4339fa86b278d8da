import { html, nothing, type TemplateResult } from 'lit';
import { PARTS } from '../base/names.ts';
import { liveLabel } from './announcement.ts';
import { hasGivenUp, isOnAir, type LiveState, type PoseCoachState, type SourceKind } from './coach-state.ts';
import { switchLabel } from './engine-switch.ts';
import { errorAdvice } from './error-advice.ts';
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
  dismissLive(): void;
}

/** The small signs in the upper corner: on air, a recording, nobody in view, an engine that loads, a notice. */
export function badges(context: BadgesContext): TemplateResult {
  const { state, kind, notice } = context;
  const running = state.status === 'running';
  const switching = switchLabel(state);
  return html`<div class="badges">
    ${liveBadge(context)}
    ${
      kind === 'recording' && (running || state.status === 'paused')
        ? badge(recordingName(context.recordingLabel))
        : nothing
    }
    ${
      running && context.nobody
        ? badge('Nobody in view. Step back until all of you is in the picture.')
        : nothing
    }
    ${switching ? badge(switching) : nothing}
    ${notice ? badge(notice, context.dismissNotice) : nothing}
  </div>`;
}

/** A recording is always called one, whatever its maker called it. */
function recordingName(label: string | undefined): string {
  if (label === undefined) return 'Recording: poses only, no picture';
  return /recording/i.test(label) ? label : `Recording: ${label}`;
}

function liveBadge({ live, state, dismissLive }: BadgesContext): TemplateResult | typeof nothing {
  if (live.status === 'off') return nothing;
  const onAir = isOnAir(live, state);
  if (hasGivenUp(live))
    return badge(`${liveLabel(live)}. ${errorAdvice(live.error.code).advice}`, dismissLive);
  const label = live.status === 'live' && !onAir ? 'Connected, no poses to send' : liveLabel(live);
  return badge(html`<span class="dot"></span>${label}`, undefined, onAir);
}

function badge(content: unknown, dismiss?: () => void, onAir = false): TemplateResult {
  return html`<span class="badge glass ${onAir ? 'live' : ''}" part=${PARTS.badge}>
    ${content}
    ${
      dismiss
        ? html`<button type="button" aria-label="Dismiss" @click=${dismiss}>${ICONS.close}</button>`
        : nothing
    }
  </span>`;
}
