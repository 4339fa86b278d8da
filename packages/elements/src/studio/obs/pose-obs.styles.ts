import { css } from 'lit';
import { panelStyles } from '../shared/panel.styles.ts';

/** The look of `<pose-obs>`. */
export const poseObsStyles = [
  panelStyles,
  css`
    /* Words that need two lines keep clear of the edges. */
    button.big {
      padding-block: 8px;
    }
    .connect {
      max-width: 44em;
      margin: 0 auto;
      padding: 24px 28px;
    }
    .connect h3 {
      font-size: 20px;
    }
    .connect [role='status'] {
      margin-bottom: 12px;
    }
    .connect [role='status'] .fault {
      margin: 4px 0 16px;
    }
    .connect details {
      margin-top: 18px;
      padding-top: 12px;
      border-top: 1px solid var(--_edge);
    }
    .connect form {
      margin-top: 8px;
    }
    .state {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 6px 14px;
      margin-bottom: 12px;
      padding: 10px 18px;
    }
    .state h3 {
      margin: 0;
    }
    .state .help {
      flex: 1;
    }
    .state details {
      flex-basis: 100%;
      font-size: 14px;
    }
    .state li + li {
      margin-top: 6px;
    }
    .dot {
      display: inline-block;
      width: 10px;
      height: 10px;
      margin-right: 8px;
      border-radius: 50%;
      background: #4ade80;
    }
    details .fields {
      margin-top: 8px;
    }
    .steps {
      display: grid;
      gap: 8px;
      margin-top: 12px;
    }
    .steps li {
      display: grid;
      grid-template-columns: 7.6em minmax(0, 1fr);
      align-items: baseline;
      gap: 8px;
      overflow-wrap: anywhere;
    }
    .steps .badge {
      text-align: center;
    }
    .steps p {
      margin: 2px 0 0;
    }
    .set-delay {
      margin-top: 12px;
    }
    .time {
      font-size: 20px;
      font-weight: 650;
      font-variant-numeric: tabular-nums;
    }
    form.row {
      align-items: end;
      margin-top: 14px;
    }
    .confirm {
      margin-top: 10px;
      padding: 12px 14px;
      border: 1px solid var(--_live);
      border-radius: 12px;
    }
    .confirm p {
      margin-bottom: 10px;
    }
    .bindings {
      display: grid;
      gap: 8px;
      margin: 12px 0;
    }
    .bindings:empty {
      display: none;
    }
    .bindings > li {
      padding: 10px 12px;
      border: 1px solid var(--_edge);
      border-radius: 12px;
      overflow-wrap: anywhere;
    }
    .bindings > li + li {
      margin-top: 0;
    }
    .binding .row {
      margin-top: 12px;
    }
    :host([compact]) .card,
    :host([compact]) .state {
      padding: 12px 14px;
    }
    :host([compact]) .connect h3 {
      font-size: 16px;
    }
    :host([compact]) button.big {
      padding-inline: 16px;
      font-size: 15px;
    }
    :host([compact]) .state .help {
      flex-basis: 100%;
    }
    :host([compact]) .steps li {
      grid-template-columns: minmax(0, 1fr);
      justify-items: start;
      gap: 2px;
    }
  `,
];
