import type { CueSeverity } from '@pose-coach/core';
import { html, type TemplateResult } from 'lit';
import type { RecentCue } from './recent-cues.ts';

/** What a severity is called, and what stands for it besides its colour. */
const SEVERITIES: Readonly<Record<CueSeverity, { readonly words: string; readonly sign: string }>> = {
  praise: { words: 'Praise', sign: '★' },
  hint: { words: 'Hint', sign: '●' },
  warning: { words: 'Warning', sign: '▲' },
};

/** What was said last, with the time of day. */
export function cueList(cues: readonly RecentCue[]): TemplateResult {
  return html`<ul class="plain cues">
    ${cues.map(({ cue, at }) => {
      const { words, sign } = SEVERITIES[cue.severity];
      return html`<li>
        <span class=${cue.severity} role="img" aria-label=${words}>${sign}</span>
        <span>${cue.message}</span>
        <time datetime=${new Date(at).toISOString()}>${timeText(at)}</time>
      </li>`;
    })}
  </ul>`;
}

function timeText(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}
