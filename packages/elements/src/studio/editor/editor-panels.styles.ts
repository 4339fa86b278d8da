import { css } from 'lit';

/** The look of what stands beside the canvas: lists of scenes and layers, the menu of widgets, fields, themes. */
export const editorPanelStyles = css`
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
    /* Within details the browser's own box lies between, which has another sizing to inherit. */
    box-sizing: border-box;
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
`;
