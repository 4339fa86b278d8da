import type { Scene, StageItem, StageRectangle } from '@pose-coach/core/stage';
import { setItem } from '@pose-coach/core/stage';
import { html, type TemplateResult } from 'lit';
import type { EditorView } from './editor-view.ts';

/** The sides of a place: what they are called, and their smallest value. */
const SIDES: readonly (readonly [keyof StageRectangle, string, number | undefined])[] = [
  ['x', 'Left', undefined],
  ['y', 'Top', undefined],
  ['width', 'Width', 16],
  ['height', 'Height', 16],
];

/** Longest coordinate that a stage takes, in stage pixels. */
const FARTHEST = 32_768;

/** Where the selected item lies, in numbers, and places that are asked for often. */
export function placeFields(item: StageItem, { session, scene }: EditorView): TemplateResult {
  const place = (changes: Partial<StageRectangle>) => session.edit((now) => setItem(now, item.id, changes));
  return html`<fieldset class="place">
    <legend>Place and size</legend>
    <div class="sides">
      ${SIDES.map(
        ([side, title, least]) => html`<label>
          <span>${title}</span>
          <input
            type="number"
            min=${least ?? -FARTHEST}
            max=${FARTHEST}
            step="1"
            .value=${String(Math.round(item[side]))}
            @change=${(event: Event) => {
              const input = event.target as HTMLInputElement;
              const value = input.valueAsNumber;
              if (Number.isFinite(value)) {
                place({ [side]: Math.max(least ?? -FARTHEST, Math.min(FARTHEST, value)) });
              }
              input.value = String(Math.round(item[side]));
            }}
          />
        </label>`,
      )}
    </div>
    <div class="tools">
      <button type="button" class="small" @click=${() => place({ x: (scene.canvas.width - item.width) / 2 })}>
        Centre across
      </button>
      <button type="button" class="small" @click=${() => place({ y: (scene.canvas.height - item.height) / 2 })}>
        Centre down
      </button>
      <button type="button" class="small" @click=${() => place(whole(scene))}>Fill</button>
    </div>
  </fieldset>`;
}

function whole({ canvas }: Scene): StageRectangle {
  return { x: 0, y: 0, ...canvas };
}
