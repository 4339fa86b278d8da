import type { MetricDeclaration, Reading } from '@pose-coach/core';
import { formatNumber, formatValue, unitBehind } from '@pose-coach/core/analysis';
import { html, nothing, type TemplateResult } from 'lit';
import { PARTS } from '../base/names.ts';
import { bars, gauge, type Level, level, ownRange, series } from './metric-drawing.ts';
import type { MetricPast } from './metric-history.ts';

/** One metric as it is shown. */
export interface MetricView {
  readonly metric: MetricDeclaration;
  /** Whose it is: its title, for people. */
  readonly extension: string;
  /** The last of it; undefined before the first. */
  readonly reading: Reading | undefined;
  readonly past: MetricPast;
  /** The newest moment of all readings, in ms of media time. */
  readonly now: number;
}

/** A metric by its kind, whichever extension it comes from. */
export function metricTile(view: MetricView): TemplateResult {
  const { metric, extension } = view;
  const about = metric.description ? `${metric.description} (${extension})` : extension;
  return html`<li class="tile glass kind-${metric.kind}" part=${PARTS.metric}>
    <span class="title" title=${about}>${metric.title}</span>
    ${content(view)}
  </li>`;
}

/** A metric that nobody who is switched on declares. */
export function missingTile(id: string): TemplateResult {
  return html`<li class="tile glass" part=${PARTS.metric}>
    <span class="title">${id}</span>
    ${unknown('No extension that is switched on has this metric.')}
  </li>`;
}

function content(view: MetricView): TemplateResult {
  const { metric, reading, past, now } = view;
  switch (metric.kind) {
    case 'gauge':
      return html`<div class="dial">${gauge(levelsOf(metric, reading)[0])}${text(view)}</div>`;
    case 'bar':
      return namedBars(view) ?? html`${text(view)}${bars(levelsOf(metric, reading))}`;
    case 'label':
      return text(view);
    case 'series':
      return html`${text(view)}${series(past.points, now, metric.range ?? ownRange(past.points))}`;
    case 'event':
      return occurrences(view);
  }
}

/** Value, how far it may be off, and how sure it is. */
function text({ metric, reading }: MetricView): TemplateResult {
  if (!reading) return unknown('Nothing has been read yet.');
  if (reading.status === 'unknown' || reading.value === undefined) {
    return unknown(reading.reason ?? 'Not enough is to be seen.');
  }
  const unit = unitBehind(metric, reading.value);
  return html`<div class="reading">
    <span class="number">${formatValue(metric, reading.value)}<span class="unit">${unit}</span></span>
    ${certainty(metric, reading)}
  </div>`;
}

/** Numbers that have names: each with its own. */
function namedBars({ metric, reading }: MetricView): TemplateResult | undefined {
  const { labels } = metric;
  if (!labels || reading?.status !== 'ok' || typeof reading.value !== 'object') return undefined;
  return html`<div class="reading">
    ${reading.value.map(
      (value, index) =>
        html`<div class="certainty">
        <span>${labels[index]}</span>
        <span>${formatNumber(metric, value)}${unitBehind(metric, value)}</span>
        ${bars(levelsOf(metric, { ...reading, value }))}
      </div>`,
    )}
  ${certainty(metric, reading)}
  </div>`;
}

function unknown(reason: string): TemplateResult {
  return html`<div class="reading unknown">
    <span class="number" aria-hidden="true">–</span><span class="only-read">unknown.</span>
    <span class="reason">${reason}</span>
  </div>`;
}

/** Something that happens: how often it has, and a flash each time. */
function occurrences(view: MetricView): TemplateResult {
  const { metric, reading, past } = view;
  if (reading?.status === 'unknown') return text(view);
  const value = reading?.value;
  return html`<div class="reading">
    <span class="number"
      ><svg class="flash ${flashes(past.events)}" viewBox="0 0 10 10" aria-hidden="true">
        <circle cx="5" cy="5" r="5"></circle></svg
      >${past.events}<span class="unit">×</span></span
    >
    ${
      value === undefined || typeof value === 'boolean'
        ? nothing
        : html`<span class="last">${formatValue(metric, value)}${unitBehind(metric, value)}</span>`
    }
    ${reading ? certainty(metric, reading) : nothing}
  </div>`;
}

/** Two flashes that look alike: changing from one to the other begins it anew. */
function flashes(events: number): string {
  if (events === 0) return '';
  return events % 2 === 0 ? 'even' : 'odd';
}

/**
 * How far a reading may be off, and how sure it is: in figures and as a line, except beside bars, which it could be
 * taken for. Drawn, because pages may forbid style attributes.
 */
function certainty(metric: MetricDeclaration, { confidence, uncertainty }: Reading): TemplateResult {
  const percent = Math.round(confidence * 100);
  return html`<div class="certainty">
    ${
      uncertainty === undefined
        ? nothing
        : html`<span
            ><span aria-hidden="true">±\u202f</span><span class="only-read">plus or minus </span>${formatNumber(metric, uncertainty)}${unitBehind(metric, uncertainty)}</span
          >`
    }
    <span class="confidence">${percent}\u202f% sure</span>
    ${
      metric.kind === 'bar'
        ? nothing
        : html`<svg class="sure" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
            <rect class="track" width="100" height="1"></rect>
            <rect class="part" width=${percent} height="1"></rect>
          </svg>`
    }
  </div>`;
}

/** Where each number of a reading stands; none where they are not known. */
function levelsOf({ range }: MetricDeclaration, reading: Reading | undefined): readonly Level[] {
  if (!range || reading?.status !== 'ok') return [];
  const { value, uncertainty = 0 } = reading;
  const numbers = typeof value === 'number' ? [value] : typeof value === 'object' ? value : [];
  return numbers.map((each) => level(each, uncertainty, range));
}
