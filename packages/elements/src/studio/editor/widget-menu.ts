import type { OverlayParts } from '@pose-coach/core/overlay-parts';
import { html, nothing, type TemplateResult } from 'lit';
import { EDITOR_ICONS } from './editor-icons.ts';

/** What is put on the stage: a widget by its id, or a skeleton where the scene has none. */
export type Addition = { readonly kind: 'widget'; readonly id: string } | { readonly kind: 'skeleton' };

export interface WidgetMenuView {
  readonly parts: OverlayParts | undefined;
  readonly hasSkeleton: boolean;
  add(addition: Addition): void;
}

/** Everything that can be put on the stage, each with what it is. */
export function widgetMenu({ parts, hasSkeleton, add }: WidgetMenuView): TemplateResult {
  const widgets = parts?.widgets ?? [];
  const choose = (addition: Addition) => (event: Event) => {
    (event.currentTarget as HTMLElement).closest('details')?.removeAttribute('open');
    add(addition);
  };
  return html`<details class="add" @keydown=${closeOnEscape}>
    <summary>${EDITOR_ICONS.add} Add to the stage</summary>
    <ul class="choices">
      ${
        hasSkeleton
          ? nothing
          : html`<li>
              <button type="button" @click=${choose({ kind: 'skeleton' })}>
                <strong>Skeleton</strong>
                <span>The person in front of the camera, drawn by the scene’s theme.</span>
              </button>
            </li>`
      }
      ${widgets.map(
        ({ value }) => html`<li>
          <button type="button" @click=${choose({ kind: 'widget', id: value.id })}>
            <strong>${value.title}</strong>
            ${value.description ? html`<span>${value.description}</span>` : nothing}
          </button>
        </li>`,
      )}
      ${widgets.length === 0 ? html`<li class="none">No extension with widgets is there.</li>` : nothing}
    </ul>
  </details>`;
}

function closeOnEscape(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (event.key !== 'Escape' || !menu.open) return;
  event.stopPropagation();
  menu.open = false;
  menu.querySelector('summary')?.focus();
}
