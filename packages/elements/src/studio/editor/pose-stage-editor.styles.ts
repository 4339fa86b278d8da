import { css } from 'lit';
import { theme } from '../../base/theme.ts';
import { settingFieldStyles } from '../../extensions/setting-field.styles.ts';

/** The look of `<pose-stage-editor>`. */
export const poseStageEditorStyles = [
  theme,
  settingFieldStyles,
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

    .list {
      list-style: none;
      margin: 0;
      padding: 0;
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 2px;
    }
    .row {
      width: 100%;
      min-width: 0;
      text-align: start;
      border-color: transparent;
      background: none;
    }
    .row[aria-current='true'],
    .layer[aria-current='true'] {
      background: color-mix(in srgb, var(--_accent) 20%, transparent);
      border-color: color-mix(in srgb, var(--_accent) 55%, transparent);
    }
    .row[aria-pressed='true'] {
      background: none;
      border-color: transparent;
    }
    .title {
      flex: 1;
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .shape {
      display: inline-flex;
      color: var(--_muted);
    }
    .rename {
      width: 100%;
    }
    .scenes .primary {
      width: 100%;
      margin-top: 10px;
      justify-content: center;
    }
    .scenes .on-stream {
      display: flex;
      align-items: center;
      justify-content: center;
      gap: 8px;
      min-height: 34px;
      margin: 10px 0 0;
      color: var(--_muted);
    }
    .scenes .tools {
      justify-content: space-between;
    }
    .scenes .tools button {
      flex: 1;
    }
    .tools {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
      margin-top: 8px;
    }
    .layers {
      flex: 1;
    }
    .layer {
      display: flex;
      align-items: center;
      border: 1px solid transparent;
      border-radius: 9px;
    }
    .layer .row {
      flex: 1;
      padding-inline: 8px 4px;
    }
    .layer .icon {
      width: 28px;
      min-height: 32px;
      border-color: transparent;
      background: none;
      color: var(--_muted);
    }
    .layer .icon:hover:not(:disabled) {
      color: var(--_text);
      background: rgb(148 163 184 / 0.2);
    }
    .layer .icon svg {
      width: 16px;
    }
    .layer.unseen .title {
      color: var(--_muted);
      font-style: italic;
    }
    /* Order is what is changed least: there for whoever points at a layer or comes by keyboard. */
    .orders {
      display: none;
    }
    .layer:hover .orders,
    .layer:focus-within .orders,
    .layer[aria-current='true'] .orders {
      display: inline-flex;
    }
    .add {
      position: sticky;
      bottom: 0;
      padding: 10px 12px;
      background: #0c1426;
      border-radius: 0 0 var(--_radius) var(--_radius);
      border-top: 1px solid var(--_edge);
    }
    .add summary {
      display: flex;
      align-items: center;
      justify-content: center;
      gap: 8px;
      min-height: 38px;
      border-radius: 10px;
      cursor: pointer;
      list-style: none;
      font-weight: 650;
      color: var(--_on-accent);
      background: var(--_accent);
    }
    .add summary::-webkit-details-marker {
      display: none;
    }
    .add[open] summary {
      margin-bottom: 8px;
    }
    .choices {
      list-style: none;
      margin: 0;
      padding: 0;
      max-height: 46vh;
      overflow: auto;
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 4px;
      scrollbar-width: thin;
      scrollbar-color: rgb(148 163 184 / 0.4) transparent;
    }
    .choices button {
      display: grid;
      gap: 1px;
      width: 100%;
      padding: 7px 10px;
      text-align: start;
      min-height: 0;
    }
    .choices span,
    .none {
      color: var(--_muted);
      font-size: 12px;
    }

    fieldset {
      margin: 0 0 16px;
      padding: 0;
      border: 0;
      min-width: 0;
    }
    legend {
      padding: 0;
      margin-bottom: 8px;
      font-size: 11px;
      font-weight: 650;
      letter-spacing: 0.06em;
      text-transform: uppercase;
      color: var(--_muted);
    }
    .help.about {
      margin: 0 0 14px;
    }
    .setting {
      margin-bottom: 14px;
    }
    .setting .line {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 10px;
    }
    .setting > .line:first-child {
      margin-bottom: 4px;
    }
    .setting label,
    .setting .label {
      font-weight: 550;
    }
    .setting:has(> .switch),
    .setting.color {
      display: grid;
      grid-template-columns: 1fr auto;
      gap: 4px 12px;
      align-items: center;
    }
    .setting:has(> .switch) .help {
      grid-column: 1 / -1;
    }
    .setting .help:empty {
      display: none;
    }
    .help,
    .help p,
    .unit {
      margin: 3px 0 0;
      color: var(--_muted);
      font-size: 12px;
    }
    .warn,
    .refused {
      color: var(--_danger) !important;
    }
    .sides {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 8px;
    }
    .sides label {
      display: grid;
      gap: 3px;
      align-content: space-between;
    }
    .sides span {
      font-size: 12px;
      color: var(--_muted);
    }
    .sides input[type='number'] {
      width: 100%;
    }
    input[type='text'],
    input[type='number'],
    .setting select {
      min-height: 34px;
    }
    .chips {
      display: flex;
      flex-wrap: wrap;
      gap: 6px;
    }
    .chip {
      display: inline-flex;
      align-items: center;
      gap: 5px;
      padding: 3px 10px 3px 7px;
      border: 1px solid var(--_edge);
      border-radius: 999px;
      font-size: 13px;
      cursor: pointer;
    }
    .chip:has(:checked) {
      border-color: var(--_accent);
      background: color-mix(in srgb, var(--_accent) 20%, transparent);
    }
    .chip input {
      margin: 0;
      accent-color: var(--_accent);
    }
    .cards {
      display: grid;
      grid-template-columns: 1fr 1fr;
      gap: 8px;
      margin-bottom: 8px;
    }
    .card {
      position: relative;
      overflow: hidden;
      border: 1px solid var(--_edge);
      border-radius: 11px;
      cursor: pointer;
    }
    .card input {
      position: absolute;
      opacity: 0;
    }
    .card.chosen {
      border-color: var(--_accent);
      box-shadow: 0 0 0 1px var(--_accent);
    }
    .card:has(:focus-visible) {
      outline: 3px solid var(--_accent);
      outline-offset: 2px;
    }
    .card:hover {
      border-color: var(--_muted);
    }
    .card .title {
      display: block;
      padding: 5px 9px 6px;
      font-size: 13px;
    }
    .sample {
      display: flex;
      align-items: center;
      gap: 5px;
      height: 38px;
      padding: 0 10px;
    }
    .sample i {
      width: 16px;
      height: 16px;
      border-radius: 50%;
      box-shadow: 0 0 0 1px rgb(255 255 255 / 0.18);
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
