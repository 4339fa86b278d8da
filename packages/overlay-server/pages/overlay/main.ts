import { interpolate } from '@pose-coach/core';
import { subscribePoses } from '@pose-coach/core/live';
import { drawStyle } from '@pose-coach/elements/draw';
import { combineLatest, map, of, switchMap } from 'rxjs';
import { OverlayCanvas } from './overlay-canvas.ts';
import { readOverlayOptions } from './overlay-options.ts';
import { overlayWords } from './overlay-words.ts';

/**
 * Milliseconds without a pose after which the page is empty: under the half second that a frozen skeleton may be
 * seen, and over the time between results of an engine that finds three a second.
 */
const STALE_AFTER = 400;

/**
 * Milliseconds from one result to the next being shown whole: the time between two results of a camera at 30 Hz, so
 * that every refresh of the screen shows a step of the way. Half of it would be sooner, and stand still every other
 * refresh; a stream has time (OBS delays the camera's picture to match), and no patience with stutter.
 */
const GLIDE = 33;

const canvas = document.querySelector<HTMLCanvasElement>('#skeleton');
const context = canvas?.getContext('2d');
const words = document.querySelector<HTMLElement>('#words');
if (!canvas || !context || !words) throw new Error('This page has no canvas to draw on.');

const { channel, key, mirror, fit, color, lineWidth, faults } = readOverlayOptions(location.search, (text) =>
  CSS.supports('color', text),
);
// OBS writes the console of its pages into its log.
for (const fault of faults) console.warn(fault);

const style = drawStyle({ color, ...(lineWidth === undefined ? {} : { lineWidth }) });
const view = new OverlayCanvas(canvas, context, { fit, mirror, style });
const subscriber = subscribePoses({ url: '/', channel, ...(key === undefined ? {} : { key }) });

subscriber.source
  .pipe(
    // Starts afresh with every source: nothing may glide from one publisher's person to another's.
    switchMap(({ live }) => {
      view.show(undefined);
      if (!live) return of(undefined);
      return subscriber.frames.pipe(
        map(({ frame }) => frame),
        interpolate({ over: GLIDE, staleAfter: STALE_AFTER }),
        map(({ frame, stale }) => (stale ? undefined : frame)),
      );
    }),
  )
  .subscribe((frame) => view.show(frame));

let wasConnected = false;
combineLatest([subscriber.status, subscriber.source]).subscribe(([status, source]) => {
  wasConnected ||= status.status === 'connected';
  const { title, onPage } = overlayWords(status, source, wasConnected);
  document.title = title;
  words.hidden = onPage === undefined;
  words.textContent = onPage ?? '';
});
