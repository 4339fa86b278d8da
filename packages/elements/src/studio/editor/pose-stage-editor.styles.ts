import { css } from 'lit';
import { theme } from '../../base/theme.ts';
import { settingFieldStyles } from '../../extensions/setting-field.styles.ts';
import { editorPanelStyles } from './editor-panels.styles.ts';

/** The look of `<pose-stage-editor>`. */
export const poseStageEditorStyles = [
  theme,
  settingFieldStyles,
  editorPanelStyles,
  css`
    :host {
      --_surface: var(--pose-surface, rgb(11 17 32 / 0.92));
      display: block;
      container-type: inline-size;
      min-height: 540px;
      padding: 10px;
      border-radius: var(--_radius);
      background: var(--_background);
      font-size: 14px;
      line-height: 1.4;
    }
    .editor {
      display: grid;
      grid-template:
        'bar bar bar' auto
        'left middle right' minmax(0, 1fr) / 252px minmax(0, 1fr) 308px;
      gap: 10px;
      height: 100%;
    }
    .left,
    .right {
      min-height: 0;
      overflow: auto;
      overscroll-behavior: contain;
      scrollbar-width: thin;
      scrollbar-color: rgb(148 163 184 / 0.4) transparent;
    }
    .left {
      grid-area: left;
      display: flex;
      flex-direction: column;
    }
    .middle {
      grid-area: middle;
      position: relative;
      min-height: 0;
      display: grid;
    }
    .right {
      grid-area: right;
    }
    pose-stage-canvas {
      border: 1px solid var(--_edge);
      border-radius: var(--_radius);
      min-height: 0;
    }
    section {
      padding: 12px;
    }
    section + section,
    section + .add {
      border-top: 1px solid var(--_edge);
    }
    section > header {
      display: flex;
      align-items: center;
      gap: 8px;
      margin-bottom: 6px;
    }
    section > header h3 {
      flex: 1;
    }
    h3 {
      margin: 0;
      font-size: 13px;
      line-height: 1.4;
      overflow-wrap: anywhere;
    }
    section > h3 {
      margin-bottom: 6px;
    }

    /* Buttons of a tool: lower than those of a page. */
    button,
    select,
    .file-button {
      min-height: 34px;
      padding: 0 10px;
      border-radius: 9px;
      gap: 6px;
    }
    button.icon,
    .file-button.icon {
      width: 34px;
      padding: 0;
      justify-content: center;
      flex: none;
    }
    button.small {
      min-height: 28px;
      padding: 0 10px;
      font-size: 12px;
    }
    button[hidden] {
      display: none;
    }
    .file-button {
      position: relative;
      overflow: hidden;
    }
    .file-button input {
      position: absolute;
      inset: 0;
      width: 100%;
      opacity: 0;
      cursor: pointer;
    }

    .bar {
      grid-area: bar;
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 18px;
    }
    .group {
      display: inline-flex;
      gap: 6px;
    }
    .bar select {
      width: auto;
    }
    .state {
      margin-left: auto;
      display: inline-flex;
      align-items: center;
      gap: 10px;
      color: var(--_muted);
      font-size: 13px;
    }
    .saved::before {
      content: '';
      display: inline-block;
      width: 8px;
      height: 8px;
      margin-right: 7px;
      border-radius: 50%;
      background: #4ade80;
    }
    .saved.saving::before {
      background: #facc15;
    }
    .saved.off {
      color: var(--_danger);
    }
    .saved.off::before {
      background: var(--_danger);
    }
    .badge {
      flex: none;
      padding: 1px 8px;
      border-radius: 999px;
      font-size: 11px;
      font-weight: 650;
      color: var(--_on-accent);
      background: var(--_accent);
    }
    .badge.on-air {
      color: white;
      background: var(--_live);
    }

    .notice:not(.done, .fault) {
      display: none;
    }
    .notice {
      position: absolute;
      left: 50%;
      bottom: 16px;
      translate: -50% 0;
      max-width: calc(100% - 32px);
      display: flex;
      align-items: center;
      gap: 10px;
      padding: 7px 8px 7px 16px;
      border: 1px solid var(--_edge);
      border-radius: 12px;
      background: #111a2e;
      box-shadow: 0 12px 32px rgb(0 0 0 / 0.5);
      overflow-wrap: anywhere;
    }
    .notice.fault {
      border-color: var(--_danger);
      color: var(--_danger);
    }
    .notice button {
      flex: none;
      color: var(--_text);
    }
    .hidden-note {
      position: absolute;
      top: 12px;
      left: 50%;
      translate: -50% 0;
      display: flex;
      align-items: center;
      gap: 10px;
      padding: 5px 8px 5px 14px;
      border-radius: 12px;
      border: 1px solid #facc15;
      background: #2a2207;
      color: #fde68a;
      white-space: nowrap;
    }
    .empty {
      display: grid;
      place-content: center;
      justify-items: center;
      gap: 6px;
      height: 100%;
      min-height: 320px;
      padding: 24px;
      text-align: center;
    }
    .empty h3 {
      font-size: 17px;
    }
    .empty p {
      margin: 0;
      max-width: 46ch;
      color: var(--_muted);
    }
    .sample-note {
      position: absolute;
      right: 12px;
      top: 12px;
      margin: 0;
      padding: 2px 10px;
      border-radius: 999px;
      font-size: 12px;
      color: var(--_muted);
      background: rgb(8 14 28 / 0.85);
      pointer-events: none;
    }
    .small-screen {
      display: none;
      margin: 6px 0 0;
      color: var(--_muted);
      font-size: 12px;
      text-align: center;
    }

    @container (max-width: 1080px) {
      .editor {
        grid-template-columns: 220px minmax(0, 1fr) 272px;
      }
      .bar .words {
        display: none;
      }
      .layer .icon {
        width: 24px;
      }
    }
    /* Beside each other nothing would be wide enough: one below the other, and the page scrolls. */
    @container (max-width: 860px) {
      .editor {
        height: auto;
        grid-template:
          'bar' auto
          'middle' auto
          'left' auto
          'right' auto / minmax(0, 1fr);
      }
      .left,
      .right {
        overflow: visible;
      }
      pose-stage-canvas {
        height: min(56cqw + 24px, 60vh);
      }
      .tall pose-stage-canvas {
        height: 60vh;
      }
      .small-screen {
        display: block;
      }
      .notice {
        left: 8px;
        right: 8px;
        bottom: 8px;
        translate: none;
        max-width: none;
      }
      .notice span {
        flex: 1;
      }
      .orders {
        display: inline-flex;
      }
      button,
      select,
      .file-button,
      .layer .icon {
        min-height: 40px;
      }
      button.icon,
      .file-button.icon,
      .layer .icon {
        width: 38px;
      }
      .add {
        position: static;
      }
    }
  `,
];
