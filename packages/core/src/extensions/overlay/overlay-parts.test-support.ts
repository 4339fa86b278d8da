import { page } from 'vitest/browser';
import type { Reading } from '../../analysis/index.ts';
import type { PoseCoachError } from '../../base/index.ts';
import type { OverlayMoment } from '../api/overlay-api.ts';
import { countingClock } from '../isolated/isolated-host.test-support.ts';
import fixture from './fixture-extension/package.json' with { type: 'json' };
import {
  createOverlayParts,
  type MountedPart,
  type OverlayParts,
  type OverlayPartsOptions,
} from './index.ts';

/** Where the parts of the tests come from, for either way of running them. */
export const SOURCES = {
  inline: { manifest: fixture, module: () => import('./fixture-extension/overlay.js') },
  isolated: { manifest: fixture },
} as const;

const URL_OF_FIXTURE = new URL('./fixture-extension/package.json', import.meta.url).href;

/** Size of a place, and of the moments that are painted there, in stage and CSS pixels. */
export const SIZE = { width: 100, height: 50 };

/** A page with parts in it, and what was told of them. */
export class PartsPage {
  readonly clock = countingClock();
  readonly faults: PoseCoachError[] = [];
  readonly lines: string[] = [];
  readonly parts: OverlayParts;
  readonly #places: HTMLElement[] = [];

  constructor(way: keyof typeof SOURCES, options: Partial<OverlayPartsOptions> = {}) {
    this.parts = createOverlayParts({
      sources: [{ ...SOURCES[way], url: URL_OF_FIXTURE }],
      clock: this.clock,
      log: (extension, level, message) => void this.lines.push(`${extension} ${level} ${message}`),
      ...options,
    });
    this.parts.onFault((error) => void this.faults.push(error));
  }

  /** A place in the page, beneath those that are there. */
  place(): HTMLElement {
    const place = document.createElement('div');
    place.style.cssText = `position:absolute;left:0;top:${60 * this.#places.length}px;width:100px;height:50px`;
    document.body.append(place);
    this.#places.push(place);
    return place;
  }

  mount(id: string, kind: 'widget' | 'theme' = 'widget'): { part: MountedPart; place: HTMLElement } {
    const place = this.place();
    return { part: this.parts.mount(kind, `test.${id}`, place), place };
  }

  dispose(): void {
    this.parts.dispose();
    for (const place of this.#places.splice(0)) place.remove();
  }
}

/** The package.json of an extension with these widgets. */
export function manifestOf(prefix: string, overlayWidgets: readonly object[]): unknown {
  const poseCoach = { apiVersion: 1, prefix, overlay: './overlay.js', contributes: { overlayWidgets } };
  return { name: `${prefix}-parts`, version: '1.0.0', poseCoach };
}

/** A moment in which nothing happens. */
export function momentAt(now: number, rest: Partial<OverlayMoment> = {}): OverlayMoment {
  return {
    now,
    elapsed: 0,
    size: SIZE,
    settings: { color: '#00ff00' },
    look: {
      accent: '#33cc99',
      accent2: '#ff5a8a',
      text: '#ffffff',
      muted: '#9aa4b2',
      surface: 'transparent',
      edge: 'transparent',
      good: '#4ade80',
      warning: '#fbbf24',
      font: 'sans-serif',
      weight: 700,
      radius: 12,
      finish: 'flat',
    },
    calm: false,
    live: true,
    readings: {},
    events: [],
    metrics: {},
    cues: [],
    ...rest,
  };
}

/** The reading of something that happens, with a number. */
export function happened(value: number): Reading {
  return { metric: 'test.jump', timestamp: value, status: 'ok', value, confidence: 1 };
}

/** The pixels of a place as they are to be seen, on white: red, green, blue and 255 of each. */
export async function pixelsOf(place: HTMLElement): Promise<ImageData> {
  const shot = await page.screenshot({ element: place, base64: true, save: false });
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${shot}`)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no canvas to look at pixels with.');
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

/** The colour in a place, at a point in CSS pixels. */
export async function colorAt(place: HTMLElement, x = 50, y = 25): Promise<readonly number[]> {
  const { data, width } = await pixelsOf(place);
  return [...data.slice(4 * (y * width + x), 4 * (y * width + x) + 3)];
}

/** For what comes in its own time: a worker's first start takes a second on a busy machine. */
export const PATIENCE = { timeout: 20_000 };

export const WHITE = [255, 255, 255];
