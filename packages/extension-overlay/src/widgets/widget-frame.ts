import type { OverlayCanvas, OverlayLook, OverlayMoment } from '@pose-coach/core/extension';
import { type Box, inset, splitAcross } from '../painting/box.ts';
import { paintPanel, panelRoom } from '../painting/panel.ts';
import { type Align, fontOf, paintText, type TextStyle, textWidth } from '../painting/text.ts';
import { wrapWords } from '../painting/wrap-words.ts';
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

/** Height of a title, in parts of the item, its limits in stage pixels, and how much smaller a long one may get. */
const TITLE = { share: 0.2, smallest: 15, largest: 30, narrowed: 0.75 };
/** Lower than this, in stage pixels, an item has no room for a title. */
const LOWEST_WITH_TITLE = 56;

/** Paints panel and title, and says where the rest goes. */
export function paintFrame(canvas: OverlayCanvas, moment: OverlayMoment, title: string): WidgetFrame {
  const { look, settings, size } = moment;
  const item: Box = { x: 0, y: 0, width: size.width, height: size.height };
  const bare = !switchSetting(settings, 'panel', true);
  const align = alignment(textSetting(settings, 'align', 'left'));
  if (!bare) paintPanel(canvas, item, look);
  const room = bare ? 0 : panelRoom(look);
  const inner = inset(
    item,
    Math.max(8, Math.min(26, size.height * 0.13, size.width * 0.08)) + room,
    Math.max(5, Math.min(20, size.height * 0.085)) + room * 0.6,
  );
  const frame = { align, bare, tint: tintOf(settings, look) };
  const words = textSetting(settings, 'text', '').trim() || title;
  if (!switchSetting(settings, 'title', true) || words === '' || size.height < LOWEST_WITH_TITLE) {
    return { ...frame, content: inner };
  }
  const height = Math.max(TITLE.smallest, Math.min(TITLE.largest, size.height * TITLE.share));
  const [above, beneath] = splitAcross(inner, height);
  const style = { ...mutedText(look, bare), align, largest: height * 0.86 };
  const shown = shortenedWords(
    canvas,
    words.toUpperCase(),
    above.width,
    fontOf(look, style.largest * TITLE.narrowed, style.weight),
  );
  paintText(canvas, shown, above, style);
  return { ...frame, content: splitAcross(beneath, height * 0.16)[1] };
}

/** Text that stands back behind the figures. */
export function mutedText(look: OverlayLook, bare: boolean): TextStyle & { readonly weight: number } {
  return { look, color: bare ? look.text : look.muted, align: 'left', weight: 600, bare };
}

function shortenedWords(canvas: OverlayCanvas, words: string, room: number, font: string): string {
  return wrapWords(words, room, 1, (text) => textWidth(canvas, text, font))[0] ?? words;
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
