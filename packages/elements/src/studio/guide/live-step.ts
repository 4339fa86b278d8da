import { html, type TemplateResult } from 'lit';
import { hasGivenUp, type LiveState } from '../../coach/coach-state.ts';

const MUSIC = html`<p class="help">
  For tempo of the music, points and combo, choose under <strong>Music</strong> where it comes from.
</p>`;

/** @param goLive called when somebody wants to; @param running whether there is something to send */
export function liveStep(live: LiveState, running: boolean, goLive: () => void): TemplateResult {
  if (live.status === 'live') return html`<p>You are live: overlays get your movement.</p>${MUSIC}`;
  return html`
    ${
      hasGivenUp(live) || live.status === 'waiting'
        ? html`<p class="fault" role="alert">${live.error.message}</p>`
        : html`<p>Going live sends your movement to the overlay. What viewers see is up to OBS.</p>`
    }
    <div class="row">
      <button
        type="button"
        class="primary"
        ?disabled=${!running}
        aria-busy=${live.status === 'connecting' ? 'true' : 'false'}
        @click=${goLive}
      >
        Go live
      </button>
      ${running ? '' : html`<span class="help">First your camera.</span>`}
    </div>
    ${MUSIC}
  `;
}
