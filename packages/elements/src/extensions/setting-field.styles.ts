import { css } from 'lit';

/** Switches and fields, in the look of all elements. */
export const settingFieldStyles = css`
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
