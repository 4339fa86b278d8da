import type { OverlayCanvas, OverlayMoment, OverlayPart } from '@pose-coach/core/extension';
import { paintText } from '../painting/text.ts';
import { paintFrame, UNKNOWN } from './widget-frame.ts';

/** For how long somebody has been live. */
export class Timer implements OverlayPart {
  paint(canvas: OverlayCanvas, moment: OverlayMoment): void {
    const { look, now, live, liveSince } = moment;
    const { content, align, bare, tint } = paintFrame(canvas, moment, 'Live for');
    const known = live && liveSince !== undefined;
    const words = known ? timeWords(now - liveSince) : UNKNOWN;
    paintText(canvas, words, content, { look, color: known ? tint : look.muted, align, bare });
  }
}

/** Milliseconds as `h:mm:ss`. */
export function timeWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
