import type { BodyLandmark } from '@pose-coach/core';
import type { SkeletonItem } from '@pose-coach/core/stage';
import { setItem } from '@pose-coach/core/stage';
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { EditorView } from './editor-view.ts';

const FIT_WORDS: Readonly<Record<SkeletonItem['fit'], string>> = {
  contain: 'Whole picture',
  cover: 'Fill the place',
  crop: 'Pixel by pixel',
};

/** Joints that may leave a trail: those of which somebody would say that they draw in the air. */
const TRAIL_JOINTS: readonly (readonly [title: string, joints: readonly BodyLandmark[]])[] = [
  ['Hands', ['leftWrist', 'rightWrist']],
  ['Elbows', ['leftElbow', 'rightElbow']],
  ['Shoulders', ['leftShoulder', 'rightShoulder']],
  ['Head', ['nose']],
  ['Hips', ['leftHip', 'rightHip']],
  ['Knees', ['leftKnee', 'rightKnee']],
  ['Feet', ['leftAnkle', 'rightAnkle']],
];

/** How the skeleton is laid into its place, and which effects it has. */
export function skeletonFields(item: SkeletonItem, { session }: EditorView): TemplateResult {
  const change = (changes: Partial<SkeletonItem>) => session.edit((now) => setItem(now, item.id, changes));
  return html`<fieldset>
    <legend>Picture and effects</legend>
    <div class="setting">
      <div class="line"><label for="fit">Fit</label></div>
      <select
        id="fit"
        @change=${(event: Event) => {
          const fit = (event.target as HTMLSelectElement).value;
          if (fit === 'contain' || fit === 'cover' || fit === 'crop') change({ fit });
        }}
      >
        ${Object.entries(FIT_WORDS).map(
          ([fit, words]) => html`<option value=${fit} .selected=${fit === item.fit}>${words}</option>`,
        )}
      </select>
      <p class="help">As the camera’s picture is laid into the scene in OBS, so that both agree.</p>
    </div>
    ${toggle('mirror', 'Mirrored', item.mirror, (mirror) => change({ mirror }))}
    ${toggle('highlight', 'Emphasise joints that a cue names', item.highlight, (highlight) => change({ highlight }))}
    <div class="setting" role="group" aria-labelledby="trails">
      <div class="line"><span id="trails" class="label">Trails</span></div>
      <div class="chips">
        ${TRAIL_JOINTS.map(([title, joints]) => {
          const on = joints.every((joint) => item.trails.includes(joint));
          return html`<label class="chip">
            <input
              type="checkbox"
              .checked=${live(on)}
              @change=${() => {
                const rest = item.trails.filter((joint) => !joints.includes(joint));
                change({ trails: on ? rest : [...rest, ...joints] });
              }}
            />
            ${title}
          </label>`;
        })}
      </div>
      <p class="help">Drawn by themes that have trails.</p>
    </div>
  </fieldset>`;
}

/** A switch with its title. */
export function toggle(id: string, title: string, on: boolean, set: (on: boolean) => void): TemplateResult {
  return html`<div class="setting switched">
    <label for=${id}>${title}</label>
    <input
      id=${id}
      type="checkbox"
      role="switch"
      class="switch"
      .checked=${live(on)}
      @change=${(event: Event) => set((event.target as HTMLInputElement).checked)}
    />
  </div>`;
}
