import { css } from 'lit';
import { panelStyles } from '../shared/panel.styles.ts';

/** Made for 300 × 500 CSS pixels and up: one column, and two where there is room. */
export const poseDockStyles = [
  ...panelStyles,
  css`
    :host {
      font-size: 14px;
    }
    .dock {
      display: grid;
      gap: 10px;
      padding: 10px;
    }
    .status {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 6px;
    }
    .numbers {
      margin-left: auto;
      color: var(--_muted);
      font-size: 13px;
      font-variant-numeric: tabular-nums;
    }
    .card {
      padding: 10px 12px;
    }
    h3 {
      margin-bottom: 6px;
      font-size: 13px;
      font-weight: 600;
      color: var(--_muted);
    }
    .pair,
    .choices {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(8.2em, 100%), 1fr));
      gap: 6px;
    }
    .pair + .pair,
    .choices + .pair,
    .choices + .row,
    .pair + p,
    p + .pair,
    .row + .pair {
      margin-top: 8px;
    }
    .pair button,
    .choice {
      justify-content: center;
      min-height: 44px;
      padding: 4px 8px;
      text-align: center;
      overflow-wrap: anywhere;
    }
    .choice[aria-pressed='true'] {
      font-weight: 650;
    }
    .pair .danger:hover {
      background: color-mix(in srgb, var(--_live) 84%, black);
    }
    .pair .danger {
      font-variant-numeric: tabular-nums;
    }
    .dot {
      flex: none;
      width: 10px;
      height: 10px;
      border: 2px solid currentcolor;
      border-radius: 50%;
    }
    .danger .dot {
      border: 0;
      border-radius: 2px;
      background: white;
    }
    .points {
      display: flex;
      align-items: center;
      gap: 12px;
    }
    .points dl {
      display: flex;
      flex: 1;
      gap: 14px;
      margin: 0;
    }
    .points dt {
      color: var(--_muted);
      font-size: 12px;
    }
    .points dd {
      margin: 0;
      font-size: 18px;
      font-weight: 650;
      font-variant-numeric: tabular-nums;
    }
    .cues {
      display: grid;
      gap: 6px;
    }
    .cues li {
      display: grid;
      grid-template-columns: auto 1fr auto;
      gap: 8px;
      align-items: baseline;
    }
    .cues time {
      color: var(--_muted);
      font-size: 12px;
      font-variant-numeric: tabular-nums;
    }
    .praise {
      color: #4ade80;
    }
    .hint {
      color: var(--_accent);
    }
    .warning {
      color: #facc15;
    }
    .trouble {
      margin: 0;
      padding: 8px 12px;
      border: 1px solid #facc15;
      border-radius: 10px;
      overflow-wrap: anywhere;
    }
    @container (min-width: 620px) {
      .dock {
        grid-template-columns: repeat(2, minmax(0, 1fr));
        align-items: start;
      }
      .status,
      .trouble {
        grid-column: 1 / -1;
      }
    }
  `,
];
