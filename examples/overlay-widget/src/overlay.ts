import type { OverlayApi, OverlayBeat, OverlayCanvas, OverlayMoment } from '@pose-coach/core/extension';

/** How fast the heart falls back after a beat: to a third within so many ms. */
const FALL = 160;

const MILLISECONDS_PER_MINUTE = 60_000;

export function activateOverlay({ widgets }: OverlayApi): void {
  // Nothing is remembered from one painting to the next, so one function serves every place that shows it.
  widgets.register('heart.beat', { create: () => ({ paint }) });
}

function paint(canvas: OverlayCanvas, { size, settings, look, beat, calm, now }: OverlayMoment): void {
  const side = Math.min(size.width, size.height);
  const swell = Number(settings.swell) / 100;
  // At rest it leaves room for the beat, so that nothing is ever cut off.
  const scale = (side / (1 + swell)) * (1 + (beat && !calm ? swell * pulse(beat, now) : 0));
  canvas.translate(size.width / 2, size.height / 2);
  canvas.fillStyle = String(settings.color);
  canvas.fill(heart(scale));
  if (!beat || settings.tempo !== true) return;
  canvas.fillStyle = look.text;
  canvas.font = `${look.weight} ${side * 0.2}px ${look.font}`;
  canvas.textAlign = 'center';
  canvas.textBaseline = 'middle';
  canvas.fillText(String(Math.round(beat.tempo)), 0, -side * 0.04);
}

/** 1 on the beat, and less and less until the next. */
function pulse({ tempo, at }: OverlayBeat, now: number): number {
  const period = MILLISECONDS_PER_MINUTE / tempo;
  const since = (((now - at) % period) + period) % period;
  return Math.exp(-since / FALL);
}

/** A heart of this width around the origin. */
function heart(width: number): Path2D {
  const half = width / 2;
  const path = new Path2D();
  path.moveTo(0, half * 0.9);
  path.bezierCurveTo(-half * 1.5, -half * 0.1, -half * 0.8, -half * 1.2, 0, -half * 0.45);
  path.bezierCurveTo(half * 0.8, -half * 1.2, half * 1.5, -half * 0.1, 0, half * 0.9);
  return path;
}
