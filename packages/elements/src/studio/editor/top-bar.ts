import { html, nothing, type TemplateResult } from 'lit';
import { EDITOR_ICONS } from './editor-icons.ts';
import type { EditorState } from './editor-session.ts';

/** Which way a canvas lies. */
export type CanvasShape = 'wide' | 'tall';

/** How the editor itself is set, and what its bar asks for. */
export interface TopBarView {
  readonly state: EditorState;
  readonly live: boolean;
  readonly margins: boolean;
  readonly snap: boolean;
  readonly zoom: number | undefined;
  undo(): void;
  redo(): void;
  shape(shape: CanvasShape): void;
  setMargins(on: boolean): void;
  setSnap(on: boolean): void;
  setZoom(zoom: number | undefined): void;
  hideOverlays(hidden: boolean): void;
  exportScene(): void;
  importScene(file: File): void;
}

const ZOOMS = [0.25, 0.5, 1, 2];

/** What concerns the whole canvas. */
export function topBar(view: TopBarView): TemplateResult {
  const { state } = view;
  const canvas = state.scene?.canvas ?? { width: 1920, height: 1080 };
  const shape: CanvasShape = canvas.width >= canvas.height ? 'wide' : 'tall';
  return html`<div class="bar" role="toolbar" aria-label="Canvas">
    <span class="group">
      ${button('Undo', EDITOR_ICONS.undo, view.undo, !state.canUndo, 'Ctrl+Z')}
      ${button('Redo', EDITOR_ICONS.redo, view.redo, !state.canRedo, 'Ctrl+Y')}
    </span>
    <span class="group" role="group" aria-label="Shape of the canvas">
      ${shaped('wide', '16:9', EDITOR_ICONS.wide, shape, view)} ${shaped('tall', '9:16', EDITOR_ICONS.tall, shape, view)}
    </span>
    <span class="group">
      ${switched('Snap', EDITOR_ICONS.snap, view.snap, view.setSnap)}
      ${switched('Safe margins', EDITOR_ICONS.margins, view.margins, view.setMargins)}
      <select
        aria-label="Zoom"
        @change=${(event: Event) => view.setZoom(Number((event.target as HTMLSelectElement).value) || undefined)}
      >
        <option value="" .selected=${view.zoom === undefined}>Fit</option>
        ${ZOOMS.map((zoom) => html`<option value=${zoom} .selected=${zoom === view.zoom}>${zoom * 100} %</option>`)}
      </select>
    </span>
    <span class="group">
      ${button('Save this scene as a file', EDITOR_ICONS.exported, view.exportScene)}
      <label class="file-button icon" title="Add a scene from a file">
        ${EDITOR_ICONS.imported}
        <input
          type="file"
          accept="application/json,.json"
          aria-label="Add a scene from a file"
          @change=${(event: Event) => {
            const input = event.target as HTMLInputElement;
            const file = input.files?.[0];
            if (file) view.importScene(file);
            input.value = '';
          }}
        />
      </label>
    </span>
    <span class="group">
      ${switched('Hide overlay', EDITOR_ICONS.eyeOff, state.stage?.hidden === true, view.hideOverlays)}
    </span>
    <span class="state">
      ${view.live ? html`<span class="badge on-air">Live</span>` : nothing}
      <span class="saved ${savedState(state)}">${savedWords(state)}</span>
    </span>
  </div>`;
}

type SavedState = 'saved' | 'saving' | 'off';

function savedState({ connection, unsaved }: EditorState): SavedState {
  if (connection.status !== 'connected') return 'off';
  return unsaved ? 'saving' : 'saved';
}

function savedWords(state: EditorState): string {
  switch (savedState(state)) {
    case 'saved':
      return 'Saved';
    case 'saving':
      return 'Saving…';
    case 'off':
      return state.unsaved ? 'Not connected: kept here' : 'Not connected';
  }
}

function button(
  name: string,
  icon: unknown,
  run: () => void,
  disabled = false,
  keys?: string,
): TemplateResult {
  return html`<button
    type="button"
    class="icon"
    title=${keys ? `${name} (${keys})` : name}
    aria-label=${name}
    ?disabled=${disabled}
    @click=${run}
  >
    ${icon}
  </button>`;
}

function switched(name: string, icon: unknown, on: boolean, set: (on: boolean) => void): TemplateResult {
  return html`<button type="button" title=${name} aria-pressed=${on} @click=${() => set(!on)}>
    ${icon} <span class="words">${name}</span>
  </button>`;
}

function shaped(
  shape: CanvasShape,
  words: string,
  icon: unknown,
  now: CanvasShape,
  view: TopBarView,
): TemplateResult {
  return html`<button type="button" aria-pressed=${shape === now} @click=${() => view.shape(shape)}>
    ${icon} ${words}
  </button>`;
}
