import { afterEach, describe, expect, it } from 'vitest';
import {
  colorAt,
  happened,
  momentAt,
  PATIENCE,
  PartsPage,
  pixelsOf,
  SIZE,
  SOURCES,
  WHITE,
} from './overlay-parts.test-support.ts';

const frameCount = () => document.querySelectorAll('iframe[sandbox]').length;

describe.each(Object.keys(SOURCES) as (keyof typeof SOURCES)[])('parts of the overlay, %s', (way) => {
  let parts = new PartsPage(way);

  afterEach(async () => {
    parts.dispose();
    await expect.poll(() => [frameCount(), parts.clock.pending], PATIENCE).toEqual([0, 0]);
    parts = new PartsPage(way);
  });

  it('are listed before any code is loaded', () => {
    const ids = parts.parts.widgets.map(({ extension, value }) => `${extension} ${value.id}`);
    expect(ids).toContain('test-parts test.shapes');
    expect(parts.parts.themes.map(({ value }) => value.look.accent)).toEqual(['#33cc99']);
    expect(parts.lines).toEqual([]);
  });

  it('paint in stage pixels, on a canvas that is as empty as if nothing had been painted before', async () => {
    const { part, place } = parts.mount('shapes');
    expect(part.state).toBe('loading');
    for (const now of [0, 16, 33]) part.paint(momentAt(now), 1);
    await expect.poll(() => colorAt(place, 40, 40), PATIENCE).toEqual([0, 255, 0]);
    expect(part.state).toBe('ready');
    // Half blue on white; the hole; outside of everything.
    expect(await colorAt(place, 60, 15)).toEqual([127, 127, 255]);
    expect(await colorAt(place, 10, 10)).toEqual(WHITE);
    expect(await colorAt(place, 95, 5)).toEqual(WHITE);
    expect(parts.faults).toEqual([]);
  });

  it('get the settings of each moment', async () => {
    const { part, place } = parts.mount('shapes');
    part.paint(momentAt(0, { settings: { color: '#ff0000' } }), 1);
    await expect.poll(() => colorAt(place, 40, 40), PATIENCE).toEqual([255, 0, 0]);
    part.paint(momentAt(16, { settings: { color: '#0000ff' } }), 1);
    await expect.poll(() => colorAt(place, 40, 40), PATIENCE).toEqual([0, 0, 255]);
  });

  it('have as many pixels as they are shown with, also when that changes', async () => {
    const { part, place } = parts.mount('bare');
    part.paint(momentAt(0), 1);
    await expect.poll(() => colorAt(place), PATIENCE).toEqual([SIZE.width, SIZE.height, 0]);
    part.paint(momentAt(16), 2);
    await expect.poll(() => colorAt(place), PATIENCE).toEqual([2 * SIZE.width, 2 * SIZE.height, 0]);
    part.paint(momentAt(33, { size: { width: 40, height: 30 } }), 1.5);
    await expect.poll(() => colorAt(place), PATIENCE).toEqual([60, 45, 0]);
  });

  it('are told every event once and all the time that passes, however many moments are passed over', async () => {
    const { part, place } = parts.mount('told');
    let events = 0;
    const paint = (now: number) => {
      const news = now % 3 === 0 ? [happened(events), happened(events + 1)] : [];
      events += news.length;
      part.paint(momentAt(now, { elapsed: now === 0 ? 0 : 1, events: news }), 1);
    };
    for (let now = 0; now < 60; now += 1) paint(now);
    await expect.poll(() => colorAt(place), PATIENCE).toEqual([40, 255, 0]);
    for (let now = 60; now < 120; now += 1) {
      paint(now);
      if (now % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await expect.poll(() => colorAt(place), PATIENCE).toEqual([80, 255, 0]);
  });

  it('see people without their metres', async () => {
    const landmark = { x: 0.5, y: 0.5, z: 0, visibility: 1 };
    const body = { id: 1, score: 1, landmarks: [landmark], worldLandmarks: [landmark] };
    const hand = { ...body, poseId: 1, side: 'left', timestamp: 0 } as const;
    const { part, place } = parts.mount('told');
    const frame = {
      sequence: 1,
      epoch: 1,
      timestamp: 0,
      width: 640,
      height: 480,
      poses: [body],
      hands: [hand],
      dropped: 0,
      timings: { capturedAt: 0, stages: {} },
    };
    part.paint(momentAt(0, { frame, events: [happened(0)] }), 1);
    await expect.poll(() => colorAt(place), PATIENCE).toEqual([1, 255, 0]);
  });

  it('know what is declared at every moment, also after it has changed', async () => {
    const { part, place } = parts.mount('metrics');
    const declared = (id: string) => ({ [id]: { id, title: 'Of a test', kind: 'series' as const } });
    const readings = { 'test.jump': happened(1) };
    const one = declared('test.jump');
    part.paint(momentAt(0, { metrics: one }), 1);
    await expect.poll(() => colorAt(place), PATIENCE).toEqual([1, 0, 0]);
    part.paint(momentAt(16, { metrics: one, readings }), 1);
    await expect.poll(() => colorAt(place), PATIENCE).toEqual([1, 1, 0]);
    part.paint(momentAt(33, { metrics: { ...one, ...declared('test.other') } }), 1);
    await expect.poll(() => colorAt(place), PATIENCE).toEqual([2, 0, 0]);
  });

  it('have a memory of their own in every place', async () => {
    const one = parts.mount('told');
    const other = parts.mount('told');
    one.part.paint(momentAt(0, { events: [happened(0), happened(1)] }), 1);
    other.part.paint(momentAt(0, { events: [happened(0)] }), 1);
    await expect.poll(() => colorAt(one.place), PATIENCE).toEqual([2, 255, 0]);
    await expect.poll(() => colorAt(other.place), PATIENCE).toEqual([1, 255, 0]);
  });

  it('read the files of their package that the manifest names, and no others', async () => {
    const { part, place } = parts.mount('asset');
    part.paint(momentAt(0), 1);
    // The note has fifty characters.
    await expect.poll(() => colorAt(place), PATIENCE).toEqual([50, 255, 0]);
    expect(parts.lines).toEqual(['test-parts info activated']);
  });

  it('may be themes, which are told where the skeleton lies', async () => {
    const { part, place } = parts.mount('theme', 'theme');
    const skeleton = { x: 0, y: 0, width: 100, height: 50, mirror: false, highlights: [] };
    part.paint(momentAt(0, { skeleton: { ...skeleton, trails: [15, 16] } }), 1);
    await expect.poll(() => colorAt(place), PATIENCE).toEqual([2, 0, 100]);
  });

  it('that throw leave their place empty, and everybody else alone', async () => {
    const { part, place } = parts.mount('throws');
    const other = parts.mount('told');
    let now = 0;
    const painted = async () => {
      now += 16;
      part.paint(momentAt(now), 1);
      const elapsed = now === 16 ? 0 : 16;
      other.part.paint(momentAt(now, { elapsed, events: [happened(now / 16 - 1)] }), 1);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return part.state;
    };
    await expect.poll(painted, { ...PATIENCE, interval: 1 }).toBe('failed');
    const last = parts.faults.at(-1);
    expect(last).toMatchObject({
      code: 'OVERLAY_PART_FAILED',
      message:
        'The widget test.throws of Test parts failed: the third is one too many. Its place stays empty until the page is loaded again.',
    });
    expect(parts.faults).toHaveLength(way === 'inline' ? 1 : 4);
    expect(await colorAt(place)).toEqual(WHITE);
    await expect.poll(() => colorAt(other.place), PATIENCE).toEqual([now / 16, 255, 0]);
    expect(parts.parts.faults).toEqual(parts.faults);
  });

  it('that nobody declares, or that are not registered, are faults and leave their place empty', async () => {
    const { part, place } = parts.mount('nobody');
    expect(part.state).toBe('failed');
    part.paint(momentAt(0), 1);
    expect(place.childElementCount).toBe(0);
    expect(parts.faults[0]?.message).toBe(
      'There is no widget test.nobody: add the extension that declares it to this page, or take it off the stage.',
    );
    const forgotten = parts.mount('forgotten');
    await expect
      .poll(() => parts.faults[1]?.message, PATIENCE)
      .toContain('test.forgotten is declared, but activateOverlay has not registered it');
    forgotten.part.dispose();
  });

  it('leave nothing behind when they are disposed, whenever that is', async () => {
    const { part, place } = parts.mount('shapes');
    part.paint(momentAt(0), 1);
    await expect.poll(() => part.state, PATIENCE).toBe('ready');
    part.dispose();
    part.dispose();
    part.paint(momentAt(16), 1);
    expect(place.childElementCount).toBe(0);
    for (const delay of [0, 1, 5, 20, 60]) {
      const early = parts.mount('shapes');
      await new Promise((resolve) => setTimeout(resolve, delay));
      early.part.dispose();
      expect(early.place.childElementCount).toBe(0);
    }
    expect(parts.faults).toEqual([]);
  });
});

describe('a part of the overlay', () => {
  it('paints the same inline and isolated', async () => {
    const inline = new PartsPage('inline', { seed: 4711 });
    const isolated = new PartsPage('isolated', { seed: 4711 });
    for (const id of ['shapes', 'scattered']) {
      const pictures: ImageData[] = [];
      for (const page of [inline, isolated]) {
        const { part, place } = page.mount(id);
        part.paint(momentAt(0), 1);
        await expect.poll(async () => isBlank(await pixelsOf(place)), PATIENCE).toBe(false);
        pictures.push(await pixelsOf(place));
        part.dispose();
      }
      expect(differing(pictures[0]?.data ?? [], pictures[1]?.data ?? [])).toBe(0);
    }
    inline.dispose();
    isolated.dispose();
  });
});

function isBlank({ data }: ImageData): boolean {
  return data.every((value) => value === 255);
}

function differing(one: ArrayLike<number>, other: ArrayLike<number>): number {
  return Array.from(one).filter((value, index) => value !== other[index]).length;
}
