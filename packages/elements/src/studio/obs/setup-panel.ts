import type { ObsSetupStep } from '@pose-coach/core/stage';
import { html, nothing, type TemplateResult } from 'lit';
import { askButton, askFault } from '../shared/ask-button.ts';
import { choiceField, textField } from '../shared/fields.ts';
import type { ConnectedView } from './obs-view.ts';

/** Where the overlay is to go. */
export interface SetupChoice {
  /** Scene in OBS; empty: the one on air. */
  readonly scene: string;
  /** Id of a scene of the stage; empty: the current one. */
  readonly stageScene: string;
}

export interface SetupPanel {
  readonly view: ConnectedView;
  readonly choice: SetupChoice;
  /** What was done last; undefined: nothing yet. */
  readonly steps: readonly ObsSetupStep[] | undefined;
  choose(choice: SetupChoice): void;
  setUp(): void;
}

const OUTCOMES: Readonly<Record<ObsSetupStep['outcome'], { readonly words: string; readonly look: string }>> =
  {
    created: { words: 'made', look: 'good' },
    updated: { words: 'put right', look: 'good' },
    unchanged: { words: 'was right', look: '' },
    impossible: { words: 'not possible', look: 'warn' },
  };

/** One button that puts the overlay into OBS. */
export function setupPanel({ view, choice, steps, choose, setUp }: SetupPanel): TemplateResult {
  const { obs, stage, asking } = view;
  return html`<section class="card glass" aria-labelledby="setup-title">
    <h3 id="setup-title">Overlay in OBS</h3>
    <div class="row">
      ${askButton(asking, { about: 'setup', words: 'Set up OBS', kind: 'big primary', run: setUp })}
    </div>
    <p class="help">
      Puts a browser source with the overlay into the scene ${choice.scene === '' ? `on air (“${obs.scene}”)` : `“${choice.scene}”`},
      in the size of your canvas. What is right already stays as it is.
    </p>
    <details>
      <summary>Another scene</summary>
      <div class="fields">
        ${textField({
          title: 'Scene in OBS',
          name: 'setup-scene',
          value: choice.scene,
          choices: obs.scenes,
          placeholder: 'the one on air; a new name makes one',
          longest: 200,
          set: (scene) => choose({ ...choice, scene }),
        })}
        ${choiceField({
          title: 'shows the overlay’s scene',
          value: choice.stageScene,
          choices: new Map([
            ['', 'The one on the stream'],
            ...stage.scenes.map(({ id, name }): [string, string] => [id, `Always “${name}”`]),
          ]),
          choose: (stageScene) => choose({ ...choice, stageScene }),
        })}
      </div>
    </details>
    <div role="status">${steps === undefined ? nothing : stepList(steps)}</div>
    ${askFault(asking, 'setup')}
  </section>`;
}

/** What was done, and what to click where it could not be. */
export function stepList(steps: readonly ObsSetupStep[]): TemplateResult {
  return html`<ul class="plain steps">
    ${steps.map(({ what, outcome, detail }) => {
      const { words, look } = OUTCOMES[outcome];
      return html`<li>
        <span class="badge ${look}">${words}</span>
        <div>
          ${what} ${detail === undefined ? nothing : html`<p class="help">${detail}</p>`}
        </div>
      </li>`;
    })}
  </ul>`;
}
