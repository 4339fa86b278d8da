import { css } from 'lit';
import { theme } from '../../base/theme.ts';

/** The look of the editor's canvas. */
export const stageCanvasStyles = [
  theme,
  css`
    :host {
      display: block;
      position: relative;
      overflow: auto;
      overscroll-behavior: contain;
      background:
        radial-gradient(circle at center, rgb(30 41 59 / 0.55), transparent 70%),
        #050914;
    }
    .viewport {
      display: grid;
      place-items: center;
      min-width: 100%;
      min-height: 100%;
      width: max-content;
    }
    .board {
      position: relative;
      flex: none;
      margin: 12px;
      border-radius: 4px;
      /* What is transparent on the stream shows the pattern that says so everywhere. */
      background: repeating-conic-gradient(#131b2e 0 25%, #0e1525 0 50%) 0 0 / 28px 28px;
      box-shadow:
        0 0 0 1px rgb(148 163 184 / 0.35),
        0 24px 60px rgb(0 0 0 / 0.55);
    }
    .picture {
      position: absolute;
      inset: 0;
      overflow: hidden;
      border-radius: inherit;
      pointer-events: none;
    }
    .items {
      position: absolute;
      inset: 0;
    }
    .item {
      position: absolute;
      min-height: 0;
      padding: 0;
      display: block;
      border: 1px dashed transparent;
      border-radius: 3px;
      background: none;
      color: var(--_text);
      cursor: grab;
      touch-action: none;
      transition: none;
    }
    .item:hover {
      background: rgb(56 189 248 / 0.06);
      border-color: rgb(148 163 184 / 0.75);
    }
    .item:active {
      cursor: grabbing;
    }
    .item[aria-pressed='true'] {
      background: none;
      border-color: transparent;
    }
    .item.locked {
      cursor: default;
    }
    .item.unseen {
      border-color: rgb(148 163 184 / 0.45);
    }
    .item:focus-visible {
      outline-width: 2px;
      outline-offset: 5px;
    }
    .name {
      position: absolute;
      left: 0;
      bottom: 100%;
      margin-bottom: 3px;
      padding: 1px 7px;
      max-width: 16em;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
      border-radius: 5px;
      font-size: 11px;
      line-height: 1.5;
      background: rgb(8 14 28 / 0.92);
      opacity: 0;
      pointer-events: none;
    }
    .item:hover .name,
    .item[aria-pressed='true'] .name,
    .item:focus-visible .name {
      opacity: 1;
    }
    .item[aria-pressed='true'] .name {
      color: var(--_on-accent);
      background: var(--_accent);
      font-weight: 650;
    }
    .item.inside .name {
      bottom: auto;
      top: 4px;
      left: 4px;
    }
    .frame {
      position: absolute;
      pointer-events: none;
      border: 1.5px solid var(--_accent);
      border-radius: 2px;
    }
    .handle {
      position: absolute;
      width: 22px;
      height: 22px;
      margin: -11px;
      pointer-events: auto;
      touch-action: none;
    }
    .handle::after {
      content: '';
      position: absolute;
      inset: 6px;
      border-radius: 3px;
      background: #f8fafc;
      border: 1.5px solid var(--_accent);
    }
    .handle.n,
    .handle.s {
      left: 50%;
      cursor: ns-resize;
    }
    .handle.e,
    .handle.w {
      top: 50%;
      cursor: ew-resize;
    }
    .handle.n,
    .handle.ne,
    .handle.nw {
      top: 0;
    }
    .handle.s,
    .handle.se,
    .handle.sw {
      top: 100%;
    }
    .handle.e,
    .handle.ne,
    .handle.se {
      left: 100%;
    }
    .handle.w,
    .handle.nw,
    .handle.sw {
      left: 0;
    }
    .handle.nw,
    .handle.se {
      cursor: nwse-resize;
    }
    .handle.ne,
    .handle.sw {
      cursor: nesw-resize;
    }
    .size {
      position: absolute;
      left: 50%;
      top: 100%;
      translate: -50% 10px;
      padding: 1px 8px;
      border-radius: 999px;
      font-size: 11px;
      white-space: nowrap;
      font-variant-numeric: tabular-nums;
      color: var(--_on-accent);
      background: var(--_accent);
    }
    .guide {
      position: absolute;
      background: #f472b6;
      pointer-events: none;
    }
    .guide.x {
      top: 0;
      bottom: 0;
      width: 1px;
    }
    .guide.y {
      left: 0;
      right: 0;
      height: 1px;
    }
    .margin {
      position: absolute;
      border: 1px dashed rgb(250 204 21 / 0.6);
      pointer-events: none;
    }
    @media (forced-colors: active) {
      .item[aria-pressed='true'] {
        border: 2px solid Highlight;
      }
    }
  `,
];
