import { html, nothing, type TemplateResult } from 'lit';
import { PARTS, SLOTS } from '../base/names.ts';
import type { LiveState, PoseCoachState } from './coach-state.ts';
import { ICONS } from './icons.ts';

/** What the bar shows, and what its buttons ask for. */
export interface ControlBarContext {
  readonly state: PoseCoachState;
  readonly live: LiveState;
  readonly mirror: boolean;
  readonly showStats: boolean;
  readonly showAngles: boolean;
  readonly showPicker: boolean;
  /** Whether there is a server to go live on. */
  readonly canGoLive: boolean;
  command(command: ControlCommand): void;
}

export type ControlCommand = 'pause' | 'mirror' | 'stats' | 'angles' | 'source' | 'live';

/** Keys, while the focus is inside the element. Escape closes the picker besides. */
const SHORTCUTS: Readonly<Record<string, ControlCommand>> = {
  ' ': 'pause',
  m: 'mirror',
  n: 'stats',
  a: 'angles',
  s: 'source',
  l: 'live',
};

/** What a key asks for, unless it belongs to what has the focus: a field, or Space on a button. */
export function shortcut(event: KeyboardEvent): ControlCommand | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return undefined;
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return undefined;
  if (target.matches('input, select, textarea, [contenteditable]')) return undefined;
  if (event.key === ' ' && target.matches('button, summary, a')) return undefined;
  return SHORTCUTS[event.key.toLowerCase()];
}

/** The row of buttons at the lower edge. */
export function controlBar(context: ControlBarContext): TemplateResult {
  const { state, live } = context;
  const goes = ['running', 'loading', 'reconnecting'].includes(state.status);
  const onAir = live.status !== 'off';
  return html`<div class="bar glass" part=${PARTS.controls} role="group" aria-label="Controls">
    <button
      type="button"
      part=${PARTS.button}
      aria-keyshortcuts="Space"
      title="Space"
      @click=${() => context.command('pause')}
    >
      ${goes ? ICONS.pause : ICONS.play}<span class="word">${pauseLabel(state)}</span>
    </button>
    ${toggle(context, 'mirror', 'Mirror', 'm', context.mirror)}
    ${toggle(context, 'stats', 'Numbers', 'n', context.showStats)}
    ${toggle(context, 'angles', 'Angles', 'a', context.showAngles)}
    <button
      type="button"
      part=${PARTS.button}
      aria-expanded=${context.showPicker ? 'true' : 'false'}
      aria-controls="picker"
      aria-keyshortcuts="S"
      title="S"
      @click=${() => context.command('source')}
    >
      ${ICONS.source}<span class="word">Source</span>
    </button>
    <slot name=${SLOTS.controls}></slot>
    <span class="spring"></span>
    ${
      context.canGoLive
        ? html`<button
            type="button"
            class="go-live"
            part=${PARTS.button}
            aria-pressed=${onAir ? 'true' : 'false'}
            aria-keyshortcuts="L"
            title="L"
            @click=${() => context.command('live')}
          >
            ${ICONS.live}<span class="word">${onAir ? 'End live' : 'Go live'}</span>
          </button>`
        : nothing
    }
  </div>`;
}

function pauseLabel(state: PoseCoachState): string {
  switch (state.status) {
    case 'running':
    case 'loading':
    case 'reconnecting':
      return 'Pause';
    case 'paused':
      return 'Go on';
    case 'ended':
      return 'Again';
    case 'idle':
    case 'error':
      return 'Start';
  }
}

function toggle(
  context: ControlBarContext,
  command: ControlCommand,
  label: string,
  key: string,
  on: boolean,
): TemplateResult {
  return html`<button
    type="button"
    part=${PARTS.button}
    aria-pressed=${on ? 'true' : 'false'}
    aria-keyshortcuts=${key.toUpperCase()}
    title=${key.toUpperCase()}
    @click=${() => context.command(command)}
  >
    ${ICONS[command === 'pause' ? 'play' : command]}<span class="word">${label}</span>
  </button>`;
}
