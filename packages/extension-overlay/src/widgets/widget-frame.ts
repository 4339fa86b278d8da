import type { OverlayCanvas, OverlayLook, OverlayMoment } from '@pose-coach/core/extension';
import { type Box, inset, splitAcross } from '../painting/box.ts';
import { paintPanel } from '../painting/panel.ts';
import { type Align, paintText, type TextStyle } from '../painting/text.ts';
import { switchSetting, textSetting } from '../settings.ts';

/** What all widgets with a panel have in common, as their settings have it. */
export interface WidgetFrame {
  /** Where the widget's own things go. */
  readonly content: Box;
  readonly align: Align;
  /** Whether there is no panel behind it. */
  readonly bare: boolean;
  /** What the widget's figures and shapes are coloured with. */
  readonly tint: string;
}

/** What is painted for a value that is not known. */
export const UNKNOWN = '–';

/** Height of a title, in parts of the item, and its limits in stage pixels. */
const TITLE = { share: 0.2, smallest: 15, largest: 30 };
/** Lower than this, in stage pixels, an item has no room for a title. */
const LOWEST_WITH_TITLE = 56;

/** Paints panel and title, and says where the rest goes. */
export function paintFrame(canvas: OverlayCanvas, moment: OverlayMoment, title: string): WidgetFrame {
  const { look, settings, size } = moment;
  const item: Box = { x: 0, y: 0, width: size.width, height: size.height };
  const bare = !switchSetting(settings, 'panel', true);
  const align = alignment(textSetting(settings, 'align', 'left'));
  if (!bare) paintPanel(canvas, item, look);
  const margin = Math.max(5, Math.min(24, size.height * 0.12, size.width * 0.08));
  const inner = inset(item, margin * (look.finish === 'flat' ? 1.15 : 1), margin * 0.8);
  const frame = { align, bare, tint: tintOf(settings, look) };
  const words = textSetting(settings, 'text', '').trim() || title;
  if (!switchSetting(settings, 'title', true) || words === '' || size.height < LOWEST_WITH_TITLE) {
    return { ...frame, content: inner };
  }
  const height = Math.max(TITLE.smallest, Math.min(TITLE.largest, size.height * TITLE.share));
  const [above, beneath] = splitAcross(inner, height);
  paintText(canvas, words.toUpperCase(), above, { ...mutedText(look, bare), align, largest: height * 0.86 });
  return { ...frame, content: splitAcross(beneath, height * 0.16)[1] };
}

/** Text that stands back behind the figures. */
export function mutedText(look: OverlayLook, bare: boolean): TextStyle {
  return { look, color: bare ? look.text : look.muted, align: 'left', weight: 600, bare };
}

function alignment(value: string): Align {
  return value === 'center' || value === 'right' ? value : 'left';
}

function tintOf(settings: OverlayMoment['settings'], look: OverlayLook): string {
  switch (textSetting(settings, 'tint', 'accent')) {
    case 'text':
      return look.text;
    case 'accent2':
      return look.accent2;
    case 'own':
      return textSetting(settings, 'color', '#ffffff');
    default:
      return look.accent;
  }
}
