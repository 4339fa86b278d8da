import { css } from 'lit';
import { panelStyles } from '../shared/panel.styles.ts';

/** The look of `<pose-triggers>`. */
export const poseTriggersStyles = [
  panelStyles,
  css`
    .layout {
      display: grid;
      grid-template-columns: minmax(0, 1fr) minmax(260px, 22em);
      align-items: start;
      gap: 12px;
    }
    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: 12px;
    }
    .head .field {
      min-width: 14em;
    }
    .head .help {
      flex: 1;
      min-width: 16em;
      margin: 0;
    }
    .trigger.off .sentence,
    .trigger.off h3 {
      color: var(--_muted);
    }
    .trigger.fired {
      border-color: #4ade80;
    }
    .trigger h3 {
      margin: 0;
    }
    .sentence {
      margin: 8px 0 12px;
      overflow-wrap: anywhere;
    }
    .writing {
      border-color: var(--_accent);
    }
    .writing .sentence {
      padding: 8px 12px;
      border-radius: 10px;
      background: color-mix(in srgb, var(--_accent) 14%, transparent);
    }
    .writing .fault {
      margin: 0 0 12px;
    }
    fieldset {
      margin: 16px 0;
      padding: 0;
      border: 0;
      min-width: 0;
    }
    legend {
      padding: 0;
      margin-bottom: 8px;
      font-size: 12px;
      font-weight: 650;
      letter-spacing: 0.06em;
      text-transform: uppercase;
      color: var(--_muted);
    }
    .part {
      display: grid;
      gap: 8px;
      justify-items: start;
      margin-bottom: 10px;
      padding: 10px 12px 12px;
      border: 1px solid var(--_edge);
      border-radius: 12px;
    }
    .part .fields {
      width: 100%;
    }
    .part .help {
      margin: 0;
    }
    .templates {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(15em, 100%), 1fr));
      gap: 8px;
    }
    .templates button {
      display: grid;
      align-content: start;
      gap: 2px;
      width: 100%;
      height: 100%;
      padding: 10px 14px;
      text-align: start;
    }
    .templates .what {
      font-weight: 600;
    }
    .templates .help {
      font-weight: 400;
    }
    .outcomes {
      margin-top: 10px;
      display: grid;
      gap: 4px;
      font-size: 14px;
    }
    .outcomes li {
      display: flex;
      gap: 8px;
      overflow-wrap: anywhere;
    }
    .outcomes .mark {
      flex: none;
      font-weight: 700;
    }
    .ok .mark {
      color: #4ade80;
    }
    .failed {
      color: var(--_danger);
    }
    .log ol {
      display: grid;
      gap: 10px;
      max-height: 32em;
      overflow: auto;
    }
    .log time {
      color: var(--_muted);
      font-size: 13px;
      font-variant-numeric: tabular-nums;
    }
    .log .outcomes {
      margin-top: 2px;
      font-size: 13px;
    }
    .removed {
      display: flex;
      align-items: center;
      gap: 10px;
    }
    .removed p {
      margin: 0;
    }
    code {
      font-family: ui-monospace, monospace;
      font-size: 0.92em;
    }
    @container (max-width: 860px) {
      .layout {
        grid-template-columns: minmax(0, 1fr);
      }
    }
  `,
];
