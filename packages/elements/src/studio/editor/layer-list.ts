import type { Scene, StageItem } from '@pose-coach/core/stage';
import { moveLayer, setItem } from '@pose-coach/core/stage';
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { EDITOR_ICONS } from './editor-icons.ts';
import type { EditorView } from './editor-view.ts';
import { itemTitle } from './item-words.ts';

/** The items of the scene, the front one first, as they cover each other. */
export function layerList(view: EditorView): TemplateResult {
  const { scene } = view;
  return html`<section class="layers" aria-labelledby="layers-title">
    <h3 id="layers-title">Layers</h3>
    <ul class="list">
      ${repeat(
        [...scene.items].reverse(),
        ({ id }) => id,
        (item) => html`<li>${layer(item, view)}</li>`,
      )}
    </ul>
  </section>`;
}

function layer(item: StageItem, { session, scene, selected, parts }: EditorView): TemplateResult {
  const title = itemTitle(item, parts);
  const place = scene.items.indexOf(item);
  const change = (words: string, changed: (scene: Scene) => Scene) => session.edit(changed, undefined, words);
  return html`<div class="layer ${item.visible ? '' : 'unseen'}" aria-current=${item.id === selected?.id ? 'true' : 'false'}>
    <button type="button" class="row" aria-pressed=${item.id === selected?.id} @click=${() => session.select(item.id)}>
      <span class="shape" aria-hidden="true">
        ${item.kind === 'skeleton' ? EDITOR_ICONS.skeleton : EDITOR_ICONS.widget}
      </span>
      <span class="title" title=${title}>${title}</span>
    </button>
    <span class="orders">
      ${small(`Bring ${title} forward`, EDITOR_ICONS.forward, place === scene.items.length - 1, () =>
        change(`${title} is one layer further in front.`, (now) => moveLayer(now, item.id, 'forward')),
      )}
      ${small(`Send ${title} backward`, EDITOR_ICONS.backward, place === 0, () =>
        change(`${title} is one layer further back.`, (now) => moveLayer(now, item.id, 'backward')),
      )}
    </span>
    ${toggle(
      `Lock ${title}`,
      item.locked === true,
      item.locked ? EDITOR_ICONS.lock : EDITOR_ICONS.lockOpen,
      () =>
        change(`${title} is ${item.locked ? 'free' : 'locked'}.`, (now) =>
          setItem(now, item.id, { locked: !item.locked }),
        ),
    )}
    ${toggle(`Show ${title}`, item.visible, item.visible ? EDITOR_ICONS.eye : EDITOR_ICONS.eyeOff, () =>
      change(`${title} is ${item.visible ? 'hidden' : 'shown'}.`, (now) =>
        setItem(now, item.id, { visible: !item.visible }),
      ),
    )}
  </div>`;
}

function small(name: string, icon: unknown, disabled: boolean, run: () => void): TemplateResult {
  return html`<button type="button" class="icon" title=${name} aria-label=${name} ?disabled=${disabled} @click=${run}>
    ${icon}
  </button>`;
}

function toggle(name: string, on: boolean, icon: unknown, run: () => void): TemplateResult {
  return html`<button type="button" class="icon plain" title=${name} aria-label=${name} aria-pressed=${on} @click=${run}>
    ${icon}
  </button>`;
}
