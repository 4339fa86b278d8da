import type { OverlayMoment } from '@pose-coach/core/extension';
import { createOverlayParts } from '@pose-coach/core/overlay-parts';

// Shows the widget as the overlay would show anybody's: isolated, here with a beat of 100 a minute.
const url = new URL('../package.json', import.meta.url).href;
const manifest: unknown = await (await fetch(url)).json();
const parts = createOverlayParts({ sources: [{ manifest, url }] });
parts.onFault(({ message }) => console.error(message));

const place = document.querySelector<HTMLElement>('#place');
const [widget] = parts.widgets;
if (!place || !widget) throw new Error('There is nothing to show, or no place for it.');
const { id, size, settings } = widget.value;
const part = parts.mount('widget', id, place);
const calm = matchMedia('(prefers-reduced-motion: reduce)');
let before = performance.now();

function show(now: number): void {
  const moment: OverlayMoment = {
    now,
    elapsed: now - before,
    size,
    settings: Object.fromEntries(settings.map((setting) => [setting.id, setting.default])),
    look: {
      accent: '#38bdf8',
      accent2: '#fb923c',
      text: '#ffffff',
      muted: '#94a3b8',
      surface: 'rgb(0 0 0 / 60%)',
      edge: 'transparent',
      good: '#4ade80',
      warning: '#fbbf24',
      font: 'system-ui, sans-serif',
      weight: 700,
      radius: 12,
      finish: 'flat',
    },
    calm: calm.matches,
    live: true,
    readings: {},
    events: [],
    metrics: {},
    cues: [],
    beat: { tempo: 100, at: 0 },
  };
  part.paint(moment, devicePixelRatio);
  before = now;
  requestAnimationFrame(show);
}
requestAnimationFrame(show);
