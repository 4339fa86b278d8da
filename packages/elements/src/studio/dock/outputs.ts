import type { ObsConnected } from '@pose-coach/core/stage';
import { html, type TemplateResult } from 'lit';
import { durationWords } from '../obs/duration-words.ts';
import { askButton } from '../shared/ask-button.ts';
import type { Asking } from '../shared/asking.ts';

/** What OBS records and streams, and how to change it. */
export interface Outputs {
  readonly obs: ObsConnected;
  /** When `obs` came, ms since the Unix epoch. */
  readonly obsSince: number;
  readonly asking: Asking;
  readonly disabled: boolean;
  /** Whether ending the stream was asked for once. */
  readonly sure: boolean;
  record(to: 'start' | 'stop'): void;
  stream(to: 'start' | 'stop'): void;
}

/** Two buttons, red while what they stop goes on. */
export function outputs({ obs, obsSince, asking, disabled, sure, record, stream }: Outputs): TemplateResult {
  const { recording, streaming, recordedFor = 0 } = obs;
  const recorded = durationWords(recordedFor + Date.now() - obsSince);
  const streamWords = !streaming ? 'Stream' : sure ? 'Press again to end' : 'End stream';
  return html`<div class="pair">
    ${askButton(asking, {
      about: 'obs.record',
      words: html`<span class="dot" aria-hidden="true"></span>${
        recording
          ? html`<span>Stop<span class="only-read"> recording</span></span><span aria-hidden="true">${recorded}</span>`
          : 'Record'
      }`,
      disabled,
      ...goesOn(recording),
      run: () => record(recording ? 'stop' : 'start'),
    })}
    ${askButton(asking, {
      about: 'obs.stream',
      words: html`<span class="dot" aria-hidden="true"></span>${streamWords}`,
      disabled,
      ...goesOn(streaming),
      run: () => stream(streaming ? 'stop' : 'start'),
    })}
    <span class="only-read" role="status">${sure ? 'Press again to end the stream.' : ''}</span>
  </div>`;
}

function goesOn(on: boolean): { readonly kind?: 'danger' } {
  return on ? { kind: 'danger' } : {};
}
