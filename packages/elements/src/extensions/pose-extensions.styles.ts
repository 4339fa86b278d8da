import { css } from 'lit';
import { theme } from '../base/theme.ts';

/** Switches and fields, in the look of all elements. */
const fields = css`
  .switch {
    appearance: none;
    flex: none;
    position: relative;
    width: 44px;
    height: 24px;
    margin: 0;
    border-radius: 12px;
    border: 1px solid var(--_muted);
    background: transparent;
    cursor: pointer;
    transition: background 0.15s ease;
  }
  .switch::before {
    content: '';
    position: absolute;
    inset: 3px auto 3px 3px;
    width: 16px;
    border-radius: 50%;
    background: var(--_muted);
    transition: translate 0.15s ease;
  }
  .switch:checked {
    background: var(--_accent);
    border-color: var(--_accent);
  }
  .switch:checked::before {
    background: var(--_on-accent);
    translate: 20px 0;
  }
  @media (forced-colors: active) {
    .switch {
      appearance: auto;
    }
    .switch::before {
      content: none;
    }
  }
  input[type='text'],
  input[type='number'],
  textarea,
  select {
    font: inherit;
    min-height: 36px;
    padding: 4px 10px;
    border-radius: 10px;
    border: 1px solid var(--_edge);
    color: var(--_text);
    background: rgb(148 163 184 / 0.14);
    width: 100%;
  }
  textarea {
    font-family: ui-monospace, monospace;
    font-size: 13px;
    resize: vertical;
  }
  input[type='number'] {
    width: 7em;
    flex: none;
    font-variant-numeric: tabular-nums;
  }
  input[type='range'] {
    flex: 1;
    min-width: 80px;
    height: 24px;
    margin: 0;
    accent-color: var(--_accent);
  }
  input[type='color'] {
    width: 64px;
    height: 36px;
    padding: 2px;
    border-radius: 10px;
    border: 1px solid var(--_edge);
    background: none;
  }
  [aria-invalid='true'] {
    border-color: var(--_danger) !important;
  }
`;

/** The look of `<pose-extensions>`. */
export const poseExtensionsStyles = [
  theme,
  fields,
  css`
    :host {
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
    .failed .state {
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
    .commands {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
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
