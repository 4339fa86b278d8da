import type { CoachStats } from '@pose-coach/core';
import { css, html, LitElement, nothing } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../base/define.ts';
import { PARTS, TAGS } from '../base/names.ts';
import { theme } from '../base/theme.ts';

/** What stages are called on screen; one that is not listed keeps its own name. */
const STAGE_NAMES: Readonly<Record<string, string>> = {
  decode: 'Decode',
  queue: 'Wait',
  transfer: 'Transfer',
  resize: 'Resize',
  body: 'Body',
  hands: 'Hands',
  smoothing: 'Smoothing',
};

/**
 * Live numbers of a coach: results per second, delay, dropped frames, and the time each stage takes.
 *
 * @element pose-stats
 * @csspart panel - the surface behind the numbers
 * @csspart table - the list of stages
 * @cssproperty [--pose-surface=rgb(8 14 28 / 0.8)] - background of the panel
 * @cssproperty [--pose-text=#f1f5f9] - the numbers
 * @cssproperty [--pose-muted=#cbd5e1] - what the numbers mean
 */
export class PoseStatsElement extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: inline-block;
        font-size: 13px;
      }
      .panel {
        padding: 8px 12px;
        font-variant-numeric: tabular-nums;
      }
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
        margin: 0;
      }
      dl > div {
        display: flex;
        gap: 6px;
        align-items: baseline;
      }
      dt {
        color: var(--_muted);
      }
      dd {
        margin: 0;
        font-weight: 650;
        min-width: 1.2em;
        text-align: end;
      }
      details {
        margin-top: 4px;
        color: var(--_muted);
      }
      summary {
        cursor: pointer;
        border-radius: 6px;
        padding: 2px 0;
      }
      details dl {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(9em, 1fr));
        margin: 6px 0 2px;
        color: var(--_text);
      }
      details dl > div {
        justify-content: space-between;
      }
      p {
        margin: 6px 0 0;
        max-width: 34em;
      }
    `,
  ];

  /** The numbers, as `coach.stats` gives them; undefined shows that there are none. */
  @property({ attribute: false }) stats: CoachStats | undefined;

  override render() {
    const { stats } = this;
    return html`<div class="panel glass" part=${PARTS.panel} role="group" aria-label="Live numbers">
      <dl>
        ${row('Results/s', stats && rounded(stats.rate, 1))}
        ${hasNoDelay(stats) ? nothing : row('Delay', stats && milliseconds(stats.delay))}
        ${row('Dropped', stats && String(stats.dropped))}
      </dl>
      ${stats ? this.#details(stats) : nothing}
    </div>`;
  }

  #details(stats: CoachStats) {
    const stages = Object.entries(stats.stages);
    if (stages.length === 0 && !stats.info) return nothing;
    return html`<details>
      <summary>Stages and engine</summary>
      <dl part=${PARTS.table}>
        ${stages.map(([stage, time]) => row(STAGE_NAMES[stage] ?? stage, milliseconds(time)))}
      </dl>
      ${
        stats.info
          ? html`<p>${stats.info.engine} ${stats.info.model}, ${stats.info.backend}. ${stats.info.why}</p>`
          : nothing
      }
    </details>`;
  }
}

/** Results without a delay come from a recording; without results it is only not known yet. */
function hasNoDelay(stats: CoachStats | undefined): boolean {
  return stats !== undefined && stats.rate > 0 && stats.delay === undefined;
}

function row(name: string, value: string | undefined) {
  return html`<div>
    <dt>${name}</dt>
    <dd>${value ?? '–'}</dd>
  </div>`;
}

function rounded(value: number, digits: number): string {
  return Number.isFinite(value) ? value.toFixed(digits) : '–';
}

function milliseconds(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return '–';
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

define(TAGS.stats, PoseStatsElement);

declare global {
  interface HTMLElementTagNameMap {
    'pose-stats': PoseStatsElement;
  }
}
