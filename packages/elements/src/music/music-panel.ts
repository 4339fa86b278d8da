import type { PoseCoachError } from '@pose-coach/core';
import type { MicrophoneDevice, MusicState } from '@pose-coach/core/music';
import { html, nothing, type TemplateResult } from 'lit';
import { PARTS } from '../base/names.ts';
import { CLAPS, type Clapping } from './clapping.ts';
import { LOWEST_LEVEL, levelShare, type MusicChoice } from './music-words.ts';

/** All that the panel shows, and what its buttons do. */
export interface MusicView {
  readonly choice: MusicChoice;
  readonly heard: MusicState | undefined;
  /** How many beats there were: each is a pulse. */
  readonly beats: number;
  readonly words: string;
  readonly error: PoseCoachError | undefined;
  readonly microphones: readonly MicrophoneDevice[];
  readonly deviceId: string | undefined;
  readonly song: { readonly name: string; readonly url: string } | undefined;
  readonly clapping: Clapping | undefined;
  /** What clapping has told. */
  readonly calibrated: string;
  readonly canShareTab: boolean;
  readonly canHearVideo: boolean;
  readonly canCalibrate: boolean;
  /** It could be calibrated, and has not been. */
  readonly isUnmeasured: boolean;
  off(): void;
  hear(choice: 'microphone' | 'tab' | 'video'): void;
  chooseMicrophone(deviceId: string): void;
  chooseFile(file: File): void;
  songFailed(): void;
  calibrate(): void;
}

/** The whole of `<pose-music>`. */
export function musicPanel(view: MusicView): TemplateResult {
  return html`<section class="panel glass" part=${PARTS.panel} aria-label="Music">
    <h3>Music</h3>
    <div class="sources" role="group" aria-label="Where the music comes from">
      ${button('Off', view.choice === 'off', view.off)}
      ${button('Microphone', view.choice === 'microphone', () => view.hear('microphone'))}
      ${view.canShareTab ? button('Another tab', view.choice === 'tab', () => view.hear('tab')) : nothing}
      ${view.canHearVideo ? button('This video', view.choice === 'video', () => view.hear('video')) : nothing}
      ${fileButton(view)}
    </div>
    ${view.choice === 'microphone' ? microphonePicker(view) : nothing} ${player(view)}
    ${view.heard ? tempo(view.heard, view.beats) : nothing}
    <p class="words" role="status">${view.words}</p>
    ${view.error ? html`<p class="error" role="alert">${view.error.message}</p>` : nothing}
    ${view.canCalibrate ? calibration(view) : nothing}
  </section>`;
}

function button(label: string, pressed: boolean, act: () => void): TemplateResult {
  return html`<button type="button" part=${PARTS.button} aria-pressed=${pressed ? 'true' : 'false'} @click=${act}>
    ${label}
  </button>`;
}

function fileButton({ choice, chooseFile }: MusicView): TemplateResult {
  const choose = (event: Event) => {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    // Emptied, so that choosing the same file again is a choice again.
    input.value = '';
    if (file) chooseFile(file);
  };
  return html`<label class="file-button ${choice === 'file' ? 'on' : ''}" part=${PARTS.button}>
    A file…
    <input type="file" accept="audio/*,video/*" aria-label="A file with music" @change=${choose} />
  </label>`;
}

/** Nothing to choose from until the browser tells their names. */
function microphonePicker({ microphones, deviceId, chooseMicrophone }: MusicView) {
  if (microphones.length < 2) return nothing;
  const choose = (event: Event) => chooseMicrophone((event.target as HTMLSelectElement).value);
  return html`<label class="which">
    Which microphone
    <select @change=${choose}>
      <option value="" ?selected=${deviceId === undefined}>The browser’s choice</option>
      ${microphones.map(
        (one) =>
          html`<option value=${one.deviceId} ?selected=${one.deviceId === deviceId}>${one.label}</option>`,
      )}
    </select>
  </label>`;
}

function player({ song, songFailed }: MusicView) {
  if (!song) return nothing;
  return html`<div>
    <p class="song">${song.name}</p>
    <audio controls src=${song.url} aria-label=${song.name} @error=${songFailed}></audio>
  </div>`;
}

/** Beat, tempo and loudness. */
function tempo(heard: MusicState, beats: number): TemplateResult {
  const bpm = heard.kind === 'beat' ? Math.round(heard.bpm) : undefined;
  const level = 'level' in heard ? heard.level : LOWEST_LEVEL;
  return html`<div class="heard">
    <svg class="pulse ${flashes(beats)}" viewBox="0 0 10 10" aria-hidden="true">
      <circle cx="5" cy="5" r="4"></circle>
    </svg>
    <p class="tempo">
      ${bpm ?? html`<span aria-hidden="true">–</span><span class="only-read">No tempo yet,</span>`}<span class="unit"
        >BPM</span
      >
    </p>
    <svg
      class="level"
      viewBox="0 0 100 6"
      preserveAspectRatio="none"
      role="meter"
      aria-label="Loudness"
      aria-valuemin=${LOWEST_LEVEL}
      aria-valuemax="0"
      aria-valuenow=${Math.round(Math.min(0, Math.max(LOWEST_LEVEL, level)))}
      aria-valuetext=${`${Math.round(level)} decibels`}
    >
      <rect class="track" width="100" height="6"></rect>
      <rect class="value" width=${(100 * levelShare(level)).toFixed(1)} height="6"></rect>
    </svg>
  </div>`;
}

/** Two pulses that look alike: changing from one to the other begins it anew. */
function flashes(beats: number): string {
  if (beats === 0) return '';
  return beats % 2 === 0 ? 'even' : 'odd';
}

/** Sound and picture brought together by clapping. */
function calibration({ clapping, calibrated, calibrate, isUnmeasured }: MusicView): TemplateResult {
  const claps = clapping?.kind === 'clapping' ? clapping : undefined;
  const unmeasured = isUnmeasured ? 'Not calibrated yet: “ahead” and “behind” are only rough.' : '';
  return html`<div class="claps">
    <button type="button" part=${PARTS.button} @click=${calibrate}>
      ${claps ? 'Stop clapping' : 'Calibrate by clapping'}
    </button>
    <p class="words" role="status">
      ${
        claps
          ? `Turn the music off, face the camera, and clap ${CLAPS} times, about once a second. Seen: ${claps.seen}, heard: ${claps.heard}.`
          : calibrated || unmeasured
      }
    </p>
  </div>`;
}
