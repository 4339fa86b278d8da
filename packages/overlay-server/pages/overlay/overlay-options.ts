import { DEFAULT_CHANNEL, isChannelName } from '@pose-coach/core/protocol';
import { FITS, type Fit } from '@pose-coach/elements/draw';

/** What the address of an overlay says. */
export interface OverlayOptions {
  readonly channel: string;
  readonly key: string | undefined;
  readonly mirror: boolean;
  readonly fit: Fit;
  /** One colour for everything, as CSS says it; undefined leaves the sides their own. */
  readonly color: string | undefined;
  /** CSS pixels; undefined takes the default. */
  readonly lineWidth: number | undefined;
  /** What was asked for and cannot be, in words. */
  readonly faults: readonly string[];
}

/** Thicker lines than this many CSS pixels would hide the person. */
const THICKEST_LINE = 100;

const OFF_WORDS: ReadonlySet<string> = new Set(['0', 'false', 'no', 'off']);

/**
 * Reads the query of an overlay's address. What cannot be is left at its default and named in `faults`.
 *
 * | parameter | values |
 * |---|---|
 * | `channel` | which channel; default `main` |
 * | `key` | the viewer key of the link |
 * | `mirror` | there, `1` or `true`: left and right exchanged |
 * | `fit` | `contain` (default): the whole picture; `cover`: fills the page; `crop`: one picture pixel is one CSS pixel, centred |
 * | `color` | a CSS colour; `ff8800` is taken as `#ff8800`, because a `#` would have to be written `%23` |
 * | `lineWidth` | CSS pixels, up to 100 |
 *
 * @param isColor whether CSS knows a colour
 */
export function readOverlayOptions(query: string, isColor: (color: string) => boolean): OverlayOptions {
  const parameters = new URLSearchParams(query);
  const faults: string[] = [];
  const read = <T>(name: string, fallback: T, parse: (text: string) => T | undefined): T => {
    const text = parameters.get(name);
    if (text === null) return fallback;
    const value = parse(text.trim());
    if (value === undefined) faults.push(`"${text}" cannot be the ${name} of an overlay.`);
    return value ?? fallback;
  };
  return {
    channel: read('channel', DEFAULT_CHANNEL, (text) => (isChannelName(text) ? text : undefined)),
    key: parameters.get('key') ?? undefined,
    mirror: read('mirror', false, (text) => !OFF_WORDS.has(text.toLowerCase())),
    fit: read<Fit>('fit', 'contain', (text) => FITS.find((fit) => fit === text)),
    color: read<string | undefined>('color', undefined, (text) => readColor(text, isColor)),
    lineWidth: read<number | undefined>('lineWidth', undefined, readLineWidth),
    faults,
  };
}

function readColor(text: string, isColor: (color: string) => boolean): string | undefined {
  const color = /^(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.test(text) ? `#${text}` : text;
  return isColor(color) ? color : undefined;
}

function readLineWidth(text: string): number | undefined {
  const width = Number(text);
  return text !== '' && width > 0 && width <= THICKEST_LINE ? width : undefined;
}
