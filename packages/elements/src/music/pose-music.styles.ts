import { css } from 'lit';
import { theme } from '../base/theme.ts';

/** The look of `<pose-music>`. */
export const poseMusicStyles = [
  theme,
  css`
    :host {
      /* Opaque: other than on a stage, nobody knows what is behind it. */
      --_surface: var(--pose-surface, #0b1120);
      display: block;
      font-size: 14px;
      line-height: 1.4;
    }
    .panel {
      display: grid;
      gap: 12px;
      padding: 12px;
    }
    h3,
    p {
      margin: 0;
    }
    h3 {
      font-size: 14px;
      line-height: 1.3;
    }
    .sources,
    .claps {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px;
    }
    .file-button {
      position: relative;
    }
    .file-button.on {
      border-color: var(--_accent);
      background: color-mix(in srgb, var(--_accent) 24%, transparent);
    }
    input[type='file'] {
      position: absolute;
      inset: 0;
      width: 100%;
      opacity: 0;
      cursor: pointer;
    }
    .which {
      display: grid;
      gap: 4px;
      color: var(--_muted);
      font-size: 13px;
    }
    select {
      width: 100%;
      color: var(--_text);
    }
    audio {
      width: 100%;
      height: 44px;
    }
    .song {
      color: var(--_muted);
      overflow-wrap: anywhere;
    }
    .heard {
      display: grid;
      grid-template-columns: auto 1fr;
      align-items: center;
      gap: 4px 12px;
    }
    .pulse {
      width: 30px;
      height: 30px;
      fill: var(--_accent);
      opacity: 0.3;
    }
    .odd {
      animation: odd 0.45s ease-out;
    }
    .even {
      animation: even 0.45s ease-out;
    }
    @keyframes odd {
      from {
        opacity: 1;
        scale: 1.25;
      }
    }
    @keyframes even {
      from {
        opacity: 1;
        scale: 1.25;
      }
    }
    .tempo {
      font-size: 24px;
      font-weight: 650;
      line-height: 1.2;
      font-variant-numeric: tabular-nums;
    }
    .unit {
      margin-inline-start: 4px;
      font-size: 14px;
      font-weight: 400;
      color: var(--_muted);
    }
    .level {
      grid-column: 1 / -1;
      display: block;
      width: 100%;
      height: 6px;
      border-radius: 3px;
    }
    .track {
      fill: rgb(148 163 184 / 0.3);
    }
    .value {
      fill: var(--_accent);
    }
    .words {
      color: var(--_muted);
    }
    .error {
      color: var(--_danger);
    }
  `,
];
