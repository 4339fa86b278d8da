import type { StageController } from '@pose-coach/core/live';
import type { DelayMeasurement } from '@pose-coach/core/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { TAGS } from '../../base/names.ts';
import type { SetUpEvent } from '../obs/set-up-event.ts';
import { askButton, askFault } from '../shared/ask-button.ts';
import type { Asking } from '../shared/asking.ts';
import type { OverlayOfChannel } from './overlay-of-channel.ts';

/** The way into OBS: set up by the server, or by an address to paste. */
export interface ObsStep {
  readonly controller: StageController | undefined;
  readonly asking: Asking;
  readonly overlay: OverlayOfChannel;
  /** What to do instead of what was not possible when OBS was set up; empty: nothing is known to be impossible. */
  readonly instead: string;
  /** OBS was set up, as far as it could be. */
  setUp(event: SetUpEvent): void;
  /** The field with the address, once it is in the page. */
  field(): HTMLInputElement | null;
}

export function obsStep({ controller, asking, overlay, instead, setUp, field }: ObsStep): TemplateResult {
  const { link, copied } = overlay;
  if (!controller) {
    return html`<p>This page is not connected to a server. Open the studio link that the server printed.</p>`;
  }
  return html`
    ${customElements.get(TAGS.obs) ? html`<pose-obs compact .controller=${controller} @pose-obs-set-up=${setUp}></pose-obs>` : nothing}
    ${
      instead === ''
        ? html`<p>
            <strong>By hand</strong>: in OBS, add a source of the kind <strong>Browser</strong>, paste this address, and
            give it the size of your scene.
          </p>`
        : html`<p><strong>By hand</strong>: ${instead}</p>`
    }
    <div class="row">
      <input
        type="text"
        class="grow"
        readonly
        spellcheck="false"
        autocomplete="off"
        aria-label="Address of the overlay"
        .value=${link ?? ''}
      />
      ${askButton(asking, {
        about: 'overlay.link',
        words: link === undefined ? 'Fetch the address' : 'Copy address',
        kind: 'primary',
        run: () => {
          if (link === undefined) overlay.fetchLink();
          else void overlay.copy(field());
        },
      })}
    </div>
    <p class="help" role="status">${copied}</p>
    ${askFault(asking, 'overlay.link')}
    <p class="seen ${overlay.isSeen ? 'good' : ''}" role="status">${seenWords(overlay.measured)}</p>
  `;
}

function seenWords(measured: DelayMeasurement | undefined): string {
  if (measured?.median === undefined) return 'No overlay shows you yet. This changes by itself.';
  const overlays = measured.overlays === 1 ? 'One overlay shows' : `${measured.overlays} overlays show`;
  return `${overlays} you, ${Math.round(measured.median)} ms after the camera.`;
}
