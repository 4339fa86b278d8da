import type { OverlayCanvas, OverlayMoment, OverlayPart } from '@pose-coach/core/extension';
import { panelRoom } from '../painting/panel.ts';
import { paintText } from '../painting/text.ts';
import { numberSetting, textSetting } from '../settings.ts';
import { knownNumber, numberWords, titleOf } from './metric-value.ts';
import { paintFrame, UNKNOWN } from './widget-frame.ts';

/** Milliseconds of the pop when the combo grows, and of a milestone. */
const POP = 260;
const MILESTONE = 1400;
/** How much larger it is at the height of its pop. */
const POPPED = 0.16;
/** Combos that are worth a celebration; after the last every hundred. */
const MILESTONES = [10, 25, 50, 100];

/** How many in a row: pops when it grows, and celebrates at milestones. */
export class Combo implements OverlayPart {
  #last: number | undefined;
  #grewAt = Number.NEGATIVE_INFINITY;
  #milestoneAt = Number.NEGATIVE_INFINITY;

  paint(canvas: OverlayCanvas, moment: OverlayMoment): void {
    const { look, settings, now, calm } = moment;
    const metric = textSetting(settings, 'metric', 'stage.combo');
    const combo = knownNumber(moment, metric);
    if (combo !== undefined && this.#last !== undefined && combo > this.#last) {
      this.#grewAt = now;
      if (passesMilestone(this.#last, combo)) this.#milestoneAt = now;
    }
    // What is celebrated ends with it.
    if (combo === undefined || combo < (this.#last ?? 0)) this.#milestoneAt = Number.NEGATIVE_INFINITY;
    this.#last = combo;
    if (combo !== undefined && combo < numberSetting(settings, 'from', 2)) return;
    const { content, align, bare, tint } = paintFrame(canvas, moment, titleOf(moment, metric));
    const celebrated = now - this.#milestoneAt < MILESTONE;
    const words = combo === undefined ? UNKNOWN : `×${numberWords(undefined, combo)}`;
    const pop = calm ? 0 : popOf((now - this.#grewAt) / POP);
    canvas.save();
    const x = content.x + content.width * { left: 0, center: 0.5, right: 1 }[align];
    const y = content.y + content.height / 2;
    if (celebrated && !calm) paintRays(canvas, moment, (now - this.#milestoneAt) / MILESTONE);
    canvas.translate(x, y);
    canvas.scale(1 + POPPED * pop, 1 + POPPED * pop);
    canvas.translate(-x, -y);
    const color = combo === undefined ? look.muted : celebrated ? look.accent2 : tint;
    // What pops stays within the item.
    const largest = content.height / (1 + POPPED);
    const width = content.width / (1 + POPPED);
    const room = { ...content, x: x - width * { left: 0, center: 0.5, right: 1 }[align], width };
    paintText(canvas, words, room, { look, color, align, bare, largest });
    canvas.restore();
  }
}

function passesMilestone(before: number, now: number): boolean {
  const step = MILESTONES.at(-1) ?? 100;
  if (now >= step) return Math.floor(now / step) > Math.floor(before / step);
  return MILESTONES.some((milestone) => before < milestone && now >= milestone);
}

/** Up at once and back with one small swing, for `share` from 0 to 1; then 0. */
function popOf(share: number): number {
  return share >= 0 && share < 1 ? (1 - share) ** 2 * Math.cos(share * 1.5 * Math.PI) : 0;
}

/** Rays behind the number that open and fade. */
function paintRays(canvas: OverlayCanvas, { size, look }: OverlayMoment, share: number): void {
  const rays = 18;
  canvas.save();
  const room = panelRoom(look);
  canvas.beginPath();
  canvas.roundRect(room, room, size.width - 2 * room, size.height - 2 * room, look.radius);
  canvas.clip();
  canvas.translate(size.width / 2, size.height / 2);
  canvas.globalAlpha *= 0.4 * (1 - share);
  canvas.fillStyle = look.accent2;
  const reach = Math.hypot(size.width, size.height) * (0.25 + 0.5 * Math.sqrt(share));
  canvas.beginPath();
  for (let ray = 0; ray < rays; ray += 1) {
    const angle = ((ray + share * 0.6) / rays) * 2 * Math.PI;
    const half = (0.3 * Math.PI) / rays;
    canvas.moveTo(0, 0);
    canvas.lineTo(Math.cos(angle - half) * reach, Math.sin(angle - half) * reach);
    canvas.lineTo(Math.cos(angle + half) * reach, Math.sin(angle + half) * reach);
  }
  canvas.fill();
  canvas.restore();
}
