import { html, nothing, type TemplateResult } from 'lit';
import { PARTS, SLOTS } from '../base/names.ts';
import { hasGivenUp, isOnAir, type LiveState, type PoseCoachState } from './coach-state.ts';
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
  const wantsLive = live.status !== 'off' && !hasGivenUp(live);
  return html`<div class="bar glass" part=${PARTS.controls} role="group" aria-label="Controls">
    ${button(context, 'pause', pauseLabel(state), 'Space', goes ? ICONS.pause : ICONS.play)}
    ${button(context, 'mirror', 'Mirror', 'M', ICONS.mirror, context.mirror)}
    ${button(context, 'stats', 'Numbers', 'N', ICONS.stats, context.showStats)}
    ${button(context, 'angles', 'Angles', 'A', ICONS.angles, context.showAngles)}
    ${button(context, 'source', 'Source', 'S', ICONS.source)}
    <slot name=${SLOTS.controls}></slot>
    <span class="spring"></span>
    ${
      context.canGoLive
        ? button(context, 'live', wantsLive ? 'End live' : 'Go live', 'L', ICONS.live, wantsLive)
        : nothing
    }
  </div>`;
}

/** @param pressed for a button that stays down: whether it is */
function button(
  context: ControlBarContext,
  command: ControlCommand,
  label: string,
  key: string,
  icon: TemplateResult,
  pressed?: boolean,
): TemplateResult {
  const opensPicker = command === 'source';
  return html`<button
    type="button"
    class=${command === 'live' && isOnAir(context.live, context.state) ? 'live' : ''}
    part=${PARTS.button}
    aria-pressed=${pressed ?? nothing}
    aria-expanded=${opensPicker ? context.showPicker : nothing}
    aria-controls=${opensPicker ? 'picker' : nothing}
    aria-keyshortcuts=${key}
    title=${key}
    @click=${() => context.command(command)}
  >
    ${icon}<span class="word">${label}</span>
  </button>`;
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
