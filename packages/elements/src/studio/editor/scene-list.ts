import type { Scene } from '@pose-coach/core/stage';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { EDITOR_ICONS } from './editor-icons.ts';
import type { EditorView } from './editor-view.ts';

/** What the list of scenes asks for, besides what the session does. */
export interface SceneListActions {
  readonly renaming: boolean;
  /** @param by what ended it: the keyboard goes on in the list, the pointer where it is */
  rename(name: string | undefined, by: 'keyboard' | 'leaving'): void;
  startRenaming(): void;
  copyLink(): void;
}

/** The scenes of the channel, and what can be done with the one that is edited. */
export function sceneList(view: EditorView, actions: SceneListActions): TemplateResult {
  const { session, stage, scene } = view;
  return html`<section class="scenes" aria-labelledby="scenes-title">
    <header>
      <h3 id="scenes-title">Scenes</h3>
      <button type="button" class="icon" title="New scene" aria-label="New scene" @click=${() => session.addScene()}>
        ${EDITOR_ICONS.add}
      </button>
    </header>
    <ul class="list">
      ${repeat(
        stage.scenes,
        ({ id }) => id,
        (each) =>
          html`<li>${each === scene && actions.renaming ? nameField(each, actions) : row(each, view, actions)}</li>`,
      )}
    </ul>
    ${
      stage.current === scene.id
        ? html`<p class="on-stream">${EDITOR_ICONS.stream} On the stream</p>`
        : html`<button type="button" class="primary" @click=${() => session.showOnStream()}>
            ${EDITOR_ICONS.stream} Show on stream
          </button>`
    }
    <div class="tools" role="group" aria-label=${`What to do with “${scene.name}”`}>
      ${tool('Rename', EDITOR_ICONS.rename, actions.startRenaming)}
      ${tool('Duplicate', EDITOR_ICONS.copy, () => session.duplicateScene())}
      ${tool('Copy the overlay’s address for this scene', EDITOR_ICONS.link, actions.copyLink)}
      ${tool('Delete this scene', EDITOR_ICONS.remove, () => session.removeScene(), stage.scenes.length < 2)}
    </div>
  </section>`;
}

function row(each: Scene, { session, stage, scene }: EditorView, actions: SceneListActions): TemplateResult {
  const { width, height } = each.canvas;
  return html`<button
    type="button"
    class="row"
    aria-current=${each === scene ? 'true' : 'false'}
    @click=${() => session.selectScene(each.id)}
    @dblclick=${actions.startRenaming}
  >
    <span class="shape" aria-hidden="true">${width >= height ? EDITOR_ICONS.wide : EDITOR_ICONS.tall}</span>
    <span class="title" title=${each.name}>${each.name}</span>
    ${each.id === stage.current ? html`<span class="badge">on stream</span>` : nothing}
  </button>`;
}

function nameField(scene: Scene, actions: SceneListActions): TemplateResult {
  return html`<input
    class="rename"
    type="text"
    maxlength="80"
    aria-label="Name of the scene"
    .value=${scene.name}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Enter') actions.rename((event.target as HTMLInputElement).value, 'keyboard');
      else if (event.key === 'Escape') actions.rename(undefined, 'keyboard');
      else return;
      event.preventDefault();
    }}
    @blur=${(event: Event) => actions.rename((event.target as HTMLInputElement).value, 'leaving')}
  />`;
}

function tool(name: string, icon: unknown, run: () => void, disabled = false): TemplateResult {
  return html`<button type="button" class="icon" title=${name} aria-label=${name} ?disabled=${disabled} @click=${run}>
    ${icon}
  </button>`;
}
