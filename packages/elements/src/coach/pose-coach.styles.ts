import { css } from 'lit';
import { theme } from '../base/theme.ts';

/** A stage that runs without a pointer, a finger or the keyboard in it. */
const unattended = css`.running:not(:hover):not(:has(:focus-visible)):not(:focus-visible)`;

/** The look of `<pose-coach>`: a picture with glass on it. */
export const poseCoachStyles = [
  theme,
  css`
    :host {
      display: block;
      position: relative;
      /* Said, because a height that a page sets would otherwise decide the width through the ratio. */
      width: 100%;
      aspect-ratio: 16 / 9;
      min-height: 340px;
      border-radius: var(--_radius);
      overflow: hidden;
      font-size: 15px;
      line-height: 1.45;
      background: var(--_background);
    }
    @media (max-width: 600px) {
      :host {
        aspect-ratio: 3 / 4;
      }
    }
    .stage {
      position: absolute;
      inset: 0;
      container-type: size;
      container-name: stage;
      border-radius: inherit;
      overflow: hidden;
    }
    .stage:focus-visible {
      outline: none;
    }
    /* An outline of the stage would lie beneath the picture. */
    .stage:focus-visible::after {
      content: '';
      position: absolute;
      inset: 1px;
      border: 3px solid var(--_accent);
      border-radius: inherit;
      pointer-events: none;
    }
    .plain {
      background:
        radial-gradient(ellipse at 50% 110%, rgb(56 189 248 / 0.16), transparent 60%),
        linear-gradient(rgb(148 163 184 / 0.07) 1px, transparent 1px) 0 0 / 100% 40px,
        linear-gradient(90deg, rgb(148 163 184 / 0.07) 1px, transparent 1px) 0 0 / 40px 100%;
    }
    video,
    .skeleton {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
    }
    video {
      object-fit: contain;
    }
    video.cover {
      object-fit: cover;
    }
    video.crop {
      object-fit: none;
    }
    video.mirror {
      transform: scaleX(-1);
    }
    video.none {
      visibility: hidden;
    }
    .dim {
      position: absolute;
      inset: 0;
      background: rgb(2 6 23 / 0.55);
    }
    .top {
      position: absolute;
      inset: 12px 12px auto;
      display: flex;
      flex-wrap: wrap;
      align-items: flex-start;
      justify-content: space-between;
      gap: 8px;
      pointer-events: none;
    }
    .top > * {
      pointer-events: auto;
    }
    .badges {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
      min-width: 0;
    }
    .badge {
      display: inline-flex;
      align-items: center;
      gap: 8px;
      padding: 6px 12px;
      font-size: 13px;
      border-radius: 999px;
      overflow-wrap: anywhere;
    }
    .badge button {
      min-height: 0;
      padding: 0;
      border: 0;
      background: none;
    }
    .dot {
      width: 9px;
      height: 9px;
      border-radius: 50%;
      background: currentColor;
    }
    .live .dot {
      animation: pulse 1.6s ease-in-out infinite;
    }
    @keyframes pulse {
      50% {
        opacity: 0.35;
      }
    }
    .angles {
      position: absolute;
      inset-inline-end: 12px;
      bottom: 80px;
      max-height: calc(100% - 154px);
      overflow: auto;
      border-radius: var(--_radius);
    }
    .card {
      position: absolute;
      left: 50%;
      top: 50%;
      translate: -50% -50%;
      width: min(460px, calc(100% - 32px));
      max-height: calc(100% - 32px);
      overflow: auto;
      padding: 22px 24px;
      text-align: center;
    }
    /* What an extension asks comes first: a card behind its question would look through. */
    .stage:has(> .asking) :is(.card, slot[name='idle']) {
      visibility: hidden;
    }
    .card.low {
      top: auto;
      bottom: 80px;
      translate: -50% 0;
      padding: 12px 18px;
    }
    .card h2 {
      margin: 0 0 6px;
      font-size: 19px;
      line-height: 1.25;
      text-wrap: balance;
    }
    .card p {
      margin: 0 0 14px;
      color: var(--_muted);
      text-wrap: pretty;
    }
    .card p:last-child {
      margin-bottom: 0;
    }
    details {
      margin-top: 14px;
      color: var(--_muted);
    }
    .detail {
      font-size: 13px;
      overflow-wrap: anywhere;
    }
    .card.error h2 {
      color: var(--_danger);
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: 10px;
    }
    /* The browser's own, in our colour: drawing one costs a rule for each browser and each of its parts. */
    progress {
      width: 100%;
      accent-color: var(--_accent);
    }
    .bar {
      position: absolute;
      inset: auto 12px 12px;
      display: flex;
      gap: 8px;
      padding: 8px;
      align-items: center;
      overflow-x: auto;
      scrollbar-width: none;
    }
    .bar button {
      flex: none;
      padding: 0 12px;
    }
    /* Where the bar lies on the picture it makes room for the feet while nobody wants anything of it. */
    ${unattended}:not(.apart) .bar {
      opacity: 0;
      pointer-events: none;
    }
    @container stage (max-height: 439.9px) {
      ${unattended} .bar {
        opacity: 0;
        pointer-events: none;
      }
    }
    /* Where there is height for both, the picture stands above the bar, which can then stay. */
    @container stage (min-height: 440px) {
      .apart video,
      .apart .skeleton {
        height: calc(100% - 80px);
      }
    }
    .bar {
      transition: opacity 0.25s ease;
    }
    .spring {
      flex: 1;
    }
    /* Red is for what goes out at this moment. */
    .stage .live {
      background: var(--_live);
      border-color: transparent;
      color: #fff;
      font-weight: 700;
    }
    .picker {
      position: absolute;
      inset: auto 12px 80px;
      max-width: 700px;
    }
    .picker.middle {
      inset: 50% auto auto 50%;
      translate: -50% -50%;
      width: min(600px, calc(100% - 32px));
    }
    .picker pose-source-picker {
      display: block;
    }
    @container stage (max-width: 620px) {
      .bar .word {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
      .bar {
        gap: 4px;
      }
      .bar button {
        flex: 1 1 40px;
        min-width: 40px;
        max-width: 64px;
        min-height: 44px;
        padding: 0;
        justify-content: center;
      }
      .top {
        inset: 8px 8px auto;
        gap: 6px;
      }
      .badge,
      pose-stats {
        font-size: 12px;
      }
      .badge {
        border-radius: 12px;
      }
    }
    @container stage (max-height: 380px) {
      .card {
        padding: 14px 18px;
      }
      .card h2 {
        font-size: 17px;
      }
    }
  `,
];
