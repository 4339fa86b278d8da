import { html, nothing, type TemplateResult } from 'lit';
import type { EditorSession, EditorState } from './editor-session.ts';

/** What is told over the canvas: what was done, with a way back; what went wrong; that all overlays are hidden. */
export function notices({ notice, canUndo, stage }: EditorState, session: EditorSession): TemplateResult {
  return html`<div class="notice ${notice?.kind ?? ''}" role=${notice?.kind === 'fault' ? 'alert' : 'status'}>
      ${
        notice
          ? html`<span>${notice.words}</span>
              ${
                notice.undoable && canUndo
                  ? html`<button type="button" class="small" @click=${() => session.undo()}>Undo</button>`
                  : nothing
              }
              <button type="button" class="small" @click=${() => session.tell(undefined)}>Close</button>`
          : nothing
      }
    </div>
    ${
      stage?.hidden
        ? html`<div class="hidden-note">
            <span>All overlays are hidden.</span>
            <button type="button" class="small" @click=${() => session.hideOverlays(false)}>Show them</button>
          </div>`
        : nothing
    }`;
}
