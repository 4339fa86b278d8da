import { css } from 'lit';
import { theme } from '../../base/theme.ts';
import { settingFieldStyles } from '../../extensions/setting-field.styles.ts';

/** What the studio's panels have in common: cards of dark glass, fields, lists of what was done. */
export const panelStyles = [
  theme,
  settingFieldStyles,
  css`
    :host {
      --_surface: var(--pose-surface, rgb(11 17 32 / 0.92));
      display: block;
      container-type: inline-size;
      font-size: 15px;
      line-height: 1.45;
    }
    /* Not inherited: what is inside of <details> would have none to inherit. */
    *,
    *::before,
    *::after {
      box-sizing: border-box;
    }
    .cards {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      align-items: start;
      gap: 12px;
    }
    .column {
      display: grid;
      gap: 12px;
      min-width: 0;
    }
    .card {
      padding: 16px 18px;
      min-width: 0;
    }
    h3 {
      margin: 0 0 8px;
      font-size: 16px;
      line-height: 1.4;
      overflow-wrap: anywhere;
    }
    p {
      margin: 0 0 10px;
    }
    p:last-child {
      margin-bottom: 0;
    }
    .help,
    .none {
      color: var(--_muted);
      font-size: 13px;
    }
    .fault {
      margin: 10px 0 0;
      padding: 8px 12px;
      border: 1px solid var(--_danger);
      border-radius: 10px;
      color: var(--_danger);
      overflow-wrap: anywhere;
    }
    .row {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
    }
    .row + .row,
    .row + .help,
    .help + .row,
    .row + details {
      margin-top: 10px;
    }
    .grow {
      flex: 1;
      min-width: 0;
    }
    .plain {
      list-style: none;
      margin: 0;
      padding: 0;
    }
    button,
    select {
      border-radius: 10px;
    }
    button.small {
      min-height: 32px;
      padding: 0 11px;
      font-size: 13px;
    }
    button.big {
      min-height: 52px;
      padding: 0 26px;
      font-size: 17px;
    }
    button.danger {
      border-color: transparent;
      color: white;
      background: var(--_live);
    }
    button[aria-busy='true'] {
      cursor: progress;
      opacity: 0.7;
    }
    .fields {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(13em, 100%), 1fr));
      gap: 10px 12px;
      align-items: end;
    }
    .fields > button {
      justify-self: start;
    }
    .field {
      display: grid;
      gap: 4px;
      min-width: 0;
    }
    .field > span:not(.pair) {
      color: var(--_muted);
      font-size: 13px;
    }
    .pair {
      display: flex;
      align-items: center;
      gap: 8px;
    }
    .pair > span {
      color: var(--_muted);
      font-size: 13px;
    }
    .field input[type='number'] {
      width: 100%;
      flex: 1;
    }
    input[type='text'],
    input[type='password'],
    input[type='url'],
    input[type='number'],
    select {
      font: inherit;
      width: 100%;
      min-width: 0;
      min-height: 40px;
      padding: 4px 10px;
      border-radius: 10px;
      border: 1px solid var(--_edge);
      color: var(--_text);
      background: rgb(148 163 184 / 0.14);
    }
    .check {
      display: inline-flex;
      align-items: center;
      gap: 8px;
      cursor: pointer;
    }
    .check input {
      width: 18px;
      height: 18px;
      margin: 0;
      accent-color: var(--_accent);
    }
    summary {
      padding: 4px 0;
      cursor: pointer;
    }
    .badge {
      flex: none;
      padding: 1px 9px;
      border-radius: 999px;
      font-size: 12px;
      font-weight: 650;
      color: var(--_text);
      background: rgb(148 163 184 / 0.22);
    }
    .badge.good {
      color: #052e16;
      background: #4ade80;
    }
    .badge.warn {
      color: #2a1a00;
      background: #facc15;
    }
    .badge.on-air {
      color: white;
      background: var(--_live);
    }
    .empty {
      display: grid;
      place-content: center;
      justify-items: center;
      gap: 6px;
      min-height: 240px;
      padding: 24px;
      text-align: center;
    }
    .empty p {
      max-width: 46ch;
      color: var(--_muted);
    }
    @container (max-width: 760px) {
      .cards {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
];
