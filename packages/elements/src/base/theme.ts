import { css } from 'lit';

/**
 * The look that all elements share: dark glass. Each value is a custom property with a default, so that a page
 * changes it from outside. The surface is dark enough for AA contrast with a white picture behind it.
 */
export const theme = css`
  :host {
    --_accent: var(--pose-accent, #38bdf8);
    --_on-accent: var(--pose-on-accent, #04121f);
    --_background: var(--pose-background, #0b1120);
    --_surface: var(--pose-surface, rgb(8 14 28 / 0.8));
    --_edge: var(--pose-edge, rgb(148 163 184 / 0.28));
    --_text: var(--pose-text, #f1f5f9);
    --_muted: var(--pose-muted, #cbd5e1);
    --_danger: var(--pose-danger, #fca5a5);
    --_live: var(--pose-live, #e11d48);
    --_radius: var(--pose-radius, 14px);
    --_blur: var(--pose-blur, 14px);
    font-family: var(--pose-font, ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif);
    color: var(--_text);
    color-scheme: dark;
    box-sizing: border-box;
  }
  :host([hidden]) {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: inherit;
  }
  .glass {
    background: var(--_surface);
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    backdrop-filter: blur(var(--_blur)) saturate(1.3);
    -webkit-backdrop-filter: blur(var(--_blur)) saturate(1.3);
  }
  button,
  select,
  .file-button {
    font: inherit;
    color: inherit;
    min-height: 40px;
    padding: 0 14px;
    border-radius: 10px;
    border: 1px solid var(--_edge);
    background: rgb(148 163 184 / 0.14);
    cursor: pointer;
    display: inline-flex;
    align-items: center;
    gap: 8px;
    transition:
      background 0.15s ease,
      border-color 0.15s ease;
  }
  button:hover,
  select:hover,
  .file-button:hover {
    background: rgb(148 163 184 / 0.26);
  }
  select option {
    color: #f1f5f9;
    background: #0f172a;
  }
  button.primary {
    background: var(--_accent);
    border-color: transparent;
    color: var(--_on-accent);
    font-weight: 650;
  }
  button.primary:hover {
    background: color-mix(in srgb, var(--_accent) 84%, white);
  }
  button[aria-pressed='true'] {
    border-color: var(--_accent);
    background: color-mix(in srgb, var(--_accent) 24%, transparent);
  }
  button:disabled,
  select:disabled {
    cursor: default;
    opacity: 0.55;
  }
  :focus-visible,
  .file-button:focus-within {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  .only-read {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation: none !important;
      transition: none !important;
    }
  }
`;
