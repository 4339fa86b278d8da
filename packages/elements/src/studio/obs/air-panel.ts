import { html, nothing, type TemplateResult } from 'lit';
import { askButton, askFault } from '../shared/ask-button.ts';
import { durationWords } from './duration-words.ts';
import type { ConnectedView } from './obs-view.ts';

/** What is on air: scenes, the overlay's visibility, recording and streaming. */
export interface AirPanel {
  readonly view: ConnectedView;
  /** Milliseconds recorded by now; undefined when it does not record, or OBS has not said. */
  readonly recorded: number | undefined;
  /** What somebody asked for and has not confirmed yet. */
  readonly confirming: 'start' | 'stop' | undefined;
  /** What became of the last recording or chapter. */
  readonly told: string | undefined;
  ask(about: string, question: () => Promise<unknown>): void;
  record(to: 'start' | 'stop'): void;
  confirm(to: 'start' | 'stop' | undefined): void;
  chapter(title: string): void;
}

export function overlayPanel({ view, ask }: AirPanel): TemplateResult {
  const { controller, asking, obs } = view;
  const none = obs.overlays.length === 0;
  return html`<section class="card glass" aria-labelledby="sources-title">
    <h3 id="sources-title">The overlay’s sources</h3>
    ${
      none
        ? html`<p class="none">OBS has no browser source with an overlay of this server yet: set up OBS.</p>`
        : html`<p class="help">${obs.overlays.join(', ')}</p>`
    }
    <div class="row" role="group" aria-label="The overlay in the scene on air">
      ${askButton(asking, {
        about: 'show',
        words: 'Show',
        label: 'Show the overlay in OBS',
        disabled: none,
        run: () => ask('show', () => controller.request('obs.show', { visible: true })),
      })}
      ${askButton(asking, {
        about: 'hide',
        words: 'Hide',
        label: 'Hide the overlay in OBS',
        disabled: none,
        run: () => ask('hide', () => controller.request('obs.show', { visible: false })),
      })}
      ${askButton(asking, {
        about: 'refresh',
        words: 'Reload if it is black',
        disabled: none,
        run: () => ask('refresh', () => controller.request('obs.refresh', {})),
      })}
    </div>
    ${askFault(asking, 'show', 'hide', 'refresh')}
  </section>`;
}

export function scenesPanel({ view, ask }: AirPanel): TemplateResult {
  const { controller, asking, obs } = view;
  return html`<section class="card glass" aria-labelledby="obs-scenes-title">
    <h3 id="obs-scenes-title">Scenes in OBS</h3>
    <div class="row" role="group" aria-labelledby="obs-scenes-title">
      ${obs.scenes.map((scene) =>
        askButton(asking, {
          about: `scene ${scene}`,
          words: scene,
          pressed: scene === obs.scene,
          run: () => ask(`scene ${scene}`, () => controller.request('obs.scene', { scene })),
        }),
      )}
    </div>
    ${askFault(asking, ...obs.scenes.map((scene) => `scene ${scene}`))}
  </section>`;
}

export function outputsPanel(panel: AirPanel): TemplateResult {
  const { view, recorded, told, record } = panel;
  const { asking, obs } = view;
  return html`<section class="card glass" aria-labelledby="outputs-title">
    <h3 id="outputs-title">Recording and streaming</h3>
    <div class="row">
      ${askButton(asking, {
        about: 'record',
        words: obs.recording ? 'Stop recording' : 'Start recording',
        ...(obs.recording ? { kind: 'danger' as const } : {}),
        run: () => record(obs.recording ? 'stop' : 'start'),
      })}
      ${
        obs.recording
          ? html`<span class="badge on-air">recording</span>
              <span class="time">${recorded === undefined ? nothing : durationWords(recorded)}</span>`
          : nothing
      }
    </div>
    ${streaming(panel)}
    <form
      class="row"
      @submit=${(event: Event) => {
        event.preventDefault();
        const input = (event.target as HTMLFormElement).querySelector('input');
        if (!input) return;
        panel.chapter(input.value.trim());
        input.value = '';
      }}
    >
      <label class="field grow">
        <span>Chapter</span>
        <input type="text" required maxlength="200" autocomplete="off" ?disabled=${!obs.recording} placeholder=${obs.recording ? 'Second verse' : 'while OBS records'} />
      </label>
      <button type="submit" class="chapter" ?disabled=${!obs.recording} aria-busy=${asking.isPending('chapter') ? 'true' : 'false'}>Mark</button>
    </form>
    <p class="help" role="status">${told ?? ''}</p>
    ${askFault(asking, 'record', 'stream', 'chapter')}
  </section>`;
}

function streaming({ view, confirming, confirm, ask }: AirPanel): TemplateResult {
  const { controller, asking, obs } = view;
  const run = (to: 'start' | 'stop') => {
    confirm(undefined);
    ask('stream', () => controller.request('obs.stream', { to }));
  };
  // Asked for while somebody else did it: there is nothing to confirm any more.
  const asked = confirming === (obs.streaming ? 'stop' : 'start') ? confirming : undefined;
  return html`<div class="row">
      ${askButton(asking, {
        about: 'stream',
        words: obs.streaming ? 'Stop streaming …' : 'Start streaming …',
        run: () => confirm(obs.streaming ? 'stop' : 'start'),
      })}
      ${obs.streaming ? html`<span class="badge on-air">streaming</span>` : nothing}
    </div>
    ${
      asked
        ? html`<div class="confirm" role="group" aria-label="Confirm">
            <p>
              ${
                asked === 'start'
                  ? 'Everybody sees you then, on the platform that is set up in OBS.'
                  : 'The stream ends for everybody who watches.'
              }
            </p>
            <div class="row">
              <button type="button" class="danger yes" @click=${() => run(asked)}>
                ${asked === 'start' ? 'Start the stream' : 'End the stream'}
              </button>
              <button type="button" @click=${() => confirm(undefined)}>Not now</button>
            </div>
          </div>`
        : nothing
    }`;
}
