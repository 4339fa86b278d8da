import { svg } from 'lit';

/** One icon: strokes of the text's colour in a 24-unit square, hidden from screen readers. */
export function icon(content: ReturnType<typeof svg>) {
  return svg`<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${content}</svg>`;
}

export const ICONS = {
  play: icon(svg`<path d="M7 4.5v15l12-7.5z" fill="currentColor"></path>`),
  pause: icon(svg`<path d="M8 5v14M16 5v14" stroke-width="3.5"></path>`),
  mirror: icon(svg`<path d="M12 3v18M9 7 3 17h6zM15 7l6 10h-6z"></path>`),
  angles: icon(svg`<path d="M4 19h16M4 19 15 5M11 19a8 8 0 0 0-2.4-5.8"></path>`),
  stats: icon(svg`<path d="M4 20V11M10 20V4M16 20v-6M21 20H3"></path>`),
  source: icon(
    svg`<path d="M3 7.5A1.5 1.5 0 0 1 4.5 6h9A1.5 1.5 0 0 1 15 7.5v9a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 3 16.5zM15 11l6-3.5v9L15 13"></path>`,
  ),
  live: icon(
    svg`<circle cx="12" cy="12" r="2" fill="currentColor"></circle><path d="M8 16a5.7 5.7 0 0 1 0-8M16 8a5.7 5.7 0 0 1 0 8M5 19a10 10 0 0 1 0-14M19 5a10 10 0 0 1 0 14"></path>`,
  ),
  close: icon(svg`<path d="M6 6l12 12M18 6 6 18"></path>`),
} as const;
