import type { CueSeverity } from '@pose-coach/core';
import { css } from 'lit';
import { theme } from '../base/theme.ts';

/** Rings have the colour of what is said; each can be told from the skeleton's own colours, and by lightness. */
export const RING_COLORS: Readonly<Record<CueSeverity, string>> = {
  praise: '#86efac',
  hint: '#fde047',
  warning: '#f87171',
};

/** The look of what extensions show on a `<pose-coach>`. */
export const coachLayerStyles = [
  theme,
  css`
    :host {
      position: absolute;
      inset: 0;
      pointer-events: none;
    }
    canvas {
      position: absolute;
      inset: 0 auto auto 0;
    }
    .said {
      position: absolute;
      inset: auto 12px 84px;
      display: flex;
      justify-content: center;
    }
    :host(.bare) .said {
      bottom: 16px;
    }
    .cue {
      display: flex;
      gap: 10px;
      align-items: center;
      max-width: 100%;
      margin: 0;
      padding: 10px 18px;
      font-size: 18px;
      font-weight: 600;
      line-height: 1.3;
      text-wrap: balance;
      animation: arrive 0.2s ease-out;
    }
    @keyframes arrive {
      from {
        opacity: 0;
        translate: 0 8px;
      }
    }
    .mark {
      flex: none;
      width: 12px;
      height: 12px;
      border-radius: 50%;
      background: currentColor;
    }
    .praise .mark {
      color: #86efac;
    }
    .hint .mark {
      color: #fde047;
    }
    .warning .mark {
      color: #f87171;
      border-radius: 2px;
    }
    .warning {
      border-color: #f87171;
    }
    .question {
      position: absolute;
      inset: 50% auto auto 50%;
      translate: -50% -50%;
      width: min(420px, calc(100% - 32px));
      max-height: calc(100% - 32px);
      overflow: auto;
      padding: 18px 22px;
      pointer-events: auto;
    }
    h2 {
      margin: 0 0 8px;
      font-size: 17px;
      line-height: 1.3;
    }
    ul {
      margin: 0 0 10px;
      padding-inline-start: 1.2em;
    }
    .question p {
      margin: 0 0 14px;
      color: var(--_muted);
      font-size: 13px;
      overflow-wrap: anywhere;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      justify-content: flex-end;
      gap: 10px;
    }
  `,
];
