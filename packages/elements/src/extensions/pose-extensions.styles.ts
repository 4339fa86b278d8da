import { css } from 'lit';
import { theme } from '../base/theme.ts';
import { settingFieldStyles } from './setting-field.styles.ts';

/** The look of `<pose-extensions>`. */
export const poseExtensionsStyles = [
  theme,
  settingFieldStyles,
  css`
    :host {
      /* Opaque: other than on a stage, nobody knows what is behind it. */
      --_surface: var(--pose-surface, #0b1120);
      display: block;
      container-type: inline-size;
      font-size: 14px;
      line-height: 1.45;
    }
    .list {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 360px), 1fr));
      gap: 12px;
      align-items: start;
    }
    .card {
      padding: 16px;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    .card > :last-child {
      margin-bottom: 0;
    }
    header {
      display: flex;
      gap: 12px;
      align-items: flex-start;
      justify-content: space-between;
    }
    h3,
    h4,
    p {
      margin: 0;
    }
    h3 {
      font-size: 16px;
      line-height: 1.3;
    }
    h4 {
      font-size: 13px;
      font-weight: 600;
      color: var(--_muted);
      margin-bottom: 6px;
    }
    .by,
    .from,
    .help,
    .unit,
    .none,
    time {
      color: var(--_muted);
      font-size: 13px;
    }
    .signs {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
      margin: 8px 0;
    }
    .sign {
      padding: 2px 10px;
      border: 1px solid var(--_edge);
      border-radius: 999px;
      font-size: 12px;
      color: var(--_muted);
    }
    .state {
      color: var(--_text);
      font-weight: 600;
    }
    .active .state {
      border-color: var(--_accent);
    }
    .bad .state {
      color: var(--_danger);
      border-color: var(--_danger);
    }
    .about,
    .from,
    .answers,
    .failure,
    section,
    dl,
    .permissions,
    details {
      margin: 0 0 12px;
    }
    .failure,
    .fault li,
    .refused,
    .error {
      color: var(--_danger);
    }
    .failure {
      padding: 8px 12px;
      border: 1px solid var(--_danger);
      border-radius: 10px;
    }
    .failure strong {
      display: block;
      font-size: 12px;
    }
    code {
      font-family: ui-monospace, monospace;
      font-size: 12px;
      padding: 1px 5px;
      border-radius: 5px;
      background: rgb(2 6 23 / 0.6);
    }
    ul,
    ol {
      margin: 0;
      padding-inline-start: 1.2em;
    }
    .permissions {
      list-style: none;
      padding: 0;
      font-size: 13px;
    }
    .permissions li::before {
      content: '✓ ' / '';
      color: var(--_accent);
    }
    .permissions .open::before {
      content: '? ' / '';
    }
    .permissions .open,
    .permissions .not {
      color: var(--_muted);
    }
    .permissions .not::before {
      content: '✕ ' / '';
      color: var(--_danger);
    }
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(56px, 1fr));
      gap: 6px 12px;
      font-variant-numeric: tabular-nums;
    }
    dt {
      font-size: 12px;
      color: var(--_muted);
    }
    dd {
      margin: 0;
      font-weight: 650;
    }
    details > :last-child {
      margin-bottom: 0;
    }
    details dl {
      margin: 8px 0;
    }
    .commands {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .commands + [role='status'] > * {
      margin-top: 8px;
    }
    [aria-disabled='true'] {
      cursor: default;
      opacity: 0.55;
    }
    kbd {
      font: inherit;
      font-size: 12px;
      padding: 0 6px;
      border: 1px solid var(--_edge);
      border-radius: 5px;
      color: var(--_muted);
    }
    .setting + .setting {
      margin-top: 12px;
      padding-top: 12px;
      border-top: 1px solid var(--_edge);
    }
    .setting:has(.switch) {
      display: grid;
      grid-template-columns: 1fr auto;
      gap: 4px 12px;
      align-items: center;
    }
    .setting:has(.switch) .help {
      grid-column: 1 / -1;
    }
    .line {
      display: flex;
      gap: 10px;
      align-items: center;
      justify-content: space-between;
      min-height: 32px;
    }
    .setting > .line:first-child {
      margin-bottom: 6px;
    }
    label {
      font-weight: 600;
    }
    .small {
      min-height: 28px;
      padding: 0 10px;
      font-size: 12px;
      border-radius: 8px;
    }
    .help:not(:empty) {
      margin-top: 4px;
    }
    summary {
      cursor: pointer;
      border-radius: 6px;
      color: var(--_muted);
    }
    ol {
      list-style: none;
      padding: 0;
      margin-top: 6px;
      max-height: 200px;
      overflow: auto;
      font-size: 12px;
    }
    .none {
      padding: 12px 16px;
    }
  `,
];
