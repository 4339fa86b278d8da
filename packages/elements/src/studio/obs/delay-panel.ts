import type { DelayMeasurement } from '@pose-coach/core/protocol';
import type { ObsSetupStep, ObsSource } from '@pose-coach/core/stage';
import { html, nothing, type TemplateResult } from 'lit';
import { askButton, askFault } from '../shared/ask-button.ts';
import { choiceField, numberField } from '../shared/fields.ts';
import type { ConnectedView } from './obs-view.ts';
import { stepList } from './setup-panel.ts';

/** Milliseconds that OBS's Render Delay can be set to at most. */
const LONGEST_DELAY = 500;

/** Sources of cameras, as OBS calls them: on Linux, Windows, macOS (older and newer), and capture cards. */
const CAMERA_KINDS = /^(v4l2_input|dshow_input|av_capture_input|macos-avcapture|decklink-input)/;

export interface DelayPanel {
  readonly view: ConnectedView;
  readonly measured: DelayMeasurement | undefined;
  /** Name of the source that is to be held back; empty: not chosen. */
  readonly source: string;
  readonly milliseconds: number;
  /** What was done last. */
  readonly step: ObsSetupStep | undefined;
  measure(): void;
  choose(source: string, milliseconds: number): void;
  set(): void;
}

/** Holds the camera's picture back in OBS until its skeleton is there. */
export function delayPanel(panel: DelayPanel): TemplateResult {
  const { view, measured, source, milliseconds, step } = panel;
  const { asking, sources, obs } = view;
  return html`<section class="card glass" aria-labelledby="delay-title">
    <h3 id="delay-title">Skeleton and picture together</h3>
    <p class="help">
      A skeleton comes a little later than the camera’s picture. When OBS holds the camera itself, Render Delay holds
      the picture back for as long.
    </p>
    <div class="row">
      ${askButton(asking, { about: 'measure', words: 'Measure', run: panel.measure })}
      <span class="grow" role="status">${measured?.message ?? ''}</span>
    </div>
    ${
      obs.abilities.renderDelay
        ? html`<div class="fields set-delay">
            ${choiceField({
              title: 'Camera in OBS',
              value: source,
              choices: new Map((sources ?? []).map(({ name }) => [name, name])),
              choose: (name) => panel.choose(name, milliseconds),
            })}
            ${numberField({
              title: 'Render Delay',
              value: milliseconds,
              unit: 'ms',
              least: 0,
              most: LONGEST_DELAY,
              set: (value) => panel.choose(source, value),
            })}
            ${askButton(asking, {
              about: 'delay',
              words: 'Set',
              label: 'Set the Render Delay',
              disabled: source === '',
              run: panel.set,
            })}
          </div>`
        : html`<p class="none">This OBS has no Render Delay filter.</p>`
    }
    <div role="status">${step ? stepList([step]) : nothing}</div>
    ${askFault(asking, 'measure', 'delay')}
  </section>`;
}

/** The source that is most likely the camera; empty when none is. */
export function likelyCamera(sources: readonly ObsSource[]): string {
  return sources.find(({ kind }) => CAMERA_KINDS.test(kind))?.name ?? '';
}
