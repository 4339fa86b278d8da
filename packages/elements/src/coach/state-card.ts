import { html, nothing, type TemplateResult } from 'lit';
import { PARTS, SLOTS } from '../base/names.ts';
import type { PoseCoachState, SourceKind } from './coach-state.ts';
import { ACTION_LABELS, ERROR_ADVICE, type ErrorAction, errorAdvice } from './error-advice.ts';
import { ICONS } from './icons.ts';
import { megabytesOf } from './megabytes.ts';

/** What the card needs to know besides the state, and what its buttons do. */
export interface CardContext {
  /** What will be looked at; decides what the start button says. */
  readonly kind: SourceKind | undefined;
  /** Whether a picture is to be seen already, which the card should leave in view. */
  readonly hasPicture: boolean;
  start(): void;
  resume(): void;
  act(action: ErrorAction): void;
}

const START_LABELS: Readonly<Record<SourceKind, string>> = {
  camera: 'Start the camera',
  stream: 'Start',
  video: 'Play the video',
  recording: 'Play the recording',
  custom: 'Start',
};

/** The card in the middle: what is going on, and what can be done. Nothing while it runs. */
export function stateCard(state: PoseCoachState, context: CardContext): TemplateResult | typeof nothing {
  switch (state.status) {
    case 'idle':
      return html`<slot name=${SLOTS.idle}>${idleCard(context)}</slot>`;
    case 'loading':
      return loadingCard(state.loaded, state.total, context);
    case 'running':
      return nothing;
    case 'paused':
      return card(
        'Paused',
        context.kind === 'camera' ? 'The camera is off.' : undefined,
        button('Go on', context.resume, true, ICONS.play),
      );
    case 'ended':
      return card(
        'That was the end',
        undefined,
        html`${button('Play it again', context.start, true, ICONS.play)}
        ${actionButton('source', context, false)}`,
      );
    case 'reconnecting':
      return card(
        ERROR_ADVICE.CAMERA_LOST.title,
        ERROR_ADVICE.CAMERA_LOST.advice,
        html`<progress aria-label="Waiting for the camera"></progress>`,
      );
    case 'error': {
      const { title, advice, actions, needsMessage } = errorAdvice(state.error.code);
      return card(
        title,
        advice,
        html`${actions.map((action, index) => actionButton(action, context, index === 0))}`,
        html`<details class="detail" ?open=${needsMessage}>
          <summary>Details</summary>
          ${state.error.message}
        </details>`,
      );
    }
  }
}

function idleCard(context: CardContext): TemplateResult {
  const kind = context.kind ?? 'camera';
  return card(
    'See yourself move',
    kind === 'camera'
      ? 'Poses are found right here in your browser: no picture leaves this device.'
      : undefined,
    html`${button(START_LABELS[kind], context.start, true, ICONS.play)}
      ${
        kind === 'camera'
          ? html`${actionButton('sample', context, false)}${actionButton('source', context, false)}`
          : nothing
      }`,
  );
}

function loadingCard(loaded: number, total: number, context: CardContext): TemplateResult {
  const known = total > 0;
  const ready = known && loaded >= total;
  const waitsForCamera = context.kind === 'camera' && !context.hasPicture;
  const text = megabytesOf(loaded, total);
  const title = ready || !known ? 'Getting ready…' : 'Loading the pose model…';
  return html`<div
    class="card glass ${context.hasPicture ? 'low' : ''}"
    part=${PARTS.panel}
    role="group"
    aria-label="Loading"
  >
    <h2>${title}</h2>
    ${waitsForCamera ? html`<p>Allow the camera when your browser asks for it.</p>` : nothing}
    <progress
      aria-label="Loading"
      aria-valuetext=${text ?? 'getting ready'}
      max=${known && !ready ? total : nothing}
      value=${known && !ready ? loaded : nothing}
    ></progress>
    ${text ? html`<p class="detail">${text}</p>` : nothing}
  </div>`;
}

function card(
  title: string,
  text: string | undefined,
  actions: TemplateResult,
  detail?: TemplateResult,
): TemplateResult {
  return html`<div
    class="card glass ${detail === undefined ? '' : 'error'}"
    part=${PARTS.panel}
    role="group"
    aria-label=${title}
  >
    <h2>${title}</h2>
    ${text === undefined ? nothing : html`<p>${text}</p>`}
    <div class="actions">${actions}</div>
    ${detail ?? nothing}
  </div>`;
}

function actionButton(action: ErrorAction, context: CardContext, primary: boolean): TemplateResult {
  return button(ACTION_LABELS[action], () => context.act(action), primary);
}

function button(label: string, act: () => void, primary: boolean, icon?: TemplateResult): TemplateResult {
  return html`<button class=${primary ? 'primary' : ''} part=${PARTS.button} type="button" @click=${act}>
    ${icon} ${label}
  </button>`;
}
