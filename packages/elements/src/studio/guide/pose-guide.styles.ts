import { css } from 'lit';
import { panelStyles } from '../shared/panel.styles.ts';

export const poseGuideStyles = [
  ...panelStyles,
  css`
    .card {
      padding: 14px 16px;
    }
    .top {
      display: flex;
      align-items: center;
      gap: 8px;
      margin-bottom: 10px;
    }
    .top h3 {
      flex: 1;
      margin: 0;
    }
    ol {
      display: grid;
      gap: 6px;
    }
    .header {
      width: 100%;
      min-height: 44px;
      padding: 4px 10px;
      border-color: transparent;
      background: none;
      text-align: left;
    }
    .header[aria-expanded='true'] {
      background: rgb(148 163 184 / 0.14);
      font-weight: 650;
    }
    .number {
      display: grid;
      flex: none;
      place-content: center;
      width: 26px;
      height: 26px;
      border: 1.5px solid var(--_edge);
      border-radius: 50%;
      font-size: 13px;
      font-weight: 650;
    }
    [aria-expanded='true'] .number {
      border-color: var(--_accent);
    }
    .done .number {
      border-color: transparent;
      color: #052e16;
      background: #4ade80;
    }
    .skipped .number {
      border-style: dashed;
    }
    .header .badge {
      margin-left: auto;
    }
    .body-of-step {
      padding: 8px 10px 14px 46px;
    }
    /* Words that need two lines keep clear of the edges. */
    .row button,
    .next button {
      padding-block: 6px;
    }
    .of-obs {
      padding-left: 10px;
    }
    .check {
      display: flex;
      gap: 12px;
    }
    .body {
      flex: none;
      width: 84px;
      align-self: start;
    }
    .body line {
      stroke: rgb(148 163 184 / 0.5);
      stroke-width: 5;
      stroke-linecap: round;
    }
    .body line.seen {
      stroke: #4ade80;
    }
    .body circle {
      fill: #64748b;
    }
    .body circle.seen {
      fill: #4ade80;
    }
    .body circle.cut,
    .body circle.hidden {
      fill: #0b1120;
      stroke: #facc15;
      stroke-width: 2;
    }
    .body .cross {
      stroke: #facc15;
      stroke-width: 2.5;
      stroke-linecap: round;
    }
    .verdicts {
      display: grid;
      flex: 1;
      gap: 8px;
      min-width: 0;
    }
    .verdict {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 4px 8px;
    }
    .verdicts p {
      margin: 0;
    }
    .next {
      margin-top: 12px;
    }
    pose-obs {
      margin-bottom: 12px;
    }
    .seen.good {
      color: #4ade80;
    }
    @container (max-width: 420px) {
      .body-of-step {
        padding: 8px 4px 12px;
      }
      .body {
        width: 64px;
      }
    }
  `,
];
