import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../base/manual-clock.ts';
import {
  colorAt,
  happened,
  manifestOf,
  momentAt,
  PATIENCE,
  PartsPage,
} from './overlay-parts.test-support.ts';

/** Milliseconds by which the clock moves at a time, and real ones for workers to answer meanwhile. */
const STEP = 250;
const ANSWER = 15;

const frames = () => [...document.querySelectorAll('iframe[sandbox]')];

describe('an isolated part of the overlay', () => {
  let clock: ManualClock;
  let parts: PartsPage;

  beforeEach(() => {
    clock = new ManualClock();
    parts = new PartsPage('isolated', { clock });
  });

  afterEach(async () => {
    parts.dispose();
    await expect.poll(() => [frames().length, clock.pending], PATIENCE).toEqual([0, 0]);
  });

  /** Lets so much time pass, while the page goes on. */
  async function pass(milliseconds: number, meanwhile: () => void = () => undefined): Promise<void> {
    for (let passed = 0; passed < milliseconds; passed += STEP) {
      meanwhile();
      clock.advance(STEP);
      await new Promise((resolve) => setTimeout(resolve, ANSWER));
    }
  }

  it('that hangs is ended after two seconds, started again three times, and then left; its neighbour goes on', async () => {
    const hanging = parts.mount('hangs');
    const other = parts.mount('told');
    await expect.poll(() => [hanging.part.state, other.part.state], PATIENCE).toEqual(['ready', 'ready']);
    let told = 0;
    const paintBoth = () => {
      hanging.part.paint(momentAt(clock.now()), 1);
      const elapsed = told === 0 ? 0 : STEP;
      other.part.paint(momentAt(clock.now(), { elapsed, events: [happened(told)] }), 1);
      told += 1;
    };
    const said = 'Test parts failed in its painting: no answer within 2 seconds, so it was terminated.';
    for (const delay of ['0.5 seconds', '1 second', '2 seconds']) {
      await expect
        .poll(
          async () => {
            await pass(STEP, paintBoth);
            return parts.faults.at(-1)?.message ?? '';
          },
          { ...PATIENCE, interval: 1 },
        )
        .toContain(`It is started again in ${delay}.`);
      expect(parts.faults.at(-1)?.message).toContain(said);
      expect(hanging.part.state).toBe('loading');
      await expect
        .poll(
          async () => {
            await pass(STEP, paintBoth);
            return hanging.part.state;
          },
          { ...PATIENCE, interval: 1 },
        )
        .toBe('ready');
    }
    await expect
      .poll(
        async () => {
          await pass(STEP, paintBoth);
          return hanging.part.state;
        },
        { ...PATIENCE, interval: 1 },
      )
      .toBe('failed');
    expect(parts.faults).toHaveLength(4);
    expect(parts.faults.at(-1)?.message).toContain('Its place stays empty until the page is loaded again.');
    expect(hanging.place.childElementCount).toBe(0);
    await expect.poll(() => colorAt(other.place), PATIENCE).toEqual([told, 255, 0]);
    expect(other.part.state).toBe('ready');
  });

  it('that floods the log is heard a hundred lines a second, and goes on', async () => {
    const { part, place } = parts.mount('floods');
    part.paint(momentAt(0), 1);
    await expect.poll(() => colorAt(place), PATIENCE).toEqual([0, 0, 200]);
    await pass(1000);
    // With `activated`, before it was painted.
    expect(parts.lines.length).toBeLessThanOrEqual(200);
    expect(parts.faults).toEqual([]);
    expect(part.state).toBe('ready');
  });

  it('is started again when somebody takes its frame out of the page', async () => {
    const { part, place } = parts.mount('bare');
    part.paint(momentAt(0), 1);
    await expect.poll(() => colorAt(place), PATIENCE).toEqual([100, 50, 0]);
    frames()[0]?.remove();
    await expect
      .poll(
        async () => {
          part.paint(momentAt(clock.now()), 1);
          await pass(STEP);
          return parts.faults.length;
        },
        { ...PATIENCE, interval: 1 },
      )
      .toBe(1);
    expect(parts.faults[0]?.message).toContain('the frame it paints in was taken out of the page');
    await pass(1000);
    part.paint(momentAt(clock.now()), 2);
    await expect.poll(() => colorAt(place), PATIENCE).toEqual([200, 100, 0]);
  });

  it('finds nothing in its realm that leads out of it', async () => {
    const { part, place } = parts.mount('walks');
    part.paint(momentAt(0), 1);
    await expect.poll(() => colorAt(place), PATIENCE).toEqual([0, 255, 0]);
  });

  it('lets clicks through, and shows what is behind it', async () => {
    const { part, place } = parts.mount('shapes');
    place.style.background = 'rgb(255, 0, 255)';
    document.documentElement.style.colorScheme = 'dark';
    part.paint(momentAt(0), 1);
    await expect.poll(() => colorAt(place, 40, 40), PATIENCE).toEqual([0, 255, 0]);
    expect(await colorAt(place, 95, 5)).toEqual([255, 0, 255]);
    document.documentElement.style.colorScheme = '';
    expect(document.elementFromPoint(50, 25)).toBe(place);
  });

  it('whose module is not to be had says where it was looked for', async () => {
    const manifest = manifestOf('lost', [{ id: 'lost.one', title: 'One', size: { width: 16, height: 16 } }]);
    const url = new URL('./fixture-extension/nowhere/', import.meta.url).href;
    const lost = new PartsPage('isolated', { clock, sources: [{ manifest, url }] });
    lost.parts.mount('widget', 'lost.one', lost.place());
    await expect.poll(() => lost.faults[0]?.message ?? '', PATIENCE).toContain('nowhere/overlay.js');
    lost.dispose();
  });
});
