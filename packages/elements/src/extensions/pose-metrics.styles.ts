import { css } from 'lit';
import { theme } from '../base/theme.ts';

/** The look of `<pose-metrics>`. */
export const poseMetricsStyles = [
  theme,
  css`
    :host {
      /* Opaque: other than on a stage, nobody knows what is behind it. */
      --_surface: var(--pose-surface, #0b1120);
      display: block;
      font-size: 14px;
      line-height: 1.35;
    }
    .list {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(150px, calc(50% - 5px)), 1fr));
      gap: 10px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .groups {
      display: flex;
      flex-wrap: wrap;
      gap: 12px;
    }
    .group {
      flex: 1 1 100%;
      min-width: 0;
      padding: 12px;
    }
    /* As wide as their tiles: small groups stand beside each other. */
    .of1 {
      flex: 1 1 176px;
    }
    .of2 {
      flex: 2 1 336px;
    }
    .of3 {
      flex: 3 1 496px;
    }
    h3 {
      margin: 0 2px 8px;
      font-size: 14px;
      line-height: 1.3;
      overflow-wrap: anywhere;
    }
    .group .tile {
      background: rgb(148 163 184 / 0.08);
    }
    .tile {
      display: flex;
      flex-direction: column;
      gap: 6px;
      padding: 12px 14px;
      min-width: 0;
      overflow-wrap: anywhere;
      font-variant-numeric: tabular-nums;
    }
    .title {
      color: var(--_muted);
      font-size: 13px;
    }
    .reading {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 8px;
      margin-top: auto;
    }
    .number {
      font-size: 24px;
      font-weight: 650;
      line-height: 1.2;
    }
    .kind-label .number {
      font-size: 20px;
    }
    .unit {
      font-size: 14px;
      font-weight: 400;
      color: var(--_muted);
    }
    .certainty,
    .last,
    .reason,
    .none {
      font-size: 12px;
      color: var(--_muted);
    }
    .certainty {
      flex: 1 0 100%;
      min-width: 0;
      display: grid;
      grid-template-columns: auto auto;
      justify-content: space-between;
      gap: 3px 8px;
    }
    .reason {
      flex-basis: 100%;
    }
    .none {
      margin: 0;
      padding: 12px 14px;
    }
    .unknown .number {
      color: var(--_muted);
      font-weight: 400;
    }
    svg {
      display: block;
      fill: none;
    }
    .sure {
      grid-column: 1 / -1;
      width: 100%;
      height: 2px;
    }
    .track {
      fill: rgb(148 163 184 / 0.3);
    }
    .value {
      fill: var(--_accent);
      transition:
        x 0.1s linear,
        width 0.1s linear;
    }
    .part {
      fill: rgb(148 163 184 / 0.8);
    }
    .fill1 {
      fill: #fb923c;
    }
    .fill2 {
      fill: #a78bfa;
    }
    .doubt {
      fill: var(--_text);
    }
    .dial {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      justify-items: center;
    }
    .dial > * {
      grid-area: 1 / 1;
    }
    .dial .reading {
      flex-direction: column;
      flex-wrap: nowrap;
      align-items: center;
      align-self: end;
      width: 100%;
      text-align: center;
    }
    .dial .certainty {
      white-space: nowrap;
      flex: none;
      width: 100%;
      margin-top: 6px;
    }
    .confidence:first-child {
      grid-column: 1 / -1;
    }
    .dial .confidence:first-child {
      text-align: center;
    }
    .gauge {
      width: min(100%, 150px);
      align-self: start;
      margin-bottom: 26px;
    }
    /* The number has the opening of the arc to itself. */
    .dial .number {
      font-size: 18px;
      white-space: nowrap;
    }
    /* A reason is longer than a number: it has the room below, and only its dash stands in the opening. */
    .dial .unknown {
      grid-area: 2 / 1;
      margin-top: -28px;
    }
    .gauge:has(+ .unknown) {
      margin-bottom: 0;
    }
    .gauge path {
      fill: none;
      stroke-width: 8;
      stroke-linecap: butt;
    }
    .gauge .track {
      stroke: rgb(148 163 184 / 0.3);
    }
    .gauge .value {
      stroke: var(--_accent);
      transition: stroke-dasharray 0.1s linear;
    }
    .gauge .doubt {
      stroke: var(--_text);
      stroke-width: 2;
    }
    .bar {
      grid-column: 1 / -1;
      width: 100%;
      height: 8px;
      border-radius: 4px;
    }
    .series {
      width: 100%;
      height: 44px;
      border-bottom: 1px solid var(--_edge);
    }
    .line {
      stroke: var(--_accent);
      stroke-width: 2;
      stroke-linejoin: round;
      vector-effect: non-scaling-stroke;
    }
    .line1 {
      stroke: #fb923c;
    }
    .line2 {
      stroke: #a78bfa;
    }
    .flash {
      display: inline-block;
      width: 14px;
      height: 14px;
      margin-inline-end: 8px;
      fill: var(--_accent);
      opacity: 0.35;
    }
    .odd {
      animation: odd 0.8s ease-out;
    }
    .even {
      animation: even 0.8s ease-out;
    }
    @keyframes odd {
      from {
        opacity: 1;
        scale: 1.6;
      }
    }
    @keyframes even {
      from {
        opacity: 1;
        scale: 1.6;
      }
    }
  `,
];
